create or replace function _noetl.fold_samples()
returns bigint
language sql
volatile
parallel unsafe
begin atomic
  with valued as (
    insert into _noetl.state as s (series_id, value, at, increments, exemplar, recorded_at)
    select u.series_id, u.value, u.at, u.increments, u.exemplar, case when u.recorded then now() end
    from _noetl.unfolded_value as u
    where exists (select from _noetl.series as known where known.series_id = u.series_id)
    on conflict (series_id) do update set
      value = case when excluded.at is not null and _noetl.supersedes(excluded.at, s.at) then excluded.value else s.value end,
      at = case when excluded.at is not null and _noetl.supersedes(excluded.at, s.at) then excluded.at else s.at end,
      increments = case
        when excluded.increments is null then s.increments
        else coalesce(s.increments, 0) + excluded.increments
      end,
      exemplar = coalesce(excluded.exemplar, s.exemplar),
      recorded_at = coalesce(excluded.recorded_at, s.recorded_at)
    returning 1
  ),
  distributed as (
    insert into _noetl.distribution as d (series_id, observations, total, buckets, exemplars, recorded_at)
    select u.series_id, u.observations, u.total, _noetl.added_buckets(null, u.filled, u.counts, u.width), u.exemplars, case when u.recorded then now() end
    from _noetl.unfolded_distribution as u
    where exists (select from _noetl.series as known where known.series_id = u.series_id)
    on conflict (series_id) do update set
      observations = d.observations + excluded.observations,
      total = d.total + excluded.total,
      buckets = (
        select array_agg(coalesce(b.before, 0) + coalesce(b.added, 0) order by b.place)
        from unnest(d.buckets, excluded.buckets) with ordinality as b (before, added, place)
      ),
      exemplars = d.exemplars || excluded.exemplars,
      recorded_at = coalesce(excluded.recorded_at, d.recorded_at)
    returning 1
  )
  select (select count(*) from valued) + (select count(*) from distributed);
end;

comment on function _noetl.fold_samples() is 'Adds the unfolded samples to state and distribution; returns how many series changed. Called by the fold alone.';
