create or replace function _noetl.operation_label(queue _noetl.queue)
returns text
language sql
stable
parallel safe
return case when (queue).options ->> 'operation' ~ '^[a-zA-Z][a-zA-Z0-9_]*$' then (queue).options ->> 'operation' else 'operation' end;

comment on function _noetl.operation_label(_noetl.queue) is 'What the prefixed metrics of a queue call its operations: the name of the column.';
