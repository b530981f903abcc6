create or replace function _noetl.fold_history()
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  earliest timestamptz;
  coarser record;
begin
  earliest := _noetl.merge_rollup(60, now() - _noetl.interval_setting('rollup_1m_retention'), 'infinity');
  for coarser in
    select p.level, p.closed_until, t.retention
    from _noetl.rollup_progress as p
    join _noetl.partitioned_table as t on t.level = case p.level when 3600 then '1h' else '1d' end
  loop
    if earliest < coarser.closed_until then
      perform _noetl.merge_rollup(coarser.level, now() - coarser.retention, coarser.closed_until);
    end if;
  end loop;
  perform set_config('noetl.totals_not_in_history', '', true);
end
$$;

comment on function _noetl.fold_history() is
  'Adds the unfolded samples to the history by minutes, and late ones to the hours and days that are closed already. Called by the fold alone, after it has stored running totals and before it moves its snapshot on.';
