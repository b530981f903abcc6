create or replace function noetl.suggested_buckets(name text)
returns double precision[]
language sql
stable
parallel safe
begin atomic
  select array_agg(distinct rounded.bound order by rounded.bound)
  from _noetl.any_family as f
  cross join unnest('{0.05,0.1,0.25,0.5,0.75,0.9,0.95,0.99,0.999,1}'::double precision[]) as q (quantile)
  cross join lateral (select _noetl.sketch_quantile(f.family_id, 0, q.quantile) as value) as observed
  cross join lateral (
    -- up to two significant digits, so that at least this share of the observations lies below
    select case
      when observed.value = 0 then 0
      else (ceil(observed.value::numeric / step.size) * step.size)::double precision
    end as bound
    from (select 10::numeric ^ (floor(log(abs(nullif(observed.value, 0))::numeric)) - 1) as size) as step
  ) as rounded
  where f.name = suggested_buckets.name
    and f.metric_type = 'histogram'
    and rounded.bound is not null;
end;

comment on function noetl.suggested_buckets(text) is
  'Bucket bounds for a histogram from all that it has observed so far: its quantiles from 5 % to the maximum, rounded up to two digits. Null: nothing observed. noetl.declare_metric(name, ''histogram'', buckets => …) takes them.';
