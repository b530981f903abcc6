create or replace function _noetl.member_expression(branch _noetl.job_branch)
returns text
language sql
immutable
parallel safe
return case cardinality((branch).keys)
  when 0 then ''''''
  when 1 then format('coalesce(%s::text, '''')', (branch).keys[1])
  else format('jsonb_build_array(%s)::text', array_to_string((branch).keys, ', '))
end;

comment on function _noetl.member_expression(_noetl.job_branch) is 'What a row names its queue by, as _noetl.queue_change.member has it.';
