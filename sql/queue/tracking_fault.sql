create or replace function _noetl.tracking_fault(queue _noetl.queue, error text)
returns text
language sql
immutable
parallel safe
return format($body$begin
  insert into _noetl.queue_fault (queue_id, error) values (%s, %s);
  return null;
end$body$, (queue).queue_id, error);

comment on function _noetl.tracking_fault(_noetl.queue, text) is
  'The body of a trigger function that gives up the counts of a queue until they are renewed; error: why, an SQL expression.';
