create or replace function noetl.declare_metric(
  name text,
  metric_type text,
  help text default null,
  unit text default null,
  buckets double precision[] default null,
  quantiles double precision[] default null,
  per_component boolean default null,
  aggregate text default null,
  max_series integer default null
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
        declare_metric.name, declare_metric.help, declare_metric.unit, declare_metric.buckets, declare_metric.quantiles, l)
      from _noetl.intake_limit as l));
  known _noetl.family;
begin
  if fault is null then
    perform pg_advisory_xact_lock(_noetl.fold_lock());
    perform noetl.fold();
    select f.* into known from _noetl.family as f where f.name = declare_metric.name;
    fault := case
      when known.metric_type <> declare_metric.metric_type then
        format('metric_type: %s is a %s already', declare_metric.name, known.metric_type)
      when known.family_id is null then (
        select format('name: %s would write %s, which belongs to %s', declare_metric.name, c.name, f.name)
        from _noetl.claimed_name as c
        join _noetl.family as f using (family_id)
        where c.name = any (_noetl.family_names(declare_metric.name, declare_metric.metric_type))
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
    values (declare_metric.name, declare_metric.metric_type,
      case metric_type when 'histogram' then coalesce(declare_metric.buckets, _noetl.floats_setting('default_buckets')) end)
    returning * into known;
    insert into _noetl.claimed_name (name, family_id)
    select distinct c, known.family_id
    from unnest(_noetl.family_names(declare_metric.name, declare_metric.metric_type)) as c;
  elsif declare_metric.buckets <> known.buckets then
    perform _noetl.change_buckets(known.family_id, declare_metric.buckets);
  end if;
  update _noetl.family as f
  set
    help = coalesce(declare_metric.help, f.help),
    unit = coalesce(declare_metric.unit, f.unit),
    quantiles = coalesce(declare_metric.quantiles, f.quantiles),
    per_component = coalesce(declare_metric.per_component, f.per_component),
    aggregate = coalesce(declare_metric.aggregate, f.aggregate),
    max_series = coalesce(declare_metric.max_series, f.max_series),
    declared = true
  where f.family_id = known.family_id;
  if per_component <> known.per_component then
    perform _noetl.render_series(family_id => known.family_id);
  end if;
end
$$;

comment on function noetl.declare_metric(text, text, text, text, double precision[], double precision[], boolean, text, integer) is
  'Declares a metric family, or changes it: null leaves a field as it is. metric_type: counter, gauge, histogram, summary or untyped; fixed once known. buckets: ascending upper bounds of a histogram, +Inf comes by itself; new bounds keep every count. quantiles: what a summary shows, 0 to 1. per_component: false shows one value per label set, summed over components, gauges by aggregate (last, sum, min, max, avg). max_series: new series beyond it are rejected. Waits for a running fold.';
