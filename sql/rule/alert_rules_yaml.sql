create or replace function noetl.alert_rules_yaml(preset text default null)
returns text
language sql
stable
parallel safe
begin atomic
  select E'groups:\n' || coalesce(string_agg(g.body, '' order by g.rule_group collate "C"), E'  []\n')
  from (
    select
      r.rule_group,
      format(E'  - name: %s\n', case when r.rule_group ~ '^[\w-]+$' then 'noetl-metrics-' || r.rule_group else _noetl.yaml_string('noetl-metrics-' || r.rule_group) end)
      || coalesce('    interval: ' || _noetl.prometheus_duration(max(i.every)) || E'\n', '') || E'    rules:\n'
      || string_agg(
        case when r.alerting then
          format(
            E'      - alert: %s\n        expr: %s\n        for: %s\n',
            r.name, _noetl.yaml_string(r.expression), _noetl.prometheus_duration(r.hold))
          || case when r.keep_firing_for > interval '0' then format(E'        keep_firing_for: %s\n', _noetl.prometheus_duration(r.keep_firing_for)) else '' end
        else format(E'      - record: %s\n        expr: %s\n', _noetl.yaml_string(r.name), _noetl.yaml_string(r.expression)) end
        || _noetl.yaml_entries('labels', r.texts -> 'labels') || coalesce(_noetl.yaml_entries('annotations', r.texts -> 'annotations'), ''),
        '' order by r.position, r.rule) as body
    from _noetl.rule as r
    left join _noetl.rule_group as i on i.name = r.rule_group
    where alert_rules_yaml.preset is null or r.rule_group = alert_rules_yaml.preset
    group by r.rule_group
  ) as g;
end;

comment on function noetl.alert_rules_yaml(text) is
  'The alert and recording rules as a rule file for Prometheus, group by group, in the order of evaluation; preset: only this group; null: all of them. A rule whose metrics are not on the page never fires.';

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
