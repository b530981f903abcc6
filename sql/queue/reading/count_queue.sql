create or replace function _noetl.count_queue(queue _noetl.queue, at timestamptz)
returns setof _noetl.queue_reading
language plpgsql
stable
parallel unsafe
rows 10
set search_path = pg_catalog, pg_temp
set row_security = off
set timezone = 'UTC'
set lock_timeout = '200ms'
as $$
begin
  -- row security is off so that a policy that hides rows is an error instead of a lower number
  return query execute _noetl.queue_statement(queue) using at;
end
$$;

comment on function _noetl.count_queue(_noetl.queue, timestamptz) is 'Reads a queue as _noetl.read_queue() does, from its tables.';
