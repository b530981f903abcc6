-- The trigger functions of tracked queues are written by this release's code; to replace one locks no table. One that this
-- release would not write does nothing until noetl.renew_tracking() takes its trigger away.
do $$
declare
  tracked _noetl.queue;
  source record;
  library jsonb;
  role oid;
  operation text;
  statement text;
begin
  for statement in
    select format('create or replace function %s returns trigger language plpgsql as %L', p.oid::regprocedure, 'begin return null; end')
    from pg_proc as p
    where p.pronamespace = '_noetl_track'::regnamespace and p.prorettype = 'trigger'::regtype
  loop
    execute statement;
  end loop;
  for tracked in select q.* from _noetl.queue as q join _noetl.queue_tracking as t using (queue_id) where t.shape is not null loop
    begin
      library := _noetl.queue_library(tracked);
      for source in select s.* from _noetl.tracking_source(library) as s loop
        role := _noetl.reading_role(array[source.relation]);
        if role is not null and source.state is not null then
          execute _noetl.tracking_recorder(tracked, role);
        end if;
        foreach operation in array '{insert,update,delete,truncate}'::text[] loop
          execute _noetl.tracking_function(tracked, library, source.place, operation, role);
        end loop;
      end loop;
      execute _noetl.tracking_reader(tracked);
    exception when others then
      raise warning 'queue "%" is not tracked at the moment: %', tracked.name, sqlerrm;
      update _noetl.queue_tracking as t set shape = null where t.queue_id = tracked.queue_id;
    end;
  end loop;
end
$$;
