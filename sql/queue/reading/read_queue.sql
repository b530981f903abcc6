create or replace function _noetl.read_queue(queue _noetl.queue, at timestamptz default clock_timestamp())
returns setof _noetl.queue_reading
language plpgsql
stable
parallel unsafe
rows 10
set search_path = pg_catalog, pg_temp
as $$
begin
  if _noetl.is_tracked(queue) then
    return query execute format('select * from _noetl_track.queue_%s_read($1)', queue.queue_id) using at;
  else
    return query select r.* from _noetl.count_queue(queue, at) as r;
  end if;
end
$$;

comment on function _noetl.read_queue(_noetl.queue, timestamptz) is
  'Reads a queue as of a moment that is not long past, one row for each queue in it; those that held jobs before are there with 0: what its triggers kept, or else its tables. Never writes. Its errors are those of the tables. How long it may take is the caller''s statement_timeout.';
