create table _noetl.family (
  family_id integer generated always as identity primary key,
  name text not null unique,
  metric_type text not null,
  help text,
  unit text,
  buckets double precision[],
  quantiles double precision[],
  per_component boolean not null default true,
  aggregate text not null default 'last',
  max_series integer,
  declared boolean not null default false,
  by_admin boolean not null default false,
  starts_at_zero boolean not null default false,
  first_series_at timestamptz,
  brought_by bigint,
  created_at timestamptz not null default now(),
  constraint family_metric_type_is_known check (metric_type in ('counter', 'gauge', 'histogram', 'summary', 'untyped')),
  constraint family_aggregate_is_known check (aggregate in ('last', 'sum', 'min', 'max', 'avg')),
  constraint family_max_series_is_positive check (max_series > 0)
);

comment on table _noetl.family is 'One row is one metric family: what HELP and TYPE say, and how its series are shown.';
comment on column _noetl.family.by_admin is 'True: an admin, or the installation, has declared it, so that no writer can change it.';
comment on column _noetl.family.buckets is 'Upper bounds of the histogram''s buckets, ascending, without +Inf; null in other types.';
comment on column _noetl.family.quantiles is 'What a summary of observations shows; null: the setting default_quantiles.';
comment on column _noetl.family.per_component is 'True: samples carry component and component_type; false: one value per label set, aggregated over components.';
comment on column _noetl.family.aggregate is 'How gauges of several components become one where per_component is false.';
comment on column _noetl.family.max_series is 'New series beyond this many are rejected; null: the setting max_series.';
comment on column _noetl.family.declared is 'True: noetl.declare_metric() made it, so it stays when its last series is gone.';
comment on column _noetl.family.starts_at_zero is 'True: until the family has its first series, the page shows it without labels and at 0, or as _noetl.live_gauge has it.';
comment on column _noetl.family.brought_by is 'The component whose sample made it known, against the setting max_component_families; null: it was declared.';
comment on column _noetl.family.first_series_at is 'When a family that starts at zero had its first series, or was found to have some; null: not yet, or it does not start at zero.';

create index family_creation on _noetl.family (name) where name like '%\_created';

-- Every name that a family puts on either page, so that no two families can write the same one.
create table _noetl.claimed_name (
  name text primary key,
  family_id integer not null references _noetl.family on delete cascade
);

comment on table _noetl.claimed_name is 'One row is one name on the text or the OpenMetrics page and the family that owns it; see _noetl.family_names().';

create index claimed_name_family on _noetl.claimed_name (family_id);

create table _noetl.series (
  series_id bigint primary key,
  canonical_id bigint not null,
  runtime_id bigint not null references noetl.runtime on delete cascade,
  family_id integer not null references _noetl.family on delete cascade,
  metric_name text not null,
  metric_type text not null,
  labels jsonb not null,
  part "char" not null,
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  constraint series_part_is_known check (part in ('v', 'o', 'b', 'q', 's', 'c'))
);

comment on table _noetl.series is
  'One row is one spelling of one series. {"code": 200} and {"code": "200", "zone": ""} are two spellings with one canonical_id.';
comment on column _noetl.series.series_id is 'The fingerprint that noetl.metric computes from component, type, name and labels.';
comment on column _noetl.series.canonical_id is 'The fingerprint of the same series with canonical labels; its running totals are kept under this one.';
comment on column _noetl.series.part is 'What a sample is: v value, o observation, b bucket, q quantile, s sum, c count.';
comment on column _noetl.series.retired_at is 'When maintenance took the series out of use; a new sample registers it again.';

create index series_canonical on _noetl.series (canonical_id);
create index series_retired on _noetl.series (retired_at) where retired_at is not null;
create index series_runtime on _noetl.series (runtime_id);
create index series_family on _noetl.series (family_id);
create index series_name on _noetl.series (metric_name);
create index series_labels on _noetl.series using gin (labels jsonb_path_ops);

-- No unique key: two transactions that see the same new series first must not wait for each other.
create table _noetl.pending_series (
  series_id bigint not null,
  runtime_id bigint not null,
  metric_name text not null,
  metric_type text not null,
  labels jsonb not null,
  help_text text,
  unit text,
  part "char" not null,
  family text not null,
  bound double precision,
  canonical_id bigint not null,
  canonical_labels jsonb not null,
  is_dropped boolean not null default false,
  seen_at timestamptz not null default clock_timestamp()
);

comment on table _noetl.pending_series is
  'One row is one transaction''s first sight of a series. The fold merges them into _noetl.series; until then the views read both.';

comment on column _noetl.pending_series.part is 'As in _noetl.series; the columns from here to canonical_labels are written by a trigger, once for every page until the fold.';
comment on column _noetl.pending_series.family is 'The name of its family.';
comment on column _noetl.pending_series.bound is 'As in _noetl.state.';
comment on column _noetl.pending_series.is_dropped is 'True: a rule for labels drops it.';
comment on column _noetl.pending_series.canonical_labels is 'The labels in their one spelling, and canonical_id the fingerprint with them.';

create index pending_series_id on _noetl.pending_series (series_id);
