create or replace function _noetl.alertmanager_payload(target text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_agg(jsonb_build_object(
    'labels', a.labels || (select s.value::jsonb from noetl.setting as s where s.name = 'external_labels'),
    'annotations', a.annotations,
    'startsAt', _noetl.go_rfc3339(a.fired_at),
    -- what nobody repeats is over after four times as long as it takes to
    'endsAt', _noetl.go_rfc3339(coalesce(a.resolved_at, now() + interval '4 minutes')),
    'generatorURL', (select s.value from noetl.setting as s where s.name = 'external_url')) order by a.alert_id)
  from _noetl.notifiable_alert as a
  where a.target = alertmanager_payload.target and (a.state = 'firing' or a.sent_at is not null);
end;

comment on function _noetl.alertmanager_payload(text) is 'What an Alertmanager is sent: every alert that fires, and what it heard of that is resolved. Null: nothing.';
