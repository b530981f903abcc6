create or replace function _noetl.merge_rollup(level integer, since timestamptz, until timestamptz)
returns timestamptz
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
-- the planner takes what is fresh for two rows; ten thousand of them joined by nested loops took 25 s
set enable_nestloop = off
set jit = off
as $$
#variable_conflict use_column
declare
  earliest timestamptz;
  series_ids bigint[];
  buckets timestamptz[];
begin
  with fresh as materialized (
    select * from _noetl.unfolded_rollup(merge_rollup.level, merge_rollup.until)
  ),
  merged as (
    insert into _noetl.rollup as r
    select * from fresh where bucket >= merge_rollup.since
    on conflict (series_id, bucket, level) do update set
      samples = r.samples + excluded.samples,
      total = r.total + excluded.total,
      low = least(r.low, excluded.low),
      high = greatest(r.high, excluded.high),
      first = case when (excluded.first_at, excluded.first_ordinal) < (r.first_at, r.first_ordinal) then excluded.first else r.first end,
      last = case when (excluded.last_at, excluded.last_ordinal) >= (r.last_at, r.last_ordinal) then excluded.last else r.last end,
      increase = case
        when (excluded.first_at, excluded.first_ordinal) > (r.last_at, r.last_ordinal) then
          r.increase + _noetl.counter_step(r.last, excluded.first) + excluded.increase
        when (excluded.last_at, excluded.last_ordinal) < (r.first_at, r.first_ordinal) then
          excluded.increase + _noetl.counter_step(excluded.last, r.first) + r.increase
      end,
      first_at = least(r.first_at, excluded.first_at),
      last_at = greatest(r.last_at, excluded.last_at),
      first_ordinal = case
        when (excluded.first_at, excluded.first_ordinal) < (r.first_at, r.first_ordinal) then excluded.first_ordinal
        else r.first_ordinal
      end,
      last_ordinal = case
        when (excluded.last_at, excluded.last_ordinal) >= (r.last_at, r.last_ordinal) then excluded.last_ordinal
        else r.last_ordinal
      end
    returning r.series_id, r.bucket, r.increase is null as is_open
  )
  select
    min(f.first_at),
    array_agg(f.series_id) filter (where m.is_open and f.increase is not null),
    array_agg(f.bucket) filter (where m.is_open and f.increase is not null)
  into earliest, series_ids, buckets
  from fresh as f
  left join merged as m using (series_id, bucket);

  if series_ids <> '{}' then
    perform _noetl.settle_increase(merge_rollup.level, series_ids, buckets);
  end if;
  return earliest;
end
$$;

comment on function _noetl.merge_rollup(integer, timestamptz, timestamptz) is
  'Adds the samples that history does not have yet to the buckets of a level that begin at or after since, if dated before until; returns the earliest timestamp among all of them. Called by the fold alone.';
