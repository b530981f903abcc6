create or replace function _noetl.remove_series(retired_at timestamptz)
returns text[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  names text[];
begin
  -- what somebody wrote to who had not seen the retirement is in use again
  update _noetl.series as s
  set retired_at = null
  where s.retired_at = remove_series.retired_at
    and s.canonical_id in (
      select k.canonical_id
      from _noetl.series as k
      where k.retired_at is null
        or exists (select from noetl.metric as m where m.series_id = k.series_id and m."timestamp" < 'infinity')
        or exists (select from _noetl.state as st where st.series_id = k.series_id and st.recorded_at >= remove_series.retired_at)
        or exists (select from _noetl.distribution as d where d.series_id = k.series_id and d.recorded_at >= remove_series.retired_at)
        or exists (select from _noetl.pending_series as n where n.series_id = k.series_id));

  delete from _noetl.sketch as k
  where k.series_id in (select s.series_id from _noetl.series as s where s.retired_at = remove_series.retired_at);

  with removed as (
    delete from _noetl.series as s
    where s.retired_at = remove_series.retired_at
    returning s.metric_name, s.labels, s.series_id = s.canonical_id as is_canonical
  )
  select array_agg(format('%s %s', r.metric_name, r.labels) order by r.metric_name, r.labels) filter (where r.is_canonical) into names
  from removed as r;

  delete from _noetl.family as f
  where not f.declared and not exists (select from _noetl.series as s where s.family_id = f.family_id);
  return coalesce(names, '{}');
end
$$;

comment on function _noetl.remove_series(timestamptz) is
  'Removes the series retired then, unless they came into use again, and families without any; returns their names. The caller holds the fold lock and has folded.';
