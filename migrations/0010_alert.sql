create table _noetl.alert_override (
  name text primary key,
  expression text,
  "for" interval,
  labels jsonb,
  annotations jsonb,
  enabled boolean,
  changed_at timestamptz not null default now(),
  constraint alert_override_name_is_not_empty check (name <> ''),
  constraint alert_override_for_is_not_negative check ("for" >= interval '0'),
  constraint alert_override_labels_is_an_object check (jsonb_typeof(labels) = 'object'),
  constraint alert_override_annotations_is_an_object check (jsonb_typeof(annotations) = 'object')
);

comment on table _noetl.alert_override is
  'One row is what an installation says otherwise about one alert rule, or a rule of its own; null: as the default has it. See the view noetl.alert_rule.';
