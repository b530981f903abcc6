create or replace view _noetl.rule as
select
  'alert:' || a.name as rule, a.rule_group, true as alerting, a.name, a.expression, a."for" as hold, a.keep_firing_for,
  jsonb_build_object('labels', a.labels, 'annotations', a.annotations) as texts, a.position
from noetl.alert_rule as a
where a.enabled
union all
select
  'record:' || r.name || ' ' || md5(r.labels::text), r.rule_group, false, r.name, r.expression, interval '0', interval '0',
  jsonb_build_object('labels', r.labels), 1000000 + r.position
from _noetl.recording_rule as r
where r.enabled;

comment on view _noetl.rule is 'One row is one rule that is on, alerting or recording, as it is evaluated.';
comment on column _noetl.rule.rule is 'Its name among all rules: there may be several recording rules of one name.';
comment on column _noetl.rule.texts is 'Its templates, {"labels": {…}, "annotations": {…}}.';
