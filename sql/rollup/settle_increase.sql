create or replace function _noetl.settle_increase(level integer, series_ids bigint[], buckets timestamptz[])
returns void
language sql
volatile
parallel unsafe
set enable_seqscan = off
set jit = off
begin atomic
  update _noetl.rollup as r
  set increase = coalesce(
    (
      select f.increase
      from _noetl.rolled_up(r.series_id, case r.level when 86400 then 3600 when 3600 then 60 end, r.bucket, r.level) as f
      where f.samples = r.samples
    ),
    (
      select sum(_noetl.counter_step(m.before, m.value))
      from (
        select m.metric_value as value, lag(m.metric_value) over (order by m."timestamp", m.metric_id) as before
        from noetl.metric as m
        cross join _noetl.feed_window as w
        where m.series_id in (select s.series_id from _noetl.series as s where s.canonical_id = r.series_id)
          and m."timestamp" >= r.bucket
          and m."timestamp" < r.bucket + make_interval(secs => r.level)
          and (pg_visible_in_snapshot(m.xid, w.fold_until) or not _noetl.is_native(m.xmin, w.born))
      ) as m
      having count(*) = r.samples
    ),
    _noetl.counter_step(r.first, r.last)
  )
  from unnest(series_ids, buckets) as open (series_id, bucket)
  where r.level = settle_increase.level and r.series_id = open.series_id and r.bucket = open.bucket;
end;

comment on function _noetl.settle_increase(integer, bigint[], timestamptz[]) is
  'Computes the increase of buckets into which samples came between others: from the finer level or the samples themselves, whichever still has them all; else as if the total had not been restarted twice.';
