alter table _noetl.family
  add column starts_at_zero boolean not null default false,
  add column first_series_at timestamptz;

comment on column _noetl.family.starts_at_zero is 'True: until the family has its first series, the page shows it without labels and at 0, or as _noetl.live_gauge() has it.';
comment on column _noetl.family.first_series_at is 'When a family that starts at zero had its first series; null: not yet, or it does not start at zero.';

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
