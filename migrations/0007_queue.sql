create table _noetl.queue (
  queue_id integer generated always as identity primary key,
  name text not null unique,
  adapter text not null,
  relation text,
  options jsonb not null default '{}',
  prefix text,
  registered_at timestamptz not null default now(),
  constraint queue_name_is_not_empty check (name <> ''),
  constraint queue_prefix_is_a_metric_name check (prefix ~ '^[a-zA-Z_:][a-zA-Z0-9_:]*$'),
  constraint queue_table_has_a_relation check ((adapter = 'table') = (relation is not null))
);

comment on table _noetl.queue is 'One row is one job queue that noetl.register_queue() registered; see the view noetl.queue.';
comment on column _noetl.queue.adapter is 'Which library''s tables to read; table: the relation, as the options say.';
comment on column _noetl.queue.relation is 'The table of a queue of one''s own, schema and name quoted. By name, so that it may be dropped and made anew.';
comment on column _noetl.queue.options is 'What the adapter needs to know: schema, lease, expressions; null and absent are the same.';
comment on column _noetl.queue.prefix is 'Also on the page as <prefix>_queue_depth and so on; null: only as noetl_queue_….';

create unique index queue_prefix_is_its_own on _noetl.queue (prefix);

comment on index _noetl.queue_prefix_is_its_own is 'Two queues with one prefix would overwrite each other''s lines.';

create domain _noetl.queue_library as jsonb;

comment on domain _noetl.queue_library is
  'All that is known of a job library. Every function of _noetl that returns it is one, called as the function is; sql/queue/README.md says what each field means.';

create table _noetl.queue_outcome_reading (
  queue_id integer primary key references _noetl.queue on delete cascade,
  since timestamptz not null
) with (fillfactor = 50);

comment on table _noetl.queue_outcome_reading is 'One row is one queue of which it has been read how its jobs ended.';
comment on column _noetl.queue_outcome_reading.since is
  'A job that was still to be counted after the last reading ends no earlier: the oldest transaction open at that time began a minute later.';

create table _noetl.counted_outcome (
  queue_id integer not null references _noetl.queue on delete cascade,
  finished_at timestamptz not null,
  job bigint not null,
  primary key (queue_id, finished_at, job)
);

comment on table _noetl.counted_outcome is
  'One row is one job whose end has been counted, kept while its row could still be taken for a new one: from since of _noetl.queue_outcome_reading on.';
comment on column _noetl.counted_outcome.job is 'A hash of its table and primary key; of a table without one, of how many of its jobs ended at the same moment before it.';

create table _noetl.queue_member (
  queue_id integer not null references _noetl.queue on delete cascade,
  member text not null,
  seen_at timestamptz not null,
  primary key (queue_id, member)
);

comment on table _noetl.queue_member is 'One row is one named queue inside a registered one that has held a job: so it can read 0 when it is empty.';
comment on column _noetl.queue_member.seen_at is 'When a collection last saw it, to the hour; after the setting queue_memory it is forgotten.';

create type _noetl.queue_reading as (
  member text,
  seen boolean,
  ready bigint,
  blocked bigint,
  scheduled bigint,
  retrying bigint,
  running bigint,
  stuck bigint,
  failed bigint,
  other bigint,
  unleased bigint,
  oldest_ready timestamptz,
  oldest_queued timestamptz,
  oldest_running timestamptz,
  first_expired timestamptz,
  next_expiring timestamptz,
  overdue bigint
);

comment on type _noetl.queue_reading is
  'What one queue inside a registered one holds. seen: this reading found it, in a job or by name; else it is only remembered. Jobs by state; other: those in none of the statuses that were named, null: it is not told; unleased: those of running that never expire; overdue: those a leader should have made ready, null: there is no leader.';

