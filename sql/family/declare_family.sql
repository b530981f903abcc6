create or replace function _noetl.declare_family(
  name text,
  metric_type text,
  help text default null,
  unit text default null,
  buckets double precision[] default null,
  quantiles double precision[] default null,
  per_component boolean default null,
  aggregate text default null,
  max_series integer default null,
  by_admin boolean default true
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := coalesce(
    _noetl.family_fault(name, metric_type, buckets, quantiles, aggregate, max_series),
    (
      select _noetl.family_size_fault(
        declare_family.name, declare_family.help, declare_family.unit, declare_family.buckets, declare_family.quantiles, l)
      from _noetl.intake_limit as l));
  known _noetl.family;
begin
  if fault is null and exists (
      select from _noetl.family as f
      where f.name = declare_family.name and f.metric_type = declare_family.metric_type and f.declared and (f.by_admin or not declare_family.by_admin)
        and (f.help, f.unit, f.buckets, f.quantiles, f.per_component, f.aggregate, f.max_series) is not distinct from (
          coalesce(declare_family.help, f.help), coalesce(declare_family.unit, f.unit), coalesce(declare_family.buckets, f.buckets),
          coalesce(declare_family.quantiles, f.quantiles), coalesce(declare_family.per_component, f.per_component),
          coalesce(declare_family.aggregate, f.aggregate), coalesce(declare_family.max_series, f.max_series)))
  then
    return; -- as declared already: nobody waits for anybody
  end if;
  if fault is null then
    -- no fold until this transaction ends: one that idles is ended
    perform set_config('idle_in_transaction_session_timeout', '5s', true)
    where current_setting('idle_in_transaction_session_timeout')::interval not between interval '1 millisecond' and interval '5 seconds';
    perform _noetl.take_lock('fold');
    perform noetl.fold();
    select f.* into known from _noetl.family as f where f.name = declare_family.name;
    fault := case
      when known.by_admin and not declare_family.by_admin then
        format('name: %s was declared by noetl_admin, and is not a writer''s to change', declare_family.name)
      when known.metric_type <> declare_family.metric_type then
        format('metric_type: %s is a %s already', declare_family.name, known.metric_type)
      when known.family_id is null then (
        select format('name: %s would write %s, which belongs to %s', declare_family.name, c.name, f.name)
        from _noetl.claimed_name as c
        join _noetl.family as f using (family_id)
        where c.name = any (_noetl.family_names(declare_family.name, declare_family.metric_type))
        limit 1)
    end;
    if fault is null and known.family_id is null and (select count(*) from _noetl.family) >= _noetl.integer_setting('max_families') then
      fault := format('name: %s would be one family more than %s (the setting max_families)', name, _noetl.integer_setting('max_families'));
    end if;
  end if;
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;

  if known.family_id is null then
    insert into _noetl.family (name, metric_type, buckets)
    values (declare_family.name, declare_family.metric_type,
      case metric_type when 'histogram' then coalesce(declare_family.buckets, _noetl.floats_setting('default_buckets')) end)
    returning * into known;
    insert into _noetl.claimed_name (name, family_id)
    select distinct c, known.family_id
    from unnest(_noetl.family_names(declare_family.name, declare_family.metric_type)) as c;
  elsif declare_family.buckets <> known.buckets then
    perform _noetl.change_buckets(known.family_id, declare_family.buckets);
  end if;
  update _noetl.family as f
  set
    help = coalesce(declare_family.help, f.help),
    unit = coalesce(declare_family.unit, f.unit),
    quantiles = coalesce(declare_family.quantiles, f.quantiles),
    per_component = coalesce(declare_family.per_component, f.per_component),
    aggregate = coalesce(declare_family.aggregate, f.aggregate),
    max_series = coalesce(declare_family.max_series, f.max_series),
    declared = true,
    by_admin = f.by_admin or declare_family.by_admin
  where f.family_id = known.family_id;
  if per_component <> known.per_component then
    perform _noetl.render_series(family_id => known.family_id);
  end if;
end
$$;

comment on function _noetl.declare_family(text, text, text, text, double precision[], double precision[], boolean, text, integer, boolean) is
  'What noetl.declare_metric() does for its caller. by_admin: false, the caller is a writer, who cannot change what an admin has declared.';
