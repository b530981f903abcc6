create or replace function _noetl.since_expression(branch _noetl.job_branch)
returns text
language sql
immutable
parallel safe
return case
  when (branch).due is null then (branch).created
  when (branch).created is null then format('nullif(%s, ''-infinity'')', (branch).due)
  when (branch).detail ? 'since_later' then format('nullif(greatest(%s, %s), ''-infinity'')', (branch).created, (branch).due)
  else format('coalesce(nullif(%s, ''-infinity''), %s)', (branch).due, (branch).created)
end;

comment on function _noetl.since_expression(_noetl.job_branch) is
  'From when on a job that waits could be taken: when it was due, and of one''s own table the later of that and when it was queued; without a time or at once (-infinity): when it was queued. Null: the tables do not tell.';
