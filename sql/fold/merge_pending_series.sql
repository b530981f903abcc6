create or replace function _noetl.merge_pending_series()
returns table (spelling_id bigint, family text)
language plpgsql
volatile
parallel unsafe
rows 10
set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from _noetl.pending_series) then
    return;
  end if;

  with new_family as (
    insert into _noetl.family (name, metric_type, help, unit, buckets, brought_by)
    select f.name, f.metric_type, f.help, f.unit, f.buckets, f.brought_by
    from _noetl.any_family as f
    where f.family_id < 0
    returning family_id, name, metric_type, brought_by
  )
  insert into _noetl.claimed_name (name, family_id)
  select claim, f.family_id
  from new_family as f
  cross join lateral (select distinct c from unnest(_noetl.family_names(f.name, f.metric_type, _noetl.is_pushed(f.brought_by))) as c) as claims (claim);

  update _noetl.family as f
  set help = coalesce(f.help, described.help), unit = coalesce(f.unit, described.unit)
  -- all of them at once; _noetl.any_family looks for each by itself
  from (
    select
      s.family,
      (array_agg(s.help_text order by s.seen_at, s.series_id) filter (where s.help_text <> ''))[1] as help,
      (array_agg(s.unit order by s.seen_at, s.series_id) filter (where s.unit <> ''))[1] as unit
    from _noetl.pending_sample as s
    group by s.family
  ) as described
  where described.family = f.name
    and (f.help is null and described.help is not null or f.unit is null and described.unit is not null);

  -- One statement, so one snapshot: what commits meanwhile, a family with a negative id included, waits for the next fold.
  return query
  with verdict as materialized (
    select * from _noetl.new_series(with_rejected => true)
  ),
  accepted as (
    insert into _noetl.series as s (series_id, canonical_id, runtime_id, family_id, metric_name, metric_type, labels, part)
    select v.series_id, v.canonical_id, v.runtime_id, v.family_id, v.metric_name, v.metric_type, v.labels, v.part
    from verdict as v
    where v.rejection is null and v.family_id > 0
    on conflict (series_id) do update set retired_at = null
  ),
  valued as (
    insert into _noetl.state (series_id, family_id, runtime_id, metric_type, part, bound, page_labels, prefix, page_id, shared)
    select v.series_id, v.family_id, v.runtime_id, v.metric_type, v.part, v.bound, v.page_labels, v.prefix, v.page_id, v.shared
    from verdict as v
    where v.rejection is null and v.family_id > 0 and v.series_id = v.canonical_id and v.part <> 'o'
    -- as the page reads them, which takes half as long from neighbouring rows
    order by v.family_id, v.prefix collate "C"
    on conflict (series_id) do nothing
  ),
  distributed as (
    insert into _noetl.distribution (series_id, family_id, runtime_id, page_labels, buckets)
    select v.series_id, v.family_id, v.runtime_id, v.page_labels, array_fill(0::bigint, array[coalesce(cardinality(f.buckets), 0) + 1])
    from verdict as v
    join _noetl.family as f using (family_id)
    where v.rejection is null and v.series_id = v.canonical_id and v.part = 'o'
    on conflict (series_id) do nothing
  ),
  decided as (
    delete from _noetl.pending_series as n
    where n.series_id not in (select v.series_id from verdict as v where v.rejection is null and v.family_id < 0)
  )
  select v.series_id, case when v.rejection <> 'rule' then v.family end from verdict as v where v.rejection is not null;

  update _noetl.family as f
  set first_series_at = now()
  where f.starts_at_zero and f.first_series_at is null and exists (select from _noetl.series as s where s.family_id = f.family_id);
  perform _noetl.assign_sort_keys();
end
$$;

comment on function _noetl.merge_pending_series() is
  'Makes series and families of what is pending; returns the spellings that it rejected and their families, null where a rule for labels wants it so. Called by the fold alone.';
