create or replace function _noetl.forget_history(at timestamptz)
returns void
language sql
volatile
parallel unsafe
begin atomic
  delete from _noetl.past_series as p
  where p.removed_at < at - (select max(t.retention) from _noetl.partitioned_table as t);
  delete from _noetl.rollup as r
  where r.series_id in (
    select g.series_id from _noetl.gone_series as g
    where not exists (select from _noetl.any_series as s where s.series_id = g.series_id));
  delete from _noetl.gone_series;
end;

comment on function _noetl.forget_history(timestamptz) is
  'Deletes the history of series that were deleted with their component, and the names of series whose history has expired. The caller holds the fold lock.';
