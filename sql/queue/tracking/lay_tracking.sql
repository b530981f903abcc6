create or replace function _noetl.lay_tracking(queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
declare
  library jsonb := _noetl.queue_library(queue);
  source record;
  operation text;
  statement text;
  role oid;
begin
  perform _noetl.check_trackable(queue.name, queue);
  -- Nobody who wrote before these locks is still open, and whoever writes after them fires the triggers.
  for statement in
    select format('lock table %s in share row exclusive mode', s.relation::regclass)
    from _noetl.tracking_source(library) as s
    order by s.place
  loop
    execute statement;
  end loop;
  -- what was there may have changed until the lock was ours
  perform _noetl.check_trackable(queue.name, queue);
  for source in select s.* from _noetl.tracking_source(library) as s order by s.place loop
    role := _noetl.reading_role(array[source.relation]);
    if role is not null and source.state is not null then
      perform _noetl.make_reader(role);
      execute _noetl.tracking_recorder(queue, role);
    end if;
    foreach operation in array '{insert,update,delete,truncate}'::text[] loop
      execute _noetl.tracking_function(queue, library, source.place, operation, role);
      perform _noetl.give_function(format('_noetl_track.queue_%s_%s_%s()', queue.queue_id, source.place, operation),
        case when role is null or source.state is null or operation = 'truncate' then current_user::regrole else role end);
      for statement in
        select _noetl.tracking_trigger(queue.queue_id, source.place, source.state is not null, r.oid, operation) from _noetl.tracking_tree(array[source.relation]) as r
      loop
        execute statement;
      end loop;
    end loop;
  end loop;
  for statement in
    select format('drop function %s', p.oid::regprocedure)
    from pg_proc as p
    where p.pronamespace = '_noetl_track'::regnamespace and p.prorettype = 'trigger'::regtype
      and starts_with(p.proname, format('queue_%s_', queue.queue_id))
      and p.oid not in (select g.tgfoid from pg_trigger as g)
  loop
    execute statement;
  end loop;
  execute _noetl.tracking_reader(queue);
  delete from _noetl.queue_fault as f where f.queue_id = queue.queue_id and f.is_relaid;
  update _noetl.queue_tracking as t
  set relations = s.relations,
    read_relations = _noetl.read_relations(queue, library),
    tables = array(select r.oid from _noetl.tracking_tree(s.relations) as r order by r.oid <> r.root, array_position(s.relations::regclass[], r.root::regclass)),
    counted_at = null
  from (select array_agg(s.relation order by s.place) as relations from _noetl.tracking_source(library) as s) as s
  where t.queue_id = queue.queue_id;
  update _noetl.queue_tracking as t
  set shape = s.shape
  from _noetl.tracking_shape as s
  where t.queue_id = queue.queue_id and s.queue_id = t.queue_id;
end
$$;

comment on function _noetl.lay_tracking(_noetl.queue) is
  'Puts triggers on the tables of a tracked queue and their partitions, or replaces them, and gives up its counts until they are counted anew. Waits for writers as long as lock_timeout says.';
