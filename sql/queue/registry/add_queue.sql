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
  new _noetl.queue;
  reader oid;
begin
  if coalesce(name, '') = '' or (given ->> 'lease')::interval <= interval '0' or (given ->> 'max_reads')::integer <= 0
    or given ->> 'per' not in ('queue', 'task', 'none')
  then
    raise exception '%', case
        when coalesce(name, '') = '' then 'name: must not be empty'
        when (given ->> 'lease')::interval <= interval '0' then 'lease: must be longer than zero'
        when (given ->> 'max_reads')::integer <= 0 then 'max_reads: must be above 0'
        else 'per: must be queue, task or none' end
      using errcode = 'invalid_parameter_value';
  end if;
  if relation is null then
    new.adapter := coalesce(given ->> 'adapter', name);
    options := options || jsonb_build_object('schema', _noetl.found_schema(new.adapter, given ->> 'schema'));
    options := options || jsonb_strip_nulls(jsonb_build_object('time_zone', given -> 'time_zone'));
  else
    new.adapter := 'table';
    select format('%I.%I', n.nspname, c.relname) into new.relation
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.oid = relation;
    reader := _noetl.reading_role(array[new.relation]);
    if reader is not null then
      perform _noetl.make_reader(reader);
    elsif row_security_active(relation) then
      raise exception 'relation: row security of % would hide rows from %, so that it would count too few', new.relation, current_user
        using errcode = 'insufficient_privilege',
          hint = 'Register and collect as the owner of the table, or as a role with BYPASSRLS.';
    end if;
    options := options || _noetl.table_options(relation, reader, caller,
      _noetl.usual_columns(relation, given ->> 'time_zone') || (given - '{lease,max_reads,per,prefix,adapter,schema}'::text[]));
  end if;

  insert into _noetl.queue as q (name, adapter, relation, options, prefix)
  values (add_queue.name, new.adapter, new.relation, options, given ->> 'prefix')
  on conflict on constraint queue_name_key do update set
    adapter = excluded.adapter, relation = excluded.relation, options = excluded.options, prefix = excluded.prefix
  returning * into new;
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
  perform _noetl.declare_queue(new);
end
$$;

comment on function _noetl.add_queue(text, regclass, jsonb, name) is
  'What noetl.register_queue() does for its caller, whose name it gives; the private schema keeps everybody else from giving another.';
