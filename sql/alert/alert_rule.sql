create or replace view noetl.alert_rule as
select
  name,
  coalesce(d.preset, 'own') as preset,
  coalesce(o.expression, d.expression) as expression,
  coalesce(o."for", d."for", interval '0') as "for",
  coalesce(o.labels, jsonb_build_object('severity', coalesce(d.severity, 'warning'))) as labels,
  coalesce(o.annotations, jsonb_strip_nulls(jsonb_build_object('summary', d.summary, 'description', d.description))) as annotations,
  coalesce(o.enabled, true) as enabled,
  o.changed_at
from _noetl.alert_default as d
full join _noetl.alert_override as o using (name);

comment on view noetl.alert_rule is
  'One row is one alert rule for Prometheus as noetl.alert_rules_yaml() writes it, and when it was changed (null: never). noetl.set_alert_rule() changes or adds one, noetl.reset_alert_rule() takes that back.';
comment on column noetl.alert_rule.preset is 'The preset whose metrics it watches; own: it was added here.';
comment on column noetl.alert_rule.expression is 'PromQL; each series that it yields is an alert.';
comment on column noetl.alert_rule."for" is 'How long the expression must hold before the alert fires.';
comment on column noetl.alert_rule.annotations is 'Texts for people, with Prometheus'' templates such as {{ $value }}.';
