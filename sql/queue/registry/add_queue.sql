create or replace function _noetl.add_queue(name text, relation regclass, given jsonb, caller name)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  options jsonb := jsonb_strip_nulls(jsonb_build_object('lease', (given ->> 'lease')::interval, 'max_reads', given -> 'max_reads', 'per', given ->> 'per'));
  before _noetl.queue := (select q from _noetl.queue as q where q.name = add_queue.name);
  new _noetl.queue;
  reader oid;
  told text;
begin
  perform _noetl.check_queue(name, (given ->> 'lease')::interval, (given ->> 'max_reads')::integer, given ->> 'per', given ->> 'prefix');
  if relation is null or given ? 'adapter' then
    new.adapter := coalesce(given ->> 'adapter', name);
    options := options || jsonb_strip_nulls(_noetl.library_tables(new.adapter, given ->> 'schema', relation) || jsonb_build_object('time_zone', given -> 'time_zone'));
  else
    new.adapter := 'table';
    new.relation := _noetl.relation_name(relation);
    reader := _noetl.reading_role(array[new.relation]);
    if reader is not null then
      perform _noetl.make_reader(reader);
    elsif row_security_active(relation) then
      raise exception 'relation: row security of % would hide rows from %, so that it would count too few', new.relation, current_user
        using errcode = 'insufficient_privilege',
          hint = 'Register and collect as the owner of the table, or as a role with BYPASSRLS.';
    end if;
    options := options || _noetl.table_options(relation, reader, caller,
      given - '{lease,max_reads,per,prefix,adapter,schema,started_at,finished_at,operation}'::text[] || _noetl.statuses(given)
      || jsonb_strip_nulls(_noetl.usual_columns(relation, given ->> 'time_zone', given ->> 'started_at', given ->> 'finished_at', given ->> 'operation')));
  end if;

  insert into _noetl.queue as q (name, adapter, relation, options, prefix)
  values (add_queue.name, new.adapter, new.relation, options, given ->> 'prefix')
  on conflict on constraint queue_name_key do update set
    adapter = excluded.adapter, relation = excluded.relation, options = excluded.options, prefix = excluded.prefix
  returning * into new;
  if (before.adapter, before.relation, before.options) is distinct from (new.adapter, new.relation, new.options) then
    delete from _noetl.queue_outcome_reading as r where r.queue_id = new.queue_id;
    delete from _noetl.counted_outcome as c where c.queue_id = new.queue_id;
  end if;
  if exists (select from _noetl.queue_tracking as t where t.queue_id = new.queue_id) then
    perform noetl.untrack_queue(name);
  end if;
  begin
    perform _noetl.make_queue_reader(new);
    perform _noetl.read_queue(new);
  exception when others then
    raise exception 'queue "%" cannot be read as asked: %', name, sqlerrm using
      errcode = sqlstate,
      hint = format('It is read as the role that owns its tables, or as %s, if that role could act as %1$s anyway: who needs select on its tables, and must own them or have BYPASSRLS where they have row security.', current_user);
  end;
  perform _noetl.check_outcomes(new);
  perform _noetl.declare_queue(new);
  perform _noetl.notice_statuses(new);
exception when invalid_parameter_value or insufficient_privilege then
  -- again from here, so that who called it reads one line of context instead of one for each function within
  get stacked diagnostics told = pg_exception_hint;
  if told = '' then
    raise exception '%', sqlerrm using errcode = sqlstate;
  end if;
  raise exception '%', sqlerrm using errcode = sqlstate, hint = told;
end
$$;

comment on function _noetl.add_queue(text, regclass, jsonb, name) is
  'What noetl.register_queue() does for its caller, whose name it gives; the private schema keeps everybody else from giving another.';
