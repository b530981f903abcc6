create or replace function noetl.track_queue(name text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '1s'
as $$
declare
  queue _noetl.queue := (select q from _noetl.queue as q where q.name = track_queue.name);
  operation text;
begin
  perform _noetl.check_trackable(name, queue);
  perform pg_advisory_xact_lock(_noetl.fold_lock());
  -- Nobody who wrote before this lock is still open, and whoever writes after it fires the triggers.
  execute format('lock table %s in share row exclusive mode', queue.relation::regclass);
  perform _noetl.drop_tracking(queue);
  insert into _noetl.queue_tracking (queue_id, relation, horizon) values (queue.queue_id, queue.relation::regclass, clock_timestamp());
  foreach operation in array '{insert,update,delete,truncate}'::text[] loop
    execute _noetl.tracking_function(queue, operation);
    execute _noetl.tracking_trigger(queue, operation);
  end loop;
  execute _noetl.tracking_reader(queue);
  if pg_relation_size(queue.relation::regclass) < 8388608 then
    perform noetl.recount_queue(name);
  end if;
end
$$;

comment on function noetl.track_queue(text) is
  'Keeps the counts of a queue by triggers on its table, so that reading them costs the same however many jobs there are. Waits up to 1 s for writers to pause (lock_not_available otherwise). A small table is counted at once; a large one by noetl.recount_queue(), in a transaction of its own while jobs come and go, and its reading counts the table until then. Only an ordinary table that was registered by itself can be tracked. Inverse: noetl.untrack_queue(text).';
