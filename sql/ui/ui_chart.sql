create or replace function noetl.ui_chart(series bigint[], at timestamptz default now())
returns jsonb
language sql
stable
parallel safe
begin atomic
  with time as materialized (
    select date_bin(interval '15 seconds', at, 'epoch') as until, date_bin(interval '15 seconds', at, 'epoch') - interval '1 hour' as since
  ),
  line as (
    select s.place, s.series_id, l.name, l.kind, jsonb_agg(l.value order by l.at) as points
    from time as t
    cross join unnest(series) with ordinality as s (series_id, place)
    cross join lateral _noetl.ui_line(s.series_id, t.since, t.until, '15 seconds') as l
    where l.at between t.since and t.until
    group by s.place, s.series_id, l.name, l.kind
    having count(*) = 241
  )
  select jsonb_build_object(
    'since', extract(epoch from t.since)::bigint,
    'step', 15,
    'lines', (
      select coalesce(
        jsonb_agg(jsonb_build_object('series', l.series_id::text, 'name', l.name, 'kind', l.kind, 'points', l.points) order by l.place, l.name), '[]')
      from line as l))
  from time as t;
end;

comment on function noetl.ui_chart(bigint[], timestamptz) is
  'The last hour of some series as lines of a chart, a point every 15 s from since on; null: nothing was known then.';
