-- The trigger functions of tracked queues are written by this release's code; to replace one locks no table.
do $$
declare
  tracked _noetl.queue;
  operation text;
begin
  for tracked in select q.* from _noetl.queue as q join _noetl.queue_tracking as t using (queue_id) loop
    foreach operation in array '{insert,update,delete,truncate}'::text[] loop
      execute _noetl.tracking_function(tracked, operation);
    end loop;
    execute _noetl.tracking_reader(tracked);
  end loop;
end
$$;
