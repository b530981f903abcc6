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

-- A closed day is written once more in the order in which it is read, and takes the place of what came in.
create table _noetl.packing (
  partition regclass primary key,
  copy regclass,
  snapshot pg_snapshot,
  filenode oid,
  open_transactions text[],
  tries integer not null default 0,
  obstacle text,
  packed_at timestamptz
);

comment on table _noetl.packing is 'One row is one partition of noetl.metric that is being packed, has been, or cannot be.';
comment on column _noetl.packing.copy is 'Its rows in their new order, attached to nothing yet; null: not copied yet, or packed.';
comment on column _noetl.packing.snapshot is 'What the copy was made from. What changed the partition since is in _noetl.packing_change.';
comment on column _noetl.packing.filenode is 'The file of the partition then: TRUNCATE and whatever writes a table anew gives it another.';
comment on column _noetl.packing.open_transactions is
  'The virtual transactions that ran when the copy was complete: each may hold a snapshot that does not see its rows. Null: not asked yet.';
comment on column _noetl.packing.tries is 'How many copies were thrown away because the partition had changed.';
comment on column _noetl.packing.obstacle is 'Why it stays as it is; null: nothing is in the way.';
comment on column _noetl.packing.packed_at is 'When the copy took its place, so that partition is the copy; null: it has not yet.';

-- Without a key, so that nobody waits for another who writes to the same partition.
create table _noetl.packing_change (
  partition regclass not null,
  place tid,
  xid xid8 not null default pg_current_xact_id()
);

comment on table _noetl.packing_change is 'One row is one change of a partition that is being packed, written by a trigger that it has meanwhile.';
comment on column _noetl.packing_change.place is 'Where a row was inserted; null: a row was updated or deleted.';
comment on column _noetl.packing_change.xid is 'The transaction of the change: one that _noetl.packing.snapshot sees is in the copy.';
