create or replace function _noetl.notify_of_alerts(rule text, at timestamptz)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_notify(t.target, case when octet_length(m.message::text) < 7900 then m.message else
      m.message - 'annotations' || '{"truncated": true}' end::text)
  from _noetl.alert_event as e
  join _noetl.notification_target as t on t.kind = 'notify' and t.enabled and _noetl.matches(t.matchers, e.labels)
  cross join lateral (select jsonb_build_object(
    'status', e.state, 'labels', e.labels, 'annotations', e.annotations, 'value', _noetl.float_text(e.value),
    'startsAt', _noetl.go_rfc3339(e.active_at), 'at', _noetl.go_rfc3339(e.at)) as message) as m
  where e.rule = notify_of_alerts.rule and e.at = notify_of_alerts.at and e.state in ('firing', 'resolved') and (e.state = 'firing' or t.send_resolved)
    and octet_length((m.message - 'annotations')::text) < 7900
    and not _noetl.is_silenced(e.labels);
end
$$;

comment on function _noetl.notify_of_alerts(text, timestamptz) is
  'Tells the targets of kind notify what fired and what was resolved in an evaluation of a rule: {"status", "labels", "annotations", "value", "startsAt", "at"}, which is delivered when the transaction commits. A message of 8,000 bytes or more goes without annotations.';
