create or replace view noetl.label_rule as
select r.name, r.metric, r.action, r.label, r.value, r.replacement
from _noetl.label_rule as r
order by r.place
offset 0;

comment on view noetl.label_rule is
  'One row is one rule by which the labels of new series are rewritten, in the order in which they were added and apply. noetl.add_label_rule() adds one.';
comment on column noetl.label_rule.metric is 'A regular expression that the whole name of the family must match.';
comment on column noetl.label_rule.action is 'rename, replace, drop, keep, drop_series or keep_series, as noetl.add_label_rule() says.';
