create or replace function _noetl.advance_alerts(
  wanted _noetl.rule, at timestamptz, label_sets jsonb[], annotation_sets jsonb[], "values" double precision[])
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  keeping constant interval := _noetl.interval_setting('resolved_retention');
begin
  with found as materialized (
    select f.labels, f.annotations, f.value
    from unnest(label_sets, annotation_sets, "values") as f (labels, annotations, value)
  ),
  known as materialized (
    select a.* from _noetl.alert as a where a.rule = wanted.rule
  ),
  next as materialized (
    select
      k.alert_id, f.labels, f.annotations, f.value,
      s.active_at,
      case when k.state = 'firing' then k.fired_at when advance_alerts.at - s.active_at >= wanted.hold then advance_alerts.at end as fired_at,
      null::timestamptz as absent_since, null::timestamptz as resolved_at
    from found as f
    left join known as k on k.labels = f.labels
    -- not later than now, should the clock have been ahead
    cross join lateral (select case when k.state <> 'resolved' then least(k.active_at, advance_alerts.at) else advance_alerts.at end as active_at) as s
    union all
    select
      k.alert_id, k.labels, k.annotations, k.value, k.active_at, k.fired_at,
      coalesce(k.absent_since, advance_alerts.at),
      case
        when k.state = 'resolved' then k.resolved_at
        when k.state = 'pending' or advance_alerts.at - coalesce(k.absent_since, advance_alerts.at) >= wanted.keep_firing_for then advance_alerts.at
      end
    from known as k
    where not exists (select from found as f where f.labels = k.labels)
  ),
  changed as (
    insert into _noetl.alert_event (at, rule, labels, annotations, state, value, active_at)
    select advance_alerts.at, wanted.rule, n.labels, n.annotations, s.state, n.value, n.active_at
    from next as n
    left join known as k using (alert_id)
    cross join lateral (
      select case
        when n.resolved_at is null then case when n.fired_at is null then 'pending' else 'firing' end
        when n.fired_at is null then 'inactive'
        else 'resolved'
      end as state) as s
    where s.state is distinct from k.state and not (k.state = 'resolved' and n.resolved_at is not null)
  ),
  gone as (
    -- one that never fired, and one of which everybody has been told by now
    delete from _noetl.alert as a
    using next as n
    where a.alert_id = n.alert_id and n.resolved_at is not null and (n.fired_at is null or n.resolved_at < advance_alerts.at - keeping)
  ),
  moved as (
    update _noetl.alert as a
    set
      annotations = n.annotations, value = n.value, active_at = n.active_at, fired_at = n.fired_at, absent_since = n.absent_since,
      resolved_at = n.resolved_at,
      state = case when n.resolved_at is not null then 'resolved' when n.fired_at is not null then 'firing' else 'pending' end
    from next as n
    where a.alert_id = n.alert_id
      and not (n.resolved_at is not null and (n.fired_at is null or n.resolved_at < advance_alerts.at - keeping))
      and (a.annotations, a.value, a.active_at, a.fired_at, a.absent_since, a.resolved_at)
        is distinct from (n.annotations, n.value, n.active_at, n.fired_at, n.absent_since, n.resolved_at)
  )
  insert into _noetl.alert (rule, labels, annotations, state, value, active_at, fired_at)
  select wanted.rule, n.labels, n.annotations, case when n.fired_at is null then 'pending' else 'firing' end, n.value, n.active_at, n.fired_at
  from next as n
  where n.alert_id is null;
  perform _noetl.notify_of_alerts(wanted.rule, at);
end
$$;

comment on function _noetl.advance_alerts(_noetl.rule, timestamptz, jsonb[], jsonb[], double precision[]) is
  'Moves the alerts of a rule on to an evaluation that has yielded these: new ones are pending, those that have held long enough fire, those that are not among them are resolved, and what changed is noted. The caller holds the lock of the rule''s group.';
