create or replace function noetl.uninstall(database text)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set lock_timeout = '5s'
set client_min_messages = warning
as $$
declare
  ours name[] := array(
    select n.nspname from pg_namespace as n where n.nspname in ('noetl', '_noetl', '_noetl_track', '_noetl_rights', '_noetl_extension'));
  others text;
  worker text := (select s.worker_schema from _noetl.collector_schedule as s);
begin
  if database is distinct from current_database() then
    raise exception 'database: must be the name of this database, %', quote_literal(current_database()) using errcode = 'invalid_parameter_value';
  elsif exists (select from pg_stat_activity as a where a.datname = current_database() and a.application_name = 'noetl-metrics') then
    raise exception 'a server is connected to this database' using errcode = 'object_in_use', hint = 'Stop it first.';
  end if;
  perform noetl.untrack_queue(q.name) from noetl.queue as q where q.tracked;
  select string_agg(d.object, ', ' order by d.object) into others from _noetl.foreign_dependent(ours) as d;
  if others is not null then
    raise exception 'others depend on noetl-metrics: %', others using errcode = 'dependent_objects_still_exist', hint = 'Drop them first.';
  end if;
  if to_regnamespace(quote_ident(worker)) is not null then
    execute format(
      'select %1$I.complete_jobs(array(select j.id from %1$I.jobs as j where j.task_identifier like ''noetl:%%'' and j.locked_at is null))', worker);
  end if;
  execute format('drop schema %s cascade', (select string_agg(quote_ident(n), ', ') from unnest(ours) as n));
  return 'noetl-metrics is gone from this database. There are still the roles noetl_reader, noetl_writer and noetl_admin, which other databases may use'
    || coalesce(', and the schema ' || quote_ident(worker) || ' of graphile-worker', '') || '.';
end
$$;

comment on function noetl.uninstall(text) is
  'Removes noetl-metrics from this database with everything that it has stored, for ever, and says what is left. database: the name of this one, so that nobody does it by mistake. Only the owner may; it is refused while a server is connected, and while views or functions of others depend on ours.';
