create or replace function _noetl.moved_condition(branch _noetl.job_branch)
returns text
language sql
stable
parallel safe
return format('(%s%s)', (branch).detail #>> '{moved,when}',
  case when (branch).detail -> 'moved' ? 'undue' then '' else ' and ' || _noetl.due_condition(branch) end);

comment on function _noetl.moved_condition(_noetl.job_branch) is 'The condition that a job has another state than its own row says, by other rows or locks; null: there is none.';
