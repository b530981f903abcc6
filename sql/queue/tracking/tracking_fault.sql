create or replace function _noetl.tracking_fault(queue _noetl.queue, error text, is_relaid boolean)
returns text
language sql
immutable
parallel safe
return format($body$begin
  insert into _noetl.queue_fault (queue_id, error, is_relaid) values (%s, %s, %L);
  return null;
end$body$, (queue).queue_id, error, is_relaid);

comment on function _noetl.tracking_fault(_noetl.queue, text, boolean) is
  'The body of a trigger function that gives up the counts of a queue until they are renewed; error: why, an SQL expression; is_relaid: the triggers must be put in place again.';
