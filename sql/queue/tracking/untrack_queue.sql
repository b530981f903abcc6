create or replace function noetl.untrack_queue(name text)
returns boolean
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '1s'
as $$
declare
  queue _noetl.queue := (select q from _noetl.queue as q where q.name = untrack_queue.name);
begin
  if not exists (select from _noetl.queue_tracking as t where t.queue_id = queue.queue_id) then
    return false;
  end if;
  perform _noetl.take_lock('fold');
  perform _noetl.drop_tracking(queue);
  return true;
end
$$;

comment on function noetl.untrack_queue(text) is
  'Removes what noetl.track_queue() made; from then on the queue''s live jobs are counted at each reading. False: it was not tracked. Waits up to 1 s for everybody who uses the table.';
