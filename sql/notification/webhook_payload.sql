create or replace function _noetl.webhook_payload(target text, group_labels jsonb)
returns jsonb
language sql
stable
parallel safe
begin atomic
  with alert as materialized (
    select a.*, a.state as status, _noetl.alert_fingerprint(a.labels) as fingerprint
    from _noetl.notifiable_alert as a
    join _noetl.notification_target as t on t.name = a.target
    where a.target = webhook_payload.target and a.group_labels = webhook_payload.group_labels
      and (a.state = 'firing' or t.send_resolved and not a.told_resolved)
  )
  select jsonb_build_object(
    'version', '4',
    'groupKey', format('{}:{%s}', (select string_agg(l.key || '="' || _noetl.escaped_label(l.value) || '"', ', ' order by l.key collate "C") from jsonb_each_text(webhook_payload.group_labels) as l)),
    'truncatedAlerts', 0,
    'status', case when bool_or(a.status = 'firing') then 'firing' else 'resolved' end,
    'receiver', webhook_payload.target,
    'groupLabels', webhook_payload.group_labels,
    'commonLabels', (
      select coalesce(jsonb_object_agg(l.key, l.value), '{}')
      from (select e.key, e.value from alert as c cross join lateral jsonb_each(c.labels) as e group by e.key, e.value having count(*) = (select count(*) from alert)) as l),
    'commonAnnotations', (
      select coalesce(jsonb_object_agg(l.key, l.value), '{}')
      from (select e.key, e.value from alert as c cross join lateral jsonb_each(c.annotations) as e group by e.key, e.value having count(*) = (select count(*) from alert)) as l),
    'externalURL', (select s.value from noetl.setting as s where s.name = 'external_url'),
    'alerts', jsonb_agg(jsonb_build_object(
      'status', a.status,
      'labels', a.labels,
      'annotations', a.annotations,
      'startsAt', _noetl.go_rfc3339(a.fired_at),
      'endsAt', _noetl.go_rfc3339(a.resolved_at),
      'generatorURL', (select s.value from noetl.setting as s where s.name = 'external_url'),
      'fingerprint', a.fingerprint) order by a.status, a.fired_at, a.fingerprint))
  from alert as a
  having count(*) > 0;
end;

comment on function _noetl.webhook_payload(text, jsonb) is
  'What a webhook is sent of a group of alerts: Alertmanager''s payload, version 4. Null: there is nothing to tell any more.';
