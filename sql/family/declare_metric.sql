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
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.declare_family(name, metric_type, help, unit, buckets, quantiles, per_component, aggregate, max_series, _noetl.is_admin());
end;

comment on function noetl.declare_metric(text, text, text, text, double precision[], double precision[], boolean, text, integer) is
  'Declares a metric family, or changes it: null leaves a field as it is. metric_type: counter, gauge, histogram, summary or untyped; fixed once known. buckets: ascending upper bounds of a histogram, +Inf comes by itself; new bounds keep every count. quantiles: what a summary shows, 0 to 1. per_component: false shows one value per label set, summed over components, gauges by aggregate (last, sum, min, max, avg). max_series: new series beyond it are rejected. Waits for a running fold, and no fold runs until its transaction ends: in one that then idles for longer than 5 s PostgreSQL ends the session. What noetl_admin has declared, a writer cannot change. Declaring again what is declared so already waits for nothing.';
