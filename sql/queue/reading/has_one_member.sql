create or replace function _noetl.has_one_member(queue _noetl.queue)
returns boolean
language sql
immutable
parallel safe
return coalesce((queue).options ->> 'per' = 'none' or (queue).adapter = 'table'
  and coalesce((queue).options ->> 'per', 'queue') <> 'task' and (queue).options ->> 'queue' is null, false);

comment on function _noetl.has_one_member(_noetl.queue) is 'Whether all jobs of a queue are read as one line, which has its name and is there when it is empty.';
