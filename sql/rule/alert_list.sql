create or replace function noetl.alert_list()
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object('status', 'success', 'data', jsonb_build_object(
    'alerts', coalesce(jsonb_agg(_noetl.alert_json(a) order by a.active_at, a.alert_id), '[]')))
  from _noetl.alert as a
  where a.state <> 'resolved';
end;

comment on function noetl.alert_list() is 'The alerts that are pending or firing, as the API of Prometheus has them; see the view noetl.alert.';

create or replace function _noetl.alert_list()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getAlerts": "GET /api/v1/alerts"},
  "tag": "promql",
  "right": "reader",
  "summary": "Alerts that are pending or firing, as the API of Prometheus has them.",
  "tolerant": true,
  "errors": "prometheus",
  "answer": {"type": "object", "properties": {"status": {"type": "string"}, "data": {"type": "object"}}, "required": ["status", "data"]}
}$$::_noetl.endpoint_definition;

comment on function _noetl.alert_list() is 'Where noetl.alert_list() is called over HTTP: GET /api/v1/alerts.';
