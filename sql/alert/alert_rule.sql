create or replace view noetl.alert_rule as
select
  name,
  coalesce(d.preset, 'own') as preset,
  coalesce(o.expression, d.expression) as expression,
  coalesce(o."for", d."for", interval '0') as "for",
  coalesce(o.labels, jsonb_build_object('severity', coalesce(d.severity, 'warning'))) as labels,
  coalesce(o.annotations, jsonb_strip_nulls(jsonb_build_object('summary', d.summary, 'description', d.description))) as annotations,
  coalesce(o.enabled, true) as enabled,
  o.changed_at,
  coalesce(o.keep_firing_for, interval '0') as keep_firing_for,
  coalesce(o.rule_group, d.preset, 'own') as rule_group,
  coalesce(d.position, 1000000 + o.position) as position
from _noetl.alert_default as d
full join _noetl.alert_override as o using (name);

comment on view noetl.alert_rule is
  'One row is one alert rule, which is evaluated after each scrape and which noetl.alert_rules_yaml() writes for a Prometheus, and when it was changed (null: never). noetl.set_alert_rule() changes or adds one, noetl.reset_alert_rule() takes that back.';
comment on column noetl.alert_rule.preset is 'The preset whose metrics it watches; own: it was added here.';
comment on column noetl.alert_rule.expression is 'PromQL; each series that it yields is an alert.';
comment on column noetl.alert_rule."for" is 'How long the expression must yield the series before the alert fires.';
comment on column noetl.alert_rule.keep_firing_for is 'How long the alert goes on firing after the expression has ceased to yield the series.';
comment on column noetl.alert_rule.labels is 'What the alert''s labels are beside those of the series; texts with Prometheus'' templates.';
comment on column noetl.alert_rule.annotations is 'Texts for people, with Prometheus'' templates such as {{ $value }}.';
comment on column noetl.alert_rule.rule_group is 'The group in whose order and interval it is evaluated; see noetl.rule_group.';
comment on column noetl.alert_rule.position is 'Where it stands in its group.';
