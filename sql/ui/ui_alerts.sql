create or replace function noetl.ui_alerts()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object(
    'alerts', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', a.labels ->> 'alertname',
        'state', a.state,
        'since', extract(epoch from a.active_at),
        'fired_at', extract(epoch from a.fired_at),
        'value', _noetl.float_text(a.value),
        'labels', a.labels - 'alertname',
        'annotations', a.annotations,
        'expression', (select r.expression from _noetl.rule as r where r.rule = a.rule),
        'silenced', _noetl.is_silenced(a.labels),
        'told', (
          select coalesce(jsonb_agg(jsonb_build_object('target', n.target, 'at', extract(epoch from n.sent_at)) order by n.target), '[]')
          from _noetl.notified as n
          where n.alert_id = a.alert_id and n.active_at = a.active_at)
      ) order by a.state, a.active_at, a.alert_id), '[]')
      from _noetl.alert as a
      where a.state <> 'resolved'),
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'at', extract(epoch from h.at),
        'name', h.name,
        'state', h.state,
        'labels', h.labels - 'alertname',
        'summary', h.annotations ->> 'summary',
        'value', _noetl.float_text(h.value)
      ) order by h.at desc, h.name), '[]')
      from (select e.* from noetl.alert_history as e order by e.at desc limit 200) as h),
    'rules', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', r.name,
        'group', r.rule_group,
        'expression', r.expression,
        'for_seconds', extract(epoch from r.hold),
        'state', coalesce((select min(a.state) from _noetl.alert as a where a.rule = r.rule and a.state <> 'resolved'), 'inactive'),
        'error', s.error,
        'evaluated_at', extract(epoch from s.evaluated_at)
      ) order by r.rule_group, r.position, r.rule), '[]')
      from _noetl.rule as r
      left join _noetl.rule_state as s using (rule)
      where r.alerting),
    'targets', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', t.name,
        'kind', t.kind,
        'target', t.target,
        'enabled', t.enabled,
        'sent', t.sent,
        'sent_at', extract(epoch from t.sent_at),
        'failed', t.failed,
        'failed_at', extract(epoch from t.failed_at),
        'error', t.error
      ) order by t.name), '[]')
      from noetl.notification as t),
    'silences', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'silence_id', s.silence_id,
        'matchers', s.matchers,
        'state', s.state,
        'starts_at', extract(epoch from s.starts_at),
        'ends_at', extract(epoch from s.ends_at),
        'created_by', s.created_by,
        'comment', s.comment
      ) order by s.state, s.ends_at desc, s.silence_id), '[]')
      from noetl.silence as s));
end;

comment on function noetl.ui_alerts() is
  'What the page in the browser shows of alerts: those that are pending or firing with whom they were sent to, the last 200 changes, the rules, who is told and how that went, and the silences. Times in seconds since 1970.';

create or replace function _noetl.ui_alerts()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getAlertsPage": "GET /api/ui/alerts"},
  "tag": "browser",
  "right": "reader",
  "summary": "Alerts, their history, rules, receivers and silences.",
  "answer": {
    "type": "object",
    "properties": {
      "alerts": {"type": "array", "items": {"type": "object"}},
      "history": {"type": "array", "items": {"type": "object"}},
      "rules": {"type": "array", "items": {"type": "object"}},
      "targets": {"type": "array", "items": {"type": "object"}},
      "silences": {"type": "array", "items": {"type": "object"}}
    },
    "required": "*"
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.ui_alerts() is 'Where noetl.ui_alerts() is called over HTTP: GET /api/ui/alerts.';
