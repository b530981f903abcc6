create or replace function noetl.unregister_queue(name text)
returns boolean
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  gone _noetl.queue := (select q from _noetl.queue as q where q.name = unregister_queue.name);
begin
  if gone is null then
    return false;
  end if;
  if exists (select from _noetl.queue_tracking as t where t.queue_id = gone.queue_id) then
    perform noetl.untrack_queue(gone.name);
  end if;
  perform _noetl.forget_collector('queue:' || gone.name);
  delete from _noetl.queue as q where q.queue_id = gone.queue_id;
  perform _noetl.forget_readers();
  return true;
end
$$;

comment on function noetl.unregister_queue(text) is
  'Forgets a queue and takes its gauges off the page; false: there was none of that name. Inverse: noetl.register_queue().';
