create or replace function _noetl.end_notification(target text, group_labels jsonb, firing bigint[], resolved bigint[], error text default null)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  moment constant timestamptz := clock_timestamp();
  succeeded constant boolean := end_notification.error is null;
begin
  update _noetl.notification_group as g
  set
    leased_until = null,
    attempts = case when succeeded then 0 else g.attempts + 1 end,
    -- again after 5, 10, 20 … seconds, at most 5 minutes
    due_at = moment + case
      when not succeeded then least(interval '5 minutes', interval '5 seconds' * 2 ^ least(g.attempts, 10))
      when t.kind = 'alertmanager' then interval '0'
      else t.group_interval
    end,
    sent_at = case when succeeded then moment else g.sent_at end,
    firing = case when succeeded then end_notification.firing else g.firing end,
    resolved = case when succeeded then end_notification.resolved else g.resolved end
  from _noetl.notification_target as t
  where g.target = end_notification.target and g.labels = group_labels and t.name = g.target;
  if succeeded then
    insert into _noetl.notified as n (alert_id, target, active_at, sent_at, resolved)
    select a.alert_id, end_notification.target, a.active_at, moment, a.alert_id = any (end_notification.resolved)
    from _noetl.alert as a
    where a.alert_id = any (end_notification.firing || end_notification.resolved)
    order by a.alert_id
    on conflict on constraint notified_pkey do update set active_at = excluded.active_at, sent_at = excluded.sent_at, resolved = excluded.resolved;
  end if;
  update _noetl.notification_target as t
  set
    sent = t.sent + succeeded::integer, sent_at = case when succeeded then moment else t.sent_at end,
    failed = t.failed + (not succeeded)::integer, failed_at = case when succeeded then t.failed_at else moment end,
    error = coalesce(left(end_notification.error, 1000), t.error)
  where t.name = end_notification.target;
  perform noetl.inc('noetl_notifications_total',
    jsonb_build_object('target', end_notification.target, 'outcome', case when succeeded then 'sent' else 'failed' end));
end
$$;

comment on function _noetl.end_notification(text, jsonb, bigint[], bigint[], text) is
  'Notes that a target has taken what _noetl.begin_notification() gave for a group, with the alerts that were firing and resolved in it, or why it has not (error): then it is tried again, after pauses that grow to five minutes.';
