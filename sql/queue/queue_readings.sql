create or replace function _noetl.queue_readings(at timestamptz default clock_timestamp())
returns table (
  source text, tracked boolean, error text, member text, seen boolean,
  ready bigint, blocked bigint, scheduled bigint, retrying bigint, running bigint, stuck bigint, failed bigint, unleased bigint,
  oldest_ready timestamptz, oldest_queued timestamptz, oldest_running timestamptz,
  first_expired timestamptz, next_expiring timestamptz, overdue bigint
)
language plpgsql
stable
parallel unsafe
rows 100
set search_path = pg_catalog, pg_temp
as $$
declare
  queue _noetl.queue;
begin
  for queue in select q.* from _noetl.queue as q order by q.name loop
    begin
      return query select queue.name, _noetl.is_tracked(queue), null::text, r.* from _noetl.read_queue(queue, at) as r;
    exception when others then
      source := queue.name;
      error := sqlerrm;
      return next;
    end;
  end loop;
end
$$;

comment on function _noetl.queue_readings(timestamptz) is
  'Reads every registered queue now. One that cannot be read is a row with the error and nothing else, and does not keep the others from being read.';
