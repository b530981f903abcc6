create or replace function noetl.histogram_quantile(
  quantile double precision,
  metric_name text,
  since timestamptz,
  until timestamptz default now(),
  step interval default null,
  labels jsonb default '{}'
)
returns table (bucket timestamptz, value double precision, observations double precision)
language plpgsql
stable
parallel safe
security definer
rows 100
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  length interval := case when step is null then until - since else _noetl.history_step(step) end;
begin
  if (quantile between 0 and 1) is not true then
    raise exception 'quantile: must be from 0 to 1' using errcode = 'invalid_parameter_value';
  end if;
  if until <= since then
    raise exception 'until: must be later than since' using errcode = 'invalid_parameter_value';
  end if;
  return query
  with line as materialized (
    select l.line_id, replace(l.labels ->> 'le', 'Inf', 'Infinity')::double precision as bound
    from _noetl.lines_of(metric_name || '_bucket', histogram_quantile.labels, null, since, histogram_quantile.until) as l
    where l.labels ->> 'le' ~* '^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf)$'
  )
  select g.bucket, _noetl.bucket_quantile(quantile, array_agg(g.bound order by g.bound), array_agg(g.observations order by g.bound)),
    max(g.observations)
  from (
    select h.bucket, l.bound, sum(h.increase) as observations
    from _noetl.line_history(
      array(select l.line_id from line as l), since, histogram_quantile.until, length, case when step is null then since else 'epoch' end) as h
    join line as l using (line_id)
    group by h.bucket, l.bound
  ) as g
  group by g.bucket
  order by g.bucket;
end
$$;

comment on function noetl.histogram_quantile(double precision, text, timestamptz, timestamptz, interval, jsonb) is
  'A quantile (0 to 1) of what a histogram observed between two times, of all its lines whose labels contain these together, estimated from its buckets as Prometheus does; null: nothing was observed. step: a row for each bucket of that length, counted from 1970-01-01 UTC; null: one row for all of the time.';
