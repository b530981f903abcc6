-- What a pushed group is to the rest: a component whose samples carry labels of its own and stay until they are replaced.
alter table noetl.runtime
  add column page_labels jsonb,
  add column keeps_values boolean,
  add constraint runtime_page_labels_is_an_object check (jsonb_typeof(page_labels) = 'object');

-- In a statement of its own: functions of version 0.1.0 take a row of this table, and newer minor releases of PostgreSQL
-- (15.20, not yet 15.18) refuse to add a column with a default to such a one.
update noetl.runtime set keeps_values = false;
alter table noetl.runtime
  alter column keeps_values set default false,
  alter column keeps_values set not null;

comment on column noetl.runtime.page_labels is
  'What the page shows with each of its samples instead of component and component_type; null: these two.';
comment on column noetl.runtime.keeps_values is
  'True: its gauges stay on the page until they are replaced or withdrawn, however old they are; false: for the setting staleness.';

alter table _noetl.family
  drop constraint family_metric_type_is_known,
  add constraint family_metric_type_is_known check (metric_type in ('counter', 'gauge', 'histogram', 'summary', 'untyped'));

comment on column noetl.metric.metric_type is
  'counter, gauge, histogram, summary or untyped: the type of the family that metric_name belongs to. untyped: a value of which nothing more is known.';

create table _noetl.push_group (
  runtime_id bigint primary key references noetl.runtime on delete cascade,
  pushed_at timestamptz,
  failed_at timestamptz
) with (fillfactor = 70);

comment on table _noetl.push_group is 'One row is one pushed group that is on the page.';
comment on column _noetl.push_group.runtime_id is 'The component that stands for the group.';
comment on column _noetl.push_group.pushed_at is 'When a push last changed it; null: none has.';
comment on column _noetl.push_group.failed_at is 'When a push was last refused; null: none has been.';

create table _noetl.pushed_family (
  runtime_id bigint not null references _noetl.push_group on delete cascade,
  name text not null,
  series_ids bigint[] not null,
  primary key (runtime_id, name)
);

comment on table _noetl.pushed_family is
  'One row is one metric family that a pushed group has on the page: what the next push of the group replaces.';
comment on column _noetl.pushed_family.series_ids is 'Its series on the page, ascending.';

create index pushed_family_name on _noetl.pushed_family (name);

create type _noetl.pushed_sample as (
  line bigint,
  family text,
  metric_type text,
  name text,
  labels jsonb,
  value double precision,
  help text,
  fault text,
  is_unreadable boolean
);

comment on type _noetl.pushed_sample is
  'One line of a pushed text: a sample with its family, or what is wrong with the line. is_unreadable: it is no text format at all.';
