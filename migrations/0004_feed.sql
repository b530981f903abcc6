-- Increments, observations and gauges recorded by function: folded into state within seconds, then truncated.
create table _noetl.event (
  slot smallint not null default (extract(epoch from now())::bigint / 30) % 8,
  series_id bigint not null,
  value double precision not null,
  at timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  metadata jsonb
) partition by list (slot);

comment on table _noetl.event is
  'One row is one increment, observation or gauge value that noetl.inc(), observe() or set() recorded. The clock picks the slot; a slot whose rows are all folded is truncated.';
comment on column _noetl.event.value is 'How much was added to a counter, what was observed, or what a gauge was set to: the type of the series tells which.';

create table _noetl.event_0 partition of _noetl.event for values in (0) with (autovacuum_enabled = off);
create table _noetl.event_1 partition of _noetl.event for values in (1) with (autovacuum_enabled = off);
create table _noetl.event_2 partition of _noetl.event for values in (2) with (autovacuum_enabled = off);
create table _noetl.event_3 partition of _noetl.event for values in (3) with (autovacuum_enabled = off);
create table _noetl.event_4 partition of _noetl.event for values in (4) with (autovacuum_enabled = off);
create table _noetl.event_5 partition of _noetl.event for values in (5) with (autovacuum_enabled = off);
create table _noetl.event_6 partition of _noetl.event for values in (6) with (autovacuum_enabled = off);
create table _noetl.event_7 partition of _noetl.event for values in (7) with (autovacuum_enabled = off);

create index event_xid on _noetl.event (xid);

create table _noetl.event_slot (
  slot smallint primary key,
  partition regclass not null,
  drained_at timestamptz,
  open_transactions text[]
);

comment on table _noetl.event_slot is 'One row is one partition of _noetl.event and how near it is to being truncated.';
comment on column _noetl.event_slot.drained_at is 'When the fold found nothing left to read in it; null: it is in use.';
comment on column _noetl.event_slot.open_transactions is
  'The virtual transactions that ran at drained_at: each may hold a snapshot older than the last fold, and truncate is not MVCC-safe.';

insert into _noetl.event_slot (slot, partition)
select slot, format('_noetl.event_%s', slot)::regclass
from generate_series(0, 7) as slot;

