create or replace function noetl.renew_tracking()
returns text
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '200ms'
as $$
declare
  started timestamptz := clock_timestamp();
  renewed _noetl.renewable_queue := (
    select r from _noetl.renewable_queue as r where r.is_due order by r.renewed_at nulls first limit 1);
  failure text;
begin
  if renewed is null or not _noetl.try_lock('tracking') then
    return null; -- to count a large one may take longer than until the next call
  end if;
  begin
    if renewed.is_relaid then
      perform _noetl.take_lock('fold');
      perform _noetl.lay_tracking(q) from _noetl.queue as q where q.queue_id = renewed.queue_id;
    end if;
    if not renewed.is_relaid or _noetl.tracked_bytes(renewed.queue_id) < 8388608 then
      perform noetl.recount_queue(renewed.name);
    end if;
  exception when others then
    failure := sqlerrm;
    raise warning 'the counts of queue "%" cannot be renewed: %', renewed.name, failure;
    -- one tells as much as those of every statement since
    delete from _noetl.queue_fault as f
    where f.queue_id = renewed.queue_id and not f.is_relaid and f.at < (select max(l.at) from _noetl.queue_fault as l where l.queue_id = f.queue_id);
  end;
  update _noetl.queue_tracking as t
  set error = failure,
    renewed_at = case when renewed.is_relaid and failure is null and t.counted_at is null then null else clock_timestamp() end,
    renewal_seconds = extract(epoch from clock_timestamp() - started)
  where t.queue_id = renewed.queue_id;
  return renewed.name;
end
$$;

comment on function noetl.renew_tracking() is
  'Sees to one tracked queue whose counts cannot be read at the moment (noetl.queue.tracking_error says why): puts its triggers in place, waiting 200 ms at most for writers, or counts its jobs while they come and go; a small one both. Returns its name; null: none is due. Call it every few seconds in a transaction of its own, as a server does.';
