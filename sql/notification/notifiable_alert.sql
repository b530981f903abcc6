create or replace view _noetl.notifiable_alert as
select
  t.name as target,
  t.kind,
  case when t.kind in ('webhook', 'slack', 'sql')
    then (select coalesce(jsonb_object_agg(l.name, a.labels -> l.name), '{}') from unnest(t.group_by) as l (name) where a.labels ? l.name)
    else '{}' end as group_labels,
  a.alert_id,
  a.labels,
  a.annotations,
  a.state,
  a.value,
  a.active_at,
  a.fired_at,
  a.resolved_at,
  n.sent_at,
  n.resolved is true as told_resolved
from _noetl.notification_target as t
cross join _noetl.alert as a
left join _noetl.notified as n on n.alert_id = a.alert_id and n.target = t.name and n.active_at = a.active_at
where t.enabled
  and t.kind <> 'notify'
  and (a.state = 'firing' or a.state = 'resolved' and (n.sent_at is not null or a.fired_at >= t.created_at))
  and _noetl.matches(t.matchers, a.labels)
  and not _noetl.is_silenced(a.labels);

comment on view _noetl.notifiable_alert is
  'One row is one alert that fires or was resolved a short while ago, and one target that is to know of it.';
comment on column _noetl.notifiable_alert.group_labels is 'What it is grouped by for this target; one group where the target groups itself.';
comment on column _noetl.notifiable_alert.state is 'firing or resolved; of what was over before there was the target it does not hear.';
comment on column _noetl.notifiable_alert.sent_at is 'When the target last heard of it; null: not yet.';
comment on column _noetl.notifiable_alert.told_resolved is 'Whether it has heard that it is resolved.';
