create or replace function noetl.metric_history(
  metric_name text,
  since timestamptz,
  until timestamptz default now(),
  step interval default null,
  labels jsonb default '{}',
  component bigint default null
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
set jit = off
as $$
#variable_conflict use_column
declare
  length interval := _noetl.history_step(step);
begin
  return query
  with line as materialized (
    select l.line_id, l.labels, l.name, k.kind
    from (values ('value', metric_name), ('count', metric_name || '_count'), ('sum', metric_name || '_sum')) as k (kind, name)
    cross join lateral _noetl.lines_of(k.name, metric_history.labels, component, since - interval '1 hour', metric_history.until + length) as l
  ),
  history as materialized (
    select l.labels, l.kind, h.*
    from _noetl.line_history(array(select l.line_id from line as l), since, metric_history.until, length) as h
    join line as l using (line_id)
  )
  select h.labels, date_part('epoch', length), h.bucket, h.count, h.sum, h.min, h.max, h.sum / h.count, h.first, h.last, h.increase
  from history as h
  where h.kind = 'value'
  union all
  -- of observations the page has only how many there were and their sum
  select c.labels, date_part('epoch', length), c.bucket, c.increase::bigint, s.increase, null, null, s.increase / nullif(c.increase, 0), null, null, c.increase
  from history as c
  join history as s on s.kind = 'sum' and s.labels = c.labels and s.bucket = c.bucket
  where c.kind = 'count' and c.increase is not null
    and not exists (select from line as v where v.kind = 'value' and v.labels = c.labels)
  order by 1, 3;
end
$$;

comment on function noetl.metric_history(text, timestamptz, timestamptz, interval, jsonb, bigint) is
  'What the archive''s samples of a name came to in buckets of the length step, counted from 1970-01-01 UTC: those that begin before until, the first one holding since; null step: the scrape_interval, which is also the least. A row for each bucket and each line of the page, also of lines that are gone from it, whose labels contain these, of one component (its runtime_id) or of all. count, sum, min, max, avg, first and last are of the samples; increase is what a running total grew since the last sample before the bucket, restarts from 0 counted in, and null for gauges. The name of a histogram or summary gives its observations: how many there were (count and increase), their sum and avg. A bucket without samples has no row.';
