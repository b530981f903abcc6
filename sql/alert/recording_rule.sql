create or replace view noetl.recording_rule as
select r.name, r.labels, r.expression, r.rule_group, g.every, r.enabled, r.changed_at, r.position
from _noetl.recording_rule as r
join _noetl.rule_group as g on g.name = r.rule_group;

comment on view noetl.recording_rule is
  'One row is one recording rule: what its expression yields is on the page and in the archive under its name. noetl.set_recording_rule() adds or changes one, noetl.drop_recording_rule() removes it.';
comment on column noetl.recording_rule.name is 'The metric that it writes.';
comment on column noetl.recording_rule.labels is 'What it sets on every series beside the labels that the expression yields; an empty value takes a label off.';
comment on column noetl.recording_rule.every is 'How often its group is evaluated; null: after each scrape.';
comment on column noetl.recording_rule.position is 'Where it stands in its group.';
