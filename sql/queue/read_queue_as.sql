create or replace function _noetl.read_queue_as(queue _noetl.queue, at timestamptz, tracked boolean)
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
  if tracked then
    return query execute format('select * from _noetl_track.queue_%s_read($1)', queue.queue_id) using at;
  else
    return query execute _noetl.queue_statement(queue) using at;
  end if;
end
$$;

comment on function _noetl.read_queue_as(_noetl.queue, timestamptz, boolean) is
  'Reads a queue as _noetl.read_queue() does: what its triggers kept, if tracked, or else its tables.';
