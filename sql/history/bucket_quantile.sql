create or replace function _noetl.bucket_quantile(quantile double precision, bounds double precision[], counts double precision[])
returns double precision
language sql
immutable
parallel safe
begin atomic
  select
    case
      when b.bound = 'Infinity' then b.bound_before
      when b.bound_before is null and b.bound <= 0 then b.bound
      else coalesce(b.bound_before, 0)
        + (b.bound - coalesce(b.bound_before, 0)) * (quantile * b.total - b.count_before) / nullif(b.count - b.count_before, 0)
    end
  from (
    select u.bound, u.count, max(u.count) over () as total,
      lag(u.bound) over (order by u.bound) as bound_before,
      coalesce(lag(u.count) over (order by u.bound), 0) as count_before
    from unnest(bounds, counts) as u (bound, count)
  ) as b
  where b.total > 0 and b.count >= quantile * b.total
  order by b.bound
  limit 1;
end;

comment on function _noetl.bucket_quantile(double precision, double precision[], double precision[]) is
  'A quantile of cumulated bucket counts, as histogram_quantile() of Prometheus estimates it; null: nothing was observed. bounds end in infinity.';
