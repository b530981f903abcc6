create or replace function _noetl.store_totals()
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  since timestamptz;
  stored bigint;
begin
  select coalesce(f.totals_stored_at, '-infinity') into since
  from _noetl.feed as f
  where f.totals_stored_at is null or f.totals_stored_at <= now() - _noetl.interval_setting('totals_interval');
  if not found then
    return null;
  end if;

  insert into _noetl.series (
    series_id, canonical_id, runtime_id, family_id, metric_name, metric_type, labels,
    part, derived)
  select
    t.series_id, t.series_id, t.runtime_id, t.family_id, t.metric_name, t.metric_type, t.labels,
    t.part, true
  from _noetl.distribution_total as t
  where t.recorded_at > since
  on conflict (series_id) do nothing;

  insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit, xid)
  select t.runtime_id, t.metric_name, t.metric_type, t.value, t.labels, f.help, f.unit, '0'
  from (
    select s.runtime_id, s.family_id, s.metric_name, s.metric_type, coalesce(st.value + st.increments, st.value, st.increments) as value, s.labels
    from _noetl.state as st
    join _noetl.series as s using (series_id)
    where st.recorded_at > since
    union all
    select t.runtime_id, t.family_id, t.metric_name, t.metric_type, t.value, t.labels
    from _noetl.distribution_total as t
    where t.recorded_at > since
  ) as t
  join _noetl.family as f using (family_id)
  where t.value is not null;
  get diagnostics stored = row_count;
  perform set_config('noetl.totals_not_in_history', extract(epoch from now())::text, true);
  return stored;
end
$$;

comment on function _noetl.store_totals() is
  'Stores the running totals of series that events changed as samples, each totals_interval; returns how many, null before that time. The fold notes when, at its end: once it has written to _noetl.feed, restored rows count as folded. xid 0 keeps them out of the feed: they are folded already. Called by the fold alone.';
