create or replace function noetl.sparkline(
  expression text,
  since timestamptz default now() - interval '1 hour',
  until timestamptz default now(),
  width integer default 40
)
returns table (labels jsonb, lowest double precision, last double precision, highest double precision, line text)
language sql
stable
parallel unsafe
begin atomic
  with step as materialized (
    select s.places, make_interval(secs => round(extract(epoch from until - since) / (s.places - 1), 3)::double precision) as length
    from (select least(greatest(coalesce(width, 40), 2), 500) as places) as s
  ),
  point as (
    select q.labels, q.value, q.nth, round(extract(epoch from q.at - since) / extract(epoch from s.length))::integer as place
    from step as s
    -- in the order of the series, which is Prometheus'
    cross join lateral noetl.query_range(expression, since, until, s.length) with ordinality as q (labels, at, value, nth)
  ),
  series as (
    select p.labels, min(p.nth) as nth,
      min(p.value) filter (where p.value::text not in ('NaN', 'Infinity', '-Infinity')) as lowest,
      (array_agg(p.value order by p.place desc))[1] as last,
      max(p.value) filter (where p.value::text not in ('NaN', 'Infinity', '-Infinity')) as highest,
      array_agg(p.place order by p.place) as places,
      array_agg(p.value order by p.place) as vals
    from point as p
    group by p.labels
  )
  select r.labels, r.lowest, r.last, r.highest, (
    select string_agg(
      case
        when v.value is null or v.value = 'NaN' then ' '
        when v.value >= r.highest and r.highest > r.lowest then '█'
        when v.value <= r.lowest and r.highest > r.lowest then '▁'
        else substr('▁▂▃▄▅▆▇█', 1 + coalesce(floor(8 * ((v.value - r.lowest) / nullif(r.highest - r.lowest, 0)))::integer, 3), 1)
      end, '' order by g.place)
    from step as s
    cross join lateral generate_series(0, s.places - 1) as g (place)
    left join unnest(r.places, r.vals) as v (place, value) on v.place = g.place)
  from series as r
  order by r.nth;
end;

comment on function noetl.sparkline(text, timestamptz, timestamptz, integer) is
  'A drawing in psql of what an expression in PromQL gave from since to until: select * from noetl.sparkline(''rate(orders_total[5m])'', now() - interval ''6 hours''). One row is one series with its lowest, last and highest value, and a line of width characters (2 to 500) from ▁, the lowest, to █, the highest; blank: it had no value then. Errors as of noetl.query_range().';
