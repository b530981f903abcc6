create or replace function _noetl.otlp_buckets(kind text, point jsonb, family_bounds double precision[])
returns table (bound double precision, observations double precision)
language sql
immutable
parallel safe
rows 20
begin atomic
  select b.bound, sum(b.observations)
  from (
    select e.bound, c.observations
    from unnest(_noetl.otlp_numbers(case kind when 'histogram' then point -> 'explicitBounds' end)) with ordinality as e (bound, place)
    join unnest(_noetl.otlp_counts(case kind when 'histogram' then point -> 'bucketCounts' end)) with ordinality as c (observations, place) using (place)
    union all
    -- a power of two bounds a bucket at every scale from 0 on, so that counts at these bounds are exact
    select coalesce((select min(f) from unnest(family_bounds) as f where f >= x.bound), case when family_bounds is null then x.bound end), x.observations
    from (
      select 2::double precision ^ greatest(-1074, least(1023, ceil((o.first + c.place) / 2::double precision ^ o.scale))) as bound, c.observations
      from unnest(_noetl.otlp_counts(point #> '{positive,bucketCounts}')) with ordinality as c (observations, place)
      cross join (
        select coalesce((point ->> 'scale')::integer, 0) as scale, coalesce((point #>> '{positive,offset}')::integer, 0) as first
      ) as o
      where c.observations > 0
      union all
      select -(2::double precision ^ greatest(-1074, least(1023, floor((o.first + c.place - 1) / 2::double precision ^ o.scale)))), c.observations
      from unnest(_noetl.otlp_counts(point #> '{negative,bucketCounts}')) with ordinality as c (observations, place)
      cross join (
        select coalesce((point ->> 'scale')::integer, 0) as scale, coalesce((point #>> '{negative,offset}')::integer, 0) as first
      ) as o
      where c.observations > 0
      union all
      select _noetl.otlp_number(coalesce(point -> 'zeroThreshold', '0')), _noetl.otlp_number(coalesce(point -> 'zeroCount', '0'))
      where _noetl.otlp_number(coalesce(point -> 'zeroCount', '0')) > 0
    ) as x
    where kind = 'exponentialHistogram'
  ) as b
  where b.bound is not null
  group by b.bound;
end;

comment on function _noetl.otlp_buckets(text, jsonb, double precision[]) is
  'The buckets of a histogram''s data point, not cumulated and without the one beyond all bounds. An exponential one has the powers of two that its values lie between, where its counts are exact, or the bounds that its family is declared with, where each of its buckets is counted at the first bound that surely holds it.';