create table _noetl.feed (
  only_row boolean primary key default true,
  snapshot pg_snapshot not null default '1:1:',
  folded_at timestamptz,
  folded_wal pg_lsn,
  retired_by xid8 not null default pg_current_xact_id(),
  constraint feed_has_one_row check (only_row)
) with (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.feed is 'The one row says what the fold has read: every row that snapshot sees.';
comment on column _noetl.feed.folded_wal is
  'How far the log of the server was when folded_at was: what has been written since tells how much there may be to fold. Null, or of another cluster after a restore: as if much.';
comment on column _noetl.feed.retired_by is
  'The transaction that last took series out of use: what a session remembers of known series from before is void.';

insert into _noetl.feed default values;

create table _noetl.quarantine (
  family text primary key,
  error text not null,
  since timestamptz not null default now()
);

comment on table _noetl.quarantine is
  'One row is one metric family that could not be folded: its samples are left out, so that they keep no other family from the page. noetl.release_metric() lets it back.';
comment on column _noetl.quarantine.error is 'What the fold failed with.';

-- Settings of the session would do, but anybody can set those.
create table _noetl.fold_run (
  until pg_snapshot not null
) with (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.fold_run is 'One row while a fold, or the scrape after it, is under way, which deletes it before it commits: so nobody else ever sees it.';
comment on column _noetl.fold_run.until is 'The snapshot that it reads up to.';

-- Rows carry transaction ids of the cluster that wrote them. pg_restore loads rows first and refreshes
-- materialized views last, so this view holds the one id that separates rows restored from rows written since.
create materialized view _noetl.incarnation as
select pg_current_xact_id() as born;

comment on materialized view _noetl.incarnation is
  'The transaction that made this copy of the database: its install, or the last step of its restore from a dump.';

-- What a line of the page needs stands beside its value: joining it from the series costs half of a page again.
create table _noetl.state (
  series_id bigint primary key references _noetl.series on delete cascade,
  family_id integer not null,
  runtime_id bigint not null,
  metric_type text not null,
  part "char" not null,
  bound double precision,
  page_labels text not null,
  prefix text not null,
  page_id bigint not null,
  shared boolean not null,
  sort_key integer not null default 0,
  value double precision,
  at timestamptz,
  increments double precision,
  exemplar jsonb,
  began_at timestamptz,
  recorded_at timestamptz
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.state is 'One row is one value series as of the last fold, and its line on the page.';
comment on column _noetl.state.bound is 'The le of a bucket or the quantile; null for every other part.';
comment on column _noetl.state.page_labels is 'The labels as the page shows them, escaped and sorted, without le and quantile.';
comment on column _noetl.state.prefix is 'All of the line before its value.';
comment on column _noetl.state.page_id is 'Fingerprint of prefix: equal for series that would write the same line.';
comment on column _noetl.state.shared is 'True: other series may write the same line, so that the page aggregates over prefix.';
comment on column _noetl.state.sort_key is 'Where the line stands in its family: sorting numbers is cheaper than sorting prefixes.';
comment on column _noetl.state.value is 'The last sample by its timestamp: a gauge, a reported running total, a reported part; null: none yet.';
comment on column _noetl.state.at is 'The timestamp of value.';
comment on column _noetl.state.increments is 'Everything that noetl.inc() added; null: nothing yet. The page shows value plus increments.';
comment on column _noetl.state.exemplar is 'The last increment that carried a trace_id: {"labels": {…}, "value": …, "at": …}.';
comment on column _noetl.state.began_at is 'When a fold first added an event to it; null: none has. What the archive counted before that is 0.';
comment on column _noetl.state.recorded_at is 'When a fold last added events to it, which leave no sample behind; null: never.';

create index state_page on _noetl.state (page_id);
-- The lines of a family in their order, so that a page is read and not sorted.
create index state_line on _noetl.state (family_id, sort_key);
-- Which families have lines that several series write: few do, and the page asks each time.
create index state_shared on _noetl.state (family_id) where shared;

create table _noetl.distribution (
  series_id bigint primary key references _noetl.series on delete cascade,
  family_id integer not null,
  runtime_id bigint not null,
  page_labels text not null,
  observations bigint not null default 0,
  total double precision not null default 0,
  buckets bigint[] not null,
  exemplars jsonb not null default '{}',
  began_at timestamptz,
  recorded_at timestamptz
) with (fillfactor = 50);

comment on table _noetl.distribution is 'One row is one series of observations as of the last fold.';
comment on column _noetl.distribution.page_labels is 'As in _noetl.state.';
comment on column _noetl.distribution.buckets is 'How many observations fell into each bucket of the family''s bounds, not cumulated; the last is beyond every bound.';
comment on column _noetl.distribution.exemplars is 'The last observation with a trace_id of each bucket: {"<bucket>": {"labels": {…}, "value": …, "at": …}}.';
comment on column _noetl.distribution.began_at is 'As in _noetl.state, of observations.';
comment on column _noetl.distribution.recorded_at is 'As in _noetl.state.';

create index distribution_family on _noetl.distribution (family_id);

create table _noetl.sketch (
  family_id integer not null references _noetl.family on delete cascade,
  series_id bigint not null,
  bin integer not null,
  observations bigint not null,
  primary key (family_id, series_id, bin)
) with (fillfactor = 50);

comment on table _noetl.sketch is
  'The observed values in logarithmic bins 2 % wide: quantiles of a summary and suggested buckets come from it, within 1 %.';
comment on column _noetl.sketch.series_id is 'A summary''s series; 0: all series of a histogram together.';
comment on column _noetl.sketch.bin is 'See _noetl.sketch_bin(double precision).';

create table _noetl.component_hour (
  runtime_id bigint not null references noetl.runtime on delete cascade,
  hour timestamptz not null,
  samples bigint not null,
  last_at timestamptz not null,
  primary key (runtime_id, hour)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.component_hour is 'One row is how many samples of one component the fold read in one hour; kept as long as the samples.';
comment on column _noetl.component_hour.last_at is 'When the latest of them was measured.';
