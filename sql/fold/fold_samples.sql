create or replace function _noetl.fold_samples()
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  valued bigint;
  distributed bigint;
begin
  update _noetl.state as s
  set
    value = case when u.at is not null and _noetl.supersedes(u.at, s.at) then u.value else s.value end,
    at = case when u.at is not null and _noetl.supersedes(u.at, s.at) then u.at else s.at end,
    increments = case when u.increments is null then s.increments else coalesce(s.increments, 0) + u.increments end,
    exemplar = coalesce(u.exemplar, s.exemplar),
    began_at = coalesce(s.began_at, case when u.increments is not null then clock_timestamp() end),
    recorded_at = case when u.recorded then now() else s.recorded_at end
  from _noetl.unfolded_value as u
  where s.series_id = u.series_id;
  get diagnostics valued = row_count;

  if not exists (select from _noetl.distribution) then
    return valued;
  end if;
  update _noetl.distribution as d
  set
    observations = d.observations + u.observations,
    total = d.total + u.total,
    buckets = _noetl.added_buckets(d.buckets, u.filled, u.counts),
    exemplars = d.exemplars || u.exemplars,
    began_at = coalesce(d.began_at, clock_timestamp()),
    recorded_at = case when u.recorded then now() else d.recorded_at end
  from _noetl.unfolded_distribution as u
  where d.series_id = u.series_id;
  get diagnostics distributed = row_count;
  if distributed > 0 then
    perform _noetl.fold_sketches();
  end if;

  return valued + distributed;
end
$$;

comment on function _noetl.fold_samples() is 'Adds the unfolded samples to state and distribution; returns how many series changed. Called by the fold alone.';
