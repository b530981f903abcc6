create or replace function noetl.alert_rules_yaml(preset text default null)
returns text
language sql
stable
parallel safe
begin atomic
  select E'groups:\n' || coalesce(string_agg(g.body, '' order by g.preset collate "C"), E'  []\n')
  from (
    select
      r.preset,
      format(E'  - name: noetl-metrics-%s\n    rules:\n', r.preset) || string_agg(
        format(
          E'      - alert: %s\n        expr: %s\n        for: %s\n',
          r.name, _noetl.yaml_string(r.expression), _noetl.prometheus_duration(r."for"))
        || _noetl.yaml_entries('labels', r.labels) || _noetl.yaml_entries('annotations', r.annotations),
        '' order by r.name collate "C") as body
    from noetl.alert_rule as r
    where r.enabled and (alert_rules_yaml.preset is null or r.preset = alert_rules_yaml.preset)
    group by r.preset
  ) as g;
end;

comment on function noetl.alert_rules_yaml(text) is
  'The alert rules as a rule file for Prometheus, one group a preset; null: all of them. A rule whose metrics are not on the page never fires.';

create or replace function _noetl.alert_rules_yaml()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getAlertRules": "GET /alerts.yml"},
  "tag": "monitoring",
  "right": "reader",
  "summary": "The alert rules as a rule file, of one preset or of all.",
  "arguments": ["query.preset"],
  "query": {"preset": {"$ref": "preset"}},
  "type": "application/yaml",
  "answer": {"type": "string"}
}$$::_noetl.endpoint_definition;

comment on function _noetl.alert_rules_yaml() is 'Where noetl.alert_rules_yaml() is called over HTTP: GET /alerts.yml.';
