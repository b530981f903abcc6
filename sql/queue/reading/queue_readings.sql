create or replace function _noetl.queue_readings(at timestamptz default clock_timestamp())
returns table (source text, tracked boolean, error text, reading _noetl.queue_reading)
language plpgsql
stable
parallel unsafe
security definer
rows 100
set search_path = pg_catalog, pg_temp
as $$
declare
  queue _noetl.queue;
begin
  for queue in select q.* from _noetl.queue as q order by q.name loop
    begin
      -- as in _noetl.read_queue(), without a call of it
      if _noetl.is_tracked(queue) then
        return query execute format('select $1, true, null::text, r from _noetl_track.queue_%s_read($2) as r', queue.queue_id)
          using queue.name, at;
      else
        return query select queue.name, false, null::text, r from _noetl.count_queue(queue, at) as r;
      end if;
    exception when others then
      return query select queue.name, false, sqlerrm, null::_noetl.queue_reading;
    end;
  end loop;
end
$$;

comment on function _noetl.queue_readings(timestamptz) is
  'Reads every registered queue now. One that cannot be read is a row with the error and nothing else, and does not keep the others from being read.';
