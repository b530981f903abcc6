create or replace function _noetl.idle_series(at timestamptz)
returns setof bigint
language sql
stable
parallel restricted
set enable_seqscan = off
set jit = off
begin atomic
  with cutoff as materialized (
    select at - _noetl.interval_setting('retention') as since
  ),
  quiet as (
    select st.series_id
    from _noetl.state as st
    join noetl.runtime as r using (runtime_id)
    where (
        case when r.keeps_values then st.value is null else st.metric_type in ('gauge', 'untyped') end
        or r.status in ('offline', 'lost') and r.updated_at < (select since from cutoff)
      )
      and coalesce(st.at, '-infinity') < (select since from cutoff)
      and coalesce(st.recorded_at, '-infinity') < (select since from cutoff)
    union all
    select d.series_id
    from _noetl.distribution as d
    join noetl.runtime as r using (runtime_id)
    where r.status in ('offline', 'lost')
      and r.updated_at < (select since from cutoff)
      and coalesce(d.recorded_at, '-infinity') < (select since from cutoff)
  )
  select q.series_id
  from quiet as q
  where not exists (
    select from _noetl.series as s
    where s.canonical_id = q.series_id
      and (s.created_at >= (select since from cutoff) or s.retired_at is not null or exists (
        select from noetl.metric as m where m.series_id = s.series_id and m."timestamp" < 'infinity')));
end;

comment on function _noetl.idle_series(timestamptz) is
  'The canonical_id of each series that nothing holds: gauges without a sample left in noetl.metric, unless their component keeps them, and any series without one whose component has been offline or lost for the setting retention. A counter or histogram whose component lives stays, however quiet it is.';
