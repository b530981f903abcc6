create table _noetl.label_rule (
  name text primary key,
  place bigint generated always as identity,
  metric text not null,
  action text not null,
  label text not null,
  value text not null,
  replacement text,
  constraint label_rule_name_is_short check (length(name) between 1 and 200),
  constraint label_rule_action_is_known check (action in ('rename', 'replace', 'drop', 'keep', 'drop_series', 'keep_series')),
  constraint label_rule_has_a_replacement check ((replacement is not null) = (action in ('rename', 'replace')))
);

comment on table _noetl.label_rule is 'One row is one rule by which the labels of new series are rewritten; see the view noetl.label_rule. The patterns are PostgreSQL''s, anchored.';
