create or replace function noetl.rule_list(form jsonb default '{}')
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object('status', 'success', 'data', jsonb_build_object('groups', coalesce(jsonb_agg(jsonb_build_object(
    'name', g.rule_group,
    'file', 'noetl',
    'interval', coalesce(extract(epoch from i.every), extract(epoch from _noetl.interval_setting('scrape_interval')))::double precision,
    'limit', 0,
    'evaluationTime', coalesce(i.duration_seconds, 0),
    'lastEvaluation', _noetl.go_rfc3339(i.evaluated_at),
    'rules', g.rules) order by g.rule_group collate "C"), '[]')))
  from (
    select r.rule_group, jsonb_agg(
      jsonb_build_object(
        'name', r.name,
        'query', r.expression,
        'labels', r.texts -> 'labels',
        'health', case when s.evaluated_at is null then 'unknown' when s.error is null then 'ok' else 'err' end,
        'evaluationTime', coalesce(s.duration_seconds, 0),
        'lastEvaluation', _noetl.go_rfc3339(s.evaluated_at),
        'type', case when r.alerting then 'alerting' else 'recording' end)
      || case when s.error is null then '{}' else jsonb_build_object('lastError', s.error) end
      || case when r.alerting then jsonb_build_object(
        'state', coalesce(a.state, 'inactive'),
        'duration', extract(epoch from r.hold)::double precision,
        'keepFiringFor', extract(epoch from r.keep_firing_for)::double precision,
        'annotations', r.texts -> 'annotations',
        'alerts', coalesce(a.alerts, '[]')) else '{}' end
      order by r.position, r.rule) as rules
    from _noetl.rule as r
    left join _noetl.rule_state as s on s.rule = r.rule
    left join (
      select a.rule, min(a.state) as state, jsonb_agg(_noetl.alert_json(a) order by a.active_at, a.alert_id) as alerts
      from _noetl.alert as a
      where a.state <> 'resolved'
      group by a.rule
    ) as a on a.rule = r.rule
    where coalesce(form #>> '{type,0}', case when r.alerting then 'alert' else 'record' end) = case when r.alerting then 'alert' else 'record' end
      and (not form ? 'rule_name[]' or form -> 'rule_name[]' ? r.name)
      and (not form ? 'rule_group[]' or form -> 'rule_group[]' ? r.rule_group)
    group by r.rule_group
  ) as g
  left join _noetl.rule_group as i on i.name = g.rule_group;
end;

comment on function noetl.rule_list(jsonb) is
  'The rules and how their last evaluation went, with the alerts of each, as the API of Prometheus has them. form: type (alert or record), rule_name[] and rule_group[] choose among them; each a list of texts.';

create or replace function _noetl.rule_list()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getRules": "GET /api/v1/rules"},
  "tag": "promql",
  "right": "reader",
  "summary": "Rules and their alerts, as the API of Prometheus has them.",
  "arguments": ["form"],
  "errors": "prometheus",
  "answer": {"type": "object", "properties": {"status": {"type": "string"}, "data": {"type": "object"}}, "required": ["status", "data"]}
}$$::_noetl.endpoint_definition;

comment on function _noetl.rule_list() is 'Where noetl.rule_list() is called over HTTP: GET /api/v1/rules.';
