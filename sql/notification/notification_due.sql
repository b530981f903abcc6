create or replace view _noetl.notification_due as
select
  c.target, c.kind, c.labels, c.firing, c.resolved, g.due_at,
  case
    when c.kind = 'alertmanager' then c.unheard
    -- Alertmanager's own rule: something new fires, all is over, something more is over, or it is time to repeat
    when g.sent_at is null then c.firing <> '{}'
    when not c.firing <@ g.firing then true
    when c.firing = '{}' then g.firing <> '{}' and c.send_resolved
    when c.send_resolved and not c.resolved <@ g.resolved then true
    else g.sent_at <= now() - c.repeat_interval
  end as is_news
from (
  select
    a.target, a.kind, a.group_labels as labels, t.send_resolved, t.repeat_interval,
    coalesce(array_agg(a.alert_id order by a.alert_id) filter (where a.state = 'firing'), '{}') as firing,
    coalesce(array_agg(a.alert_id order by a.alert_id) filter (where a.state = 'resolved' and not a.told_resolved), '{}') as resolved,
    -- a minute, as Prometheus repeats itself, less the time that ticks are apart
    bool_or(case a.state when 'firing' then (a.sent_at > now() - interval '55 seconds') is not true else a.sent_at is not null and not a.told_resolved end) as unheard
  from _noetl.notifiable_alert as a
  join _noetl.notification_target as t on t.name = a.target
  group by a.target, a.kind, a.group_labels, t.send_resolved, t.repeat_interval
) as c
left join _noetl.notification_group as g using (target, labels);

comment on view _noetl.notification_due is
  'One row is one group of alerts of one target: what fires in it and what is resolved and not yet told, by alert_id, and whether that is news to the target.';
comment on column _noetl.notification_due.due_at is 'Before which nothing is to be said of the group; null: nothing has been said of it yet.';