-- Tracking. Triggers append what each statement changes; the fold adds it up; a reader adds the rest.
create table _noetl.queue_tracking (
  queue_id integer primary key references _noetl.queue on delete cascade,
  relations text[] not null default '{}',
  tables oid[] not null default '{}',
  read_relations text[] not null default '{}',
  shape text,
  counted_at timestamptz,
  horizon timestamptz not null,
  renewed_at timestamptz,
  renewal_seconds double precision,
  error text
) with (fillfactor = 50);

comment on table _noetl.queue_tracking is 'One row is one queue whose counts are kept by triggers on its tables.';
comment on column _noetl.queue_tracking.relations is 'The tables whose triggers keep the counts, without partitions. By name: a dump must load where they are missing.';
comment on column _noetl.queue_tracking.tables is
  'The tables that carry the triggers: those of relations in their order, then their partitions. Oids, not regclass: a dump must load where the tables are missing.';
comment on column _noetl.queue_tracking.read_relations is 'What readings look into, by name: if somebody else comes to own one, they may not be done as they were.';
comment on column _noetl.queue_tracking.shape is
  'What the catalog said of these tables when the triggers were put there, as the view _noetl.tracking_shape has it: anything else, and the counts are not read. Null: they are not there yet.';
comment on column _noetl.queue_tracking.counted_at is 'When the jobs that were there already were counted; null: not yet, so that reading counts the table.';
comment on column _noetl.queue_tracking.horizon is 'Jobs due up to here are one number in _noetl.queue_total; later ones are told apart by their time.';
comment on column _noetl.queue_tracking.renewed_at is 'When noetl.renew_tracking() last saw to it; null: never.';
comment on column _noetl.queue_tracking.renewal_seconds is 'How long that took, in seconds: the next one keeps away from a large table that much longer.';
comment on column _noetl.queue_tracking.error is 'Why that could not bring the counts back; null: it could.';

create type _noetl.job_state as enum (
  'queued', 'queued_retry', 'blocked', 'scheduled', 'scheduled_retry', 'leased', 'unleased', 'beating', 'last_lease', 'failed', 'other');

comment on type _noetl.job_state is
  'What a job is by its own row. queued: waits, from when it is due; queued_retry: the same after a failure; blocked: held; scheduled, scheduled_retry: waits until a leader makes it ready; leased: claimed until a time; unleased: claimed for good; beating: claimed for as long as its worker beats; last_lease: claimed until a time and then failed; failed: nobody will try it again; other: none of these, and not finished.';

create table _noetl.queue_change (
  slot smallint not null default (extract(epoch from now())::bigint / 30) % 8,
  queue_id integer not null,
  state _noetl.job_state not null,
  member text not null,
  due timestamptz not null,
  jobs bigint not null,
  xid xid8 not null default pg_current_xact_id()
) partition by list (slot);

comment on table _noetl.queue_change is
  'One row is by how many jobs one statement changed a tracked queue. The clock picks the slot; a slot whose rows are all folded is truncated.';
comment on column _noetl.queue_change.member is
  'What the row names its queue by: a name, a key of another table, or several of them as a JSON array; empty: nothing. Reading resolves it, so that other tables need no triggers.';
comment on column _noetl.queue_change.due is
  'From when on the jobs count as ready (queued, queued_retry), overdue (scheduled, scheduled_retry), failed (last_lease) or their lease as expired (leased); -infinity: always, infinity: never.';

create table _noetl.queue_change_0 partition of _noetl.queue_change for values in (0) with (autovacuum_enabled = off);
create table _noetl.queue_change_1 partition of _noetl.queue_change for values in (1) with (autovacuum_enabled = off);
create table _noetl.queue_change_2 partition of _noetl.queue_change for values in (2) with (autovacuum_enabled = off);
create table _noetl.queue_change_3 partition of _noetl.queue_change for values in (3) with (autovacuum_enabled = off);
create table _noetl.queue_change_4 partition of _noetl.queue_change for values in (4) with (autovacuum_enabled = off);
create table _noetl.queue_change_5 partition of _noetl.queue_change for values in (5) with (autovacuum_enabled = off);
create table _noetl.queue_change_6 partition of _noetl.queue_change for values in (6) with (autovacuum_enabled = off);
create table _noetl.queue_change_7 partition of _noetl.queue_change for values in (7) with (autovacuum_enabled = off);

