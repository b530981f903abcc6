create or replace function _noetl.drop_tracking(queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
declare
  routine regprocedure;
begin
  for routine in
    select p.oid::regprocedure from pg_proc as p
    where p.pronamespace = '_noetl_track'::regnamespace and starts_with(p.proname, format('queue_%s_', queue.queue_id))
    order by p.oid
  loop
    -- cascade takes nothing but triggers of ours, wherever they are
    execute format('drop function %s cascade', routine);
  end loop;
  delete from _noetl.queue_change as c where c.queue_id = queue.queue_id;
  delete from _noetl.queue_fault as f where f.queue_id = queue.queue_id;
  delete from _noetl.queue_future as f where f.queue_id = queue.queue_id;
  delete from _noetl.queue_total as t where t.queue_id = queue.queue_id;
  delete from _noetl.queue_tracking as t where t.queue_id = queue.queue_id;
end
$$;

comment on function _noetl.drop_tracking(_noetl.queue) is 'Removes the triggers of a queue and what they kept. The caller holds the fold lock.';
