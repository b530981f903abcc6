create or replace function noetl.metric_history(
  metric_name text,
  since timestamptz,
  until timestamptz default now(),
  step interval default null,
  labels jsonb default '{}',
  component bigint default null
)
returns table (
  series_id bigint,
  runtime_id bigint,
  series_labels jsonb,
  level text,
  seconds double precision,
  bucket timestamptz,
  count bigint,
  sum double precision,
  min double precision,
  max double precision,
  first double precision,
  last double precision,
  increase double precision
)
language sql
stable
parallel safe
begin atomic
  select s.series_id, s.runtime_id, s.labels, h.*
  from _noetl.any_series as s
  cross join lateral noetl.series_history(s.series_id, since, until, step) as h
  where s.metric_name = metric_history.metric_name
    and s.labels @> metric_history.labels
    and (component is null or s.runtime_id = component)
  order by s.runtime_id, s.labels, h.bucket;
end;

comment on function noetl.metric_history(text, timestamptz, timestamptz, interval, jsonb, bigint) is
  'noetl.series_history() of every series of a name whose labels contain these (all of them strings), of one component (its runtime_id) or of all; also of series that are gone from the page.';
