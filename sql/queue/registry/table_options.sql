create or replace function _noetl.table_options(relation regclass, reader oid, caller name, given jsonb)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  options jsonb := given - 'time_zone';
  expression record;
  type regtype;
  fault text;
  unindexed text[] := array[]::text[];
begin
  if not given ?& '{status,ready_status}' then
    raise exception 'status: a table needs status and ready_status, to tell which of its rows wait'
      using errcode = 'invalid_parameter_value';
  end if;
  perform _noetl.check_expressions(relation, caller, given);
  for expression in
    select e.key as name, _noetl.option_expression(relation, e.value) as sql
    from jsonb_each_text(given) as e
    where e.key in (
      'status', 'run_at', 'queued_at', 'started_at', 'finished_at', 'lease_expires_at', 'attempts', 'blocked', 'queue', 'task',
      'operation', 'condition')
    order by e.key <> 'status'
  loop
    type := _noetl.option_type(relation, reader, expression.name, expression.sql);
    options := jsonb_set(options, array[expression.name], to_jsonb(expression.sql));
    if expression.name in ('run_at', 'queued_at', 'started_at', 'finished_at', 'lease_expires_at') then
      if type = 'timestamp'::regtype and given ? 'time_zone' then
        perform timezone(given ->> 'time_zone', now());
        options := jsonb_set(jsonb_build_object('zones', '{}'::jsonb) || options, array['zones', expression.name], given -> 'time_zone');
      elsif type <> 'timestamptz'::regtype then
        raise exception '%: % is of type %, which does not say which moment it means', expression.name, expression.sql, type
          using errcode = 'invalid_parameter_value',
            hint = 'A timestamp without time zone needs the zone that its clock shows: time_zone => ''UTC''. Anything else needs an expression of type timestamptz.';
      end if;
    end if;
    fault := _noetl.index_fault(relation, reader, case when expression.name in ('queue', 'task') then format('(%s)::text', expression.sql) else expression.sql end);
    if fault is not null and expression.name = 'finished_at' then
      raise exception 'finished_at: % can have no index, by which the latest ends would be found: %', expression.sql, fault using errcode = 'invalid_parameter_value';
    elsif fault is not null then
      unindexed := unindexed || case when expression.name in ('queue', 'task') then format('(%s)::text', expression.sql) else expression.sql end;
    end if;
    if expression.name = 'status' and given ->> 'finished_status' = '' then
      options := options - 'finished_status' || jsonb_strip_nulls(jsonb_build_object('finished_status', _noetl.usual_finished_statuses(type, given)));
    end if;
  end loop;
  return options || case when unindexed <> '{}' then jsonb_build_object('unindexed', unindexed) else '{}' end;
end
$$;

comment on function _noetl.table_options(regclass, oid, name, jsonb) is
  'The options of a queue of one''s own, checked: its expressions as SQL, under zones the time zone of each time that has none of its own, under unindexed what no index can be made on. What is wrong is an error that names the option.';
