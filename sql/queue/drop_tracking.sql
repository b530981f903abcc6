create or replace function _noetl.drop_tracking(queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
declare
  operation text;
begin
  foreach operation in array '{insert,update,delete,truncate}'::text[] loop
    if to_regclass(queue.relation) is not null then
      execute format('drop trigger if exists %I on %s', format('noetl_track_%s_%s', queue.queue_id, operation), queue.relation::regclass);
    end if;
    -- cascade takes nothing but a trigger of ours, where the table has been renamed
    execute format('drop function if exists _noetl_track.%I() cascade', format('queue_%s_%s', queue.queue_id, operation));
  end loop;
  execute format('drop function if exists _noetl_track.%I(timestamptz)', format('queue_%s_read', queue.queue_id));
  delete from _noetl.queue_change as c where c.queue_id = queue.queue_id;
  delete from _noetl.queue_future as f where f.queue_id = queue.queue_id;
  delete from _noetl.queue_total as t where t.queue_id = queue.queue_id;
  delete from _noetl.queue_tracking as t where t.queue_id = queue.queue_id;
end
$$;

comment on function _noetl.drop_tracking(_noetl.queue) is 'Removes the triggers of a queue and what they kept. The caller holds the fold lock.';
