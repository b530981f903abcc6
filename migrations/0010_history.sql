-- What remains of samples when their partitions are gone: figures per minute, hour and day.
create table _noetl.rollup (
  level integer not null,
  series_id bigint not null,
  bucket timestamptz not null,
  samples bigint not null,
  total double precision not null,
  low double precision not null,
  high double precision not null,
  first double precision not null,
  last double precision not null,
  increase double precision,
  first_at timestamptz not null,
  last_at timestamptz not null,
  first_ordinal bigint not null,
  last_ordinal bigint not null,
  primary key (series_id, bucket, level)
) partition by list (level);

comment on table _noetl.rollup is
  'One row is what the samples of one series came to in one minute, hour or day of UTC. Minutes are written by the fold; hours and days by noetl.close_rollups() once they are over, and by the fold when samples come late.';
comment on column _noetl.rollup.level is 'The length of bucket in seconds: 60, 3600 or 86400.';
comment on column _noetl.rollup.series_id is 'The canonical_id of the series, which may be in _noetl.past_series by now.';
comment on column _noetl.rollup.bucket is 'Where the minute, hour or day begins.';
comment on column _noetl.rollup.total is 'Sum of the values; a value of 1e300 or more counts as infinite.';
comment on column _noetl.rollup.increase is
  'How much a running total grew between the first and the last sample of the bucket, a fall being a restart from 0; null: the series is no running total.';
comment on column _noetl.rollup.first_ordinal is 'The metric_id of the first sample, which orders samples of one timestamp; so last_ordinal.';

create table _noetl.rollup_1m partition of _noetl.rollup for values in (60) partition by range (bucket);
create table _noetl.rollup_1h partition of _noetl.rollup for values in (3600) partition by range (bucket);
create table _noetl.rollup_1d partition of _noetl.rollup for values in (86400) partition by range (bucket);
create table _noetl.rollup_1m_overflow partition of _noetl.rollup_1m default with (fillfactor = 50);
create table _noetl.rollup_1h_overflow partition of _noetl.rollup_1h default;
create table _noetl.rollup_1d_overflow partition of _noetl.rollup_1d default;

create table _noetl.rollup_progress (
  level integer primary key,
  closed_until timestamptz not null
);

comment on table _noetl.rollup_progress is 'One row is one level made from the next finer one: buckets before closed_until are written, what is later is still read from the finer level.';

insert into _noetl.rollup_progress (level, closed_until)
values
  (3600, date_trunc('hour', now(), 'UTC')),
  (86400, date_trunc('day', now(), 'UTC'));

-- History outlives the series it belongs to.
create table _noetl.past_series (
  series_id bigint primary key,
  runtime_id bigint not null references noetl.runtime on delete cascade,
  metric_name text not null,
  metric_type text not null,
  labels jsonb not null,
  part "char" not null,
  removed_at timestamptz not null default now()
);

comment on table _noetl.past_series is
  'One row is one series that had no more samples and was removed, kept as long as its history.';

create index past_series_runtime on _noetl.past_series (runtime_id);
create index past_series_name on _noetl.past_series (metric_name);

create table _noetl.gone_series (
  series_id bigint not null
);

comment on table _noetl.gone_series is 'One row is a series deleted with its component, whose history maintenance has yet to delete.';

create table _noetl.retirement (
  retired_at timestamptz primary key,
  witnesses text[],
  until xid8
);

comment on table _noetl.retirement is
  'One row is the series retired by one run of noetl.remove_idle_series(), whose retired_at is the same.';
comment on column _noetl.retirement.witnesses is
  'The virtual transactions that ran when the retirement had been committed: each may still take the series for known. Null: not looked yet.';
comment on column _noetl.retirement.until is 'The first transaction id not given out then: prepared transactions are older and have no virtual one.';

create index series_canonical on _noetl.series (canonical_id);
create index series_retired on _noetl.series (retired_at) where retired_at is not null;

create table _noetl.maintenance_run (
  step text primary key,
  started_at timestamptz not null,
  duration_seconds double precision not null,
  done text[] not null default '{}',
  left_over text[] not null default '{}',
  failures bigint not null default 0,
  failed_at timestamptz,
  error text
);

comment on table _noetl.maintenance_run is 'One row is the last run of one step of maintenance.';
comment on column _noetl.maintenance_run.duration_seconds is 'How long it took.';
comment on column _noetl.maintenance_run.done is 'What it made or dropped.';
comment on column _noetl.maintenance_run.left_over is 'What it could not do without making somebody wait, and why; the next run tries again.';
comment on column _noetl.maintenance_run.failures is 'How many runs have failed.';
comment on column _noetl.maintenance_run.error is 'Why the last failed run failed; null: none has.';

-- What the database says of itself.
with self (name, metric_type, help, unit) as (
  values
    ('noetl_partition_coverage_ahead', 'gauge', 'Days after today that have a partition, without a gap.', null),
    ('noetl_partitions', 'gauge', 'Partitions of noetl.metric (level raw) and of its history.', null),
    ('noetl_partition_rows', 'gauge', 'Rows in these partitions, as the server estimates them.', null),
    ('noetl_partition_bytes', 'gauge', 'Bytes of these partitions on disk, with indexes.', 'bytes'),
    ('noetl_overflow_rows', 'gauge', 'Rows that wait for a partition, as the server estimates them.', null),
    ('noetl_maintenance_last_run_timestamp_seconds', 'gauge', 'When a step of maintenance last ran without an error.', 'seconds'),
    ('noetl_maintenance_duration_seconds', 'gauge', 'How long that run took.', 'seconds'),
    ('noetl_maintenance_left_over', 'gauge', 'What that run left for the next because somebody would have had to wait.', null),
    ('noetl_maintenance_failures_total', 'counter', 'Runs of a step of maintenance that failed.', null)
),
declared as (
  insert into _noetl.family (name, metric_type, help, unit, per_component, declared)
  select name, metric_type, help, unit, false, true from self
  returning family_id, name, metric_type
)
insert into _noetl.claimed_name (name, family_id)
select claim.name, d.family_id
from declared as d
cross join lateral (
  select d.name
  union
  select regexp_replace(d.name, '_total$', ending)
  from unnest(array['', '_created']) as ending
  where d.metric_type = 'counter'
) as claim;
