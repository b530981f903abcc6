create or replace function noetl.series_history(
  series_id bigint,
  since timestamptz,
  until timestamptz default now(),
  step interval default null
)
returns table (
  line_labels jsonb,
  seconds double precision,
  bucket timestamptz,
  count bigint,
  sum double precision,
  min double precision,
  max double precision,
  avg double precision,
  first double precision,
  last double precision,
  increase double precision
)
language plpgsql
stable
parallel safe
security definer
rows 1000
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select h.*
  from _noetl.series_line(series_id) as l
  cross join lateral noetl.metric_history(l.name, since, series_history.until, step, l.labels) as h
  where h.line_labels = l.labels;
end
$$;

comment on function noetl.series_history(bigint, timestamptz, timestamptz, interval) is
  'noetl.metric_history() of the one line of the page that a series in use writes, alone or together with others.';