create index queue_change_xid on _noetl.queue_change (xid);

create table _noetl.queue_change_slot (
  slot smallint primary key,
  partition regclass not null,
  drained_at timestamptz,
  open_transactions text[]
);

comment on table _noetl.queue_change_slot is 'One row is one partition of _noetl.queue_change and how near it is to being truncated.';
comment on column _noetl.queue_change_slot.drained_at is 'When nothing was left to fold in it; null: it is in use.';
comment on column _noetl.queue_change_slot.open_transactions is 'The virtual transactions that ran at drained_at; each may still read the slot.';

insert into _noetl.queue_change_slot (slot, partition)
select slot, format('_noetl.queue_change_%s', slot)::regclass
from generate_series(0, 7) as slot;

create table _noetl.queue_total (
  queue_id integer not null references _noetl.queue on delete cascade,
  state _noetl.job_state not null,
  member text not null,
  jobs bigint not null,
  due_jobs bigint not null,
  primary key (queue_id, state, member)
) with (fillfactor = 50);

comment on table _noetl.queue_total is 'One row is how many jobs of one state a tracked queue held at the last fold.';
comment on column _noetl.queue_total.due_jobs is 'Those of them that were due at the horizon of _noetl.queue_tracking.';

create table _noetl.queue_future (
  queue_id integer not null references _noetl.queue on delete cascade,
  state _noetl.job_state not null,
  member text not null,
  due timestamptz not null,
  jobs bigint not null,
  primary key (queue_id, state, due, member)
);

comment on table _noetl.queue_future is 'One row is how many jobs of one state fall due at one moment after the horizon.';

create table _noetl.queue_fault (
  queue_id integer not null,
  at timestamptz not null default clock_timestamp(),
  error text not null,
  is_relaid boolean not null default false
);

comment on table _noetl.queue_fault is
  'One row is one statement whose effect on a tracked queue is unknown: its counts are not read until a recount that sees the row takes it away. Appended by triggers, so without a key that writers would wait for.';
comment on column _noetl.queue_fault.is_relaid is
  'True: other tables are to be tracked, so that triggers must be put in place again; counting does not heal that.';

create index queue_fault_queue on _noetl.queue_fault (queue_id);

create type _noetl.queue_delta as (state _noetl.job_state, member text, due timestamptz, jobs bigint);

comment on type _noetl.queue_delta is 'By how many jobs a statement changed a tracked queue: what a trigger is about to append to _noetl.queue_change.';

create type _noetl.job_branch as (
  place integer,
  relation text,
  alias text,
  kind text,
  condition text,
  state text,
  due text,
  created text,
  started text,
  zone text,
  keys text[],
  keeps_finished boolean,
  detail jsonb
);

comment on type _noetl.job_branch is
  'Jobs of one kind (waiting, blocked, scheduled, running, failed or other) in one table of a queue, as expressions over its row j. condition: which rows; state, a _noetl.job_state; due as in _noetl.queue_change; created; started; zone of these times, null: they have their own; keys: what the row names its queue by; keeps_finished: the table also holds jobs that ended; detail: what else the library says of them.';

-- Not in _noetl, which holds only what an installation makes anew each time.
create schema _noetl_track;

comment on schema _noetl_track is 'The trigger functions that noetl.track_queue() writes, one for each kind of statement and queue.';

-- Closed to everybody: whoever could name a function there that he owns could have it run as its caller.
create schema _noetl_rights;

comment on schema _noetl_rights is 'The functions that read with the rights of other roles, who own them; see _noetl.make_reader().';
