create or replace function _noetl.rebucketed(counts bigint[], bounds double precision[], new_bounds double precision[])
returns bigint[]
language sql
immutable
parallel safe
begin atomic
  select array_agg(coalesce(moved.observations, 0) order by place.bucket)
  from generate_series(1, cardinality(new_bounds) + 1) as place (bucket)
  left join (
    select
      (select count(*) + 1 from unnest(new_bounds) as b where b < old.bound) as bucket,
      sum(old.observations)::bigint as observations
    from unnest(bounds || 'Infinity'::double precision, counts) as old (bound, observations)
    group by 1
  ) as moved using (bucket);
end;

comment on function _noetl.rebucketed(bigint[], double precision[], double precision[]) is
  'Bucket counts under new bounds: a bucket''s observations go to the first new bucket that surely holds them, so a bound that stays keeps its cumulated count and nothing is lost.';
