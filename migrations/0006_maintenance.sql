-- Taking series out of use that have nothing to show, and how the steps of maintenance went.
create table _noetl.retirement (
  retired_at timestamptz primary key,
  open_transactions text[],
  until xid8
);

comment on table _noetl.retirement is
  'One row is the series retired by one run of noetl.remove_idle_series(), whose retired_at is the same.';
comment on column _noetl.retirement.open_transactions is
  'The virtual transactions that ran when the retirement had been committed: each may still take the series for known. Null: not looked yet.';
comment on column _noetl.retirement.until is 'The first transaction id not given out then: prepared transactions are older and have no virtual one.';

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
