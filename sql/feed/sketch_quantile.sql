create or replace function _noetl.sketch_quantile(family_id integer, series_id bigint, quantile double precision)
returns double precision
language sql
stable
parallel safe
begin atomic
  select _noetl.sketch_value(r.bin)
  from (
    select k.bin, sum(k.observations) over (order by k.bin) as rank, sum(k.observations) over () as observations
    from _noetl.current_sketch as k
    where k.family_id = sketch_quantile.family_id and k.series_id = sketch_quantile.series_id
  ) as r
  where r.rank >= ceil(quantile * r.observations)
  order by r.rank
  limit 1;
end;

comment on function _noetl.sketch_quantile(integer, bigint, double precision) is
  'A quantile (0 to 1) of what a sketch holds, within 1 % of the value of that rank; null: nothing observed. series_id 0: all series of a histogram.';
