create or replace function _noetl.due_condition(branch _noetl.job_branch)
returns text
language sql
stable
parallel safe
return case
  when (branch).due is null then 'true'
  when _noetl.is_nullable((branch).relation, (branch).due) then format('(%1$s <= %2$s or %1$s is null)', (branch).due, _noetl.zoned('$1', (branch).zone))
  else format('%s <= %s', (branch).due, _noetl.zoned('$1', (branch).zone))
end;

comment on function _noetl.due_condition(_noetl.job_branch) is 'The condition that a job is due at $1. No time: it is due at once.';
