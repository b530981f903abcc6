/** The tables of libraries that npm does not have, as their own migrations make them, and at least one job in every state. */
export interface Library {
  readonly title: string;
  readonly adapter: string;
  readonly schema: string;
  readonly jobs: string;
  readonly expected: Record<string, number>;
  /** Seconds that the oldest ready job of each queue has been due, where the tables tell. */
  readonly oldest: Record<string, number | null>;
}

export const utc = (offset: string): string => `timezone('UTC', now()) + interval '${offset}'`;

export const libraries: Library[] = [
  {
    title: 'pg-boss 11, with expire_seconds',
    adapter: 'pgboss',
    schema: `
      create schema pgboss;
      create type pgboss.job_state as enum ('created', 'retry', 'active', 'completed', 'cancelled', 'failed');
      create table pgboss.queue (name text primary key);
      create table pgboss.job (
        id uuid not null default gen_random_uuid(), name text not null, state pgboss.job_state not null default 'created',
        start_after timestamptz not null default now(), singleton_key text, expire_seconds int not null default 900,
        created_on timestamptz not null default now(), started_on timestamptz, completed_on timestamptz);`,
    jobs: `
      insert into pgboss.queue values ('a'), ('empty');
      insert into pgboss.job (name, state, start_after, started_on) values
        ('a', 'created', now() - interval '90 s', null), ('a', 'created', now() + interval '1 h', null), ('a', 'retry', now() + interval '1 h', null),
        ('a', 'active', now(), now() - interval '14 min'), ('a', 'active', now(), now() - interval '16 min'),
        ('a', 'failed', now(), null), ('a', 'completed', now(), null), ('a', 'cancelled', now(), null);`,
    expected: { 'a ready': 1, 'a scheduled': 1, 'a retrying': 1, 'a running': 1, 'a stuck': 1, 'a failed': 1 },
    oldest: { a: 90, empty: null },
  },
  {
    title: 'pg-boss 12, with blocked jobs and heartbeats',
    adapter: 'pgboss',
    schema: `
      create schema pgboss;
      create type pgboss.job_state as enum ('created', 'retry', 'active', 'completed', 'cancelled', 'failed');
      create table pgboss.queue (name text primary key);
      create table pgboss.job (
        id uuid not null default gen_random_uuid(), name text not null, state pgboss.job_state not null default 'created',
        start_after timestamptz not null default now(), singleton_key text, expire_seconds int not null default 900,
        created_on timestamptz not null default now(), started_on timestamptz, completed_on timestamptz,
        blocked boolean not null default false, heartbeat_on timestamptz, heartbeat_seconds int);`,
    jobs: `
      insert into pgboss.job (name, state, started_on, blocked, heartbeat_on, heartbeat_seconds) values
        ('a', 'created', null, false, null, null), ('a', 'created', null, true, null, null),
        ('a', 'active', now() - interval '5 min', false, null, null), ('a', 'active', now() - interval '5 min', false, now() - interval '5 s', 30),
        ('a', 'active', now() - interval '5 min', false, now() - interval '1 min', 30);`,
    expected: { 'a ready': 1, 'a blocked': 1, 'a running': 2, 'a stuck': 1 },
    oldest: { a: 0 },
  },
  {
    title: 'River',
    adapter: 'river',
    schema: `
      create type river_job_state as enum ('available', 'cancelled', 'completed', 'discarded', 'pending', 'retryable', 'running', 'scheduled');
      create table river_job (
        id bigserial primary key, state river_job_state not null default 'available', attempt smallint not null default 0,
        max_attempts smallint not null default 25, attempted_at timestamptz, created_at timestamptz not null default now(), finalized_at timestamptz,
        scheduled_at timestamptz not null default now(), priority smallint not null default 1, args jsonb, attempted_by text[], errors jsonb[],
        kind text not null, metadata jsonb not null default '{}', queue text not null default 'default', tags varchar(255)[]);
      create index river_job_prioritized_fetching_index on river_job using btree (state, queue, priority, scheduled_at, id);
      create table river_queue (
        name text primary key not null, created_at timestamptz not null default now(), metadata jsonb not null default '{}',
        paused_at timestamptz, updated_at timestamptz not null);`,
    jobs: `
      insert into river_queue (name, paused_at, updated_at) values ('default', null, now()), ('paused', now(), now()), ('idle', null, now());
      insert into river_job (kind, queue, state, scheduled_at, attempted_at) values
        ('k', 'default', 'available', now() - interval '2 min', null), ('k', 'paused', 'available', now() - interval '2 min', null),
        ('k', 'default', 'pending', now(), null), ('k', 'default', 'scheduled', now() + interval '1 h', null),
        ('k', 'default', 'scheduled', now() - interval '2 min', null), ('k', 'default', 'retryable', now() + interval '1 h', null),
        ('k', 'default', 'running', now(), now() - interval '59 min'), ('k', 'default', 'running', now(), now() - interval '61 min'),
        ('k', 'default', 'discarded', now(), now()), ('k', 'default', 'completed', now(), now()), ('k', 'default', 'cancelled', now(), now());`,
    expected: {
      'default ready': 1, 'default blocked': 1, 'default scheduled': 2, 'default retrying': 1, 'default running': 1, 'default stuck': 1,
      'default failed': 1, 'default overdue': 1, 'paused blocked': 1,
    },
    oldest: { default: 120, idle: null, paused: null },
  },
  {
    title: 'Oban before its version 14, whose enum has no suspended',
    adapter: 'oban',
    schema: `
      create type oban_job_state as enum ('available', 'scheduled', 'executing', 'retryable', 'completed', 'discarded', 'cancelled');
      create table oban_jobs (
        id bigserial primary key, state oban_job_state not null default 'available', queue text not null default 'default', worker text not null,
        args jsonb not null default '{}', attempt int not null default 0, max_attempts int not null default 20,
        inserted_at timestamp not null default timezone('UTC', now()), scheduled_at timestamp not null default timezone('UTC', now()),
        attempted_at timestamp, completed_at timestamp, attempted_by text[], discarded_at timestamp, priority int not null default 0, cancelled_at timestamp);
      create index oban_jobs_state_queue_priority_scheduled_at_id_index on oban_jobs (state, queue, priority, scheduled_at, id);`,
    jobs: `
      insert into oban_jobs (worker, state, scheduled_at, attempted_at) values
        ('w', 'available', ${utc('-45 s')}, null), ('w', 'scheduled', ${utc('1 h')}, null), ('w', 'scheduled', ${utc('-2 min')}, null),
        ('w', 'retryable', ${utc('1 h')}, null), ('w', 'executing', ${utc('0')}, ${utc('-59 min')}), ('w', 'executing', ${utc('0')}, ${utc('-61 min')}),
        ('w', 'discarded', ${utc('0')}, null), ('w', 'completed', ${utc('0')}, null), ('w', 'cancelled', ${utc('0')}, null);`,
    expected: {
      'default ready': 1, 'default scheduled': 2, 'default retrying': 1, 'default running': 1, 'default stuck': 1, 'default failed': 1, 'default overdue': 1,
    },
    oldest: { default: 45 },
  },
  {
    title: 'Oban 14, with suspended jobs',
    adapter: 'oban',
    schema: `
      create type oban_job_state as enum ('available', 'suspended', 'scheduled', 'executing', 'retryable', 'completed', 'discarded', 'cancelled');
      create table oban_jobs (
        id bigserial primary key, state oban_job_state not null default 'available', queue text not null default 'default', worker text not null,
        inserted_at timestamp not null default timezone('UTC', now()), scheduled_at timestamp not null default timezone('UTC', now()), attempted_at timestamp);`,
    jobs: `insert into oban_jobs (worker, state) values ('w', 'suspended'), ('w', 'available');`,
    expected: { 'default ready': 1, 'default blocked': 1 },
    oldest: { default: 0 },
  },
  {
    title: 'pgmq',
    adapter: 'pgmq',
    schema: `
      create schema pgmq;
      create table pgmq.meta (
        queue_name varchar unique not null, is_partitioned boolean not null, is_unlogged boolean not null, created_at timestamptz default now() not null);
      create table pgmq.q_mail (
        msg_id bigint primary key generated always as identity, read_ct int default 0 not null, enqueued_at timestamptz default now() not null,
        vt timestamptz not null, message jsonb);
      create table pgmq.q_idle (like pgmq.q_mail including all);`,
    jobs: `
      insert into pgmq.meta (queue_name, is_partitioned, is_unlogged) values ('Mail', false, false), ('idle', false, false);
      insert into pgmq.q_mail (read_ct, vt) values
        (0, now() - interval '30 s'), (0, now() + interval '1 h'), (1, now() + interval '1 min'), (1, now() - interval '70 s'), (5, now() - interval '1 min');`,
    expected: { 'Mail ready': 1, 'Mail scheduled': 1, 'Mail running': 1, 'Mail stuck': 1, 'Mail failed': 1 },
    oldest: { Mail: 70, idle: null },
  },
  {
    title: 'Procrastinate 3',
    adapter: 'procrastinate',
    schema: `
      create type procrastinate_job_status as enum ('todo', 'doing', 'succeeded', 'failed', 'cancelled', 'aborting', 'aborted');
      create type procrastinate_job_event_type as enum (
        'deferred', 'started', 'deferred_for_retry', 'failed', 'succeeded', 'cancelled', 'abort_requested', 'aborted', 'scheduled', 'retried');
      create table procrastinate_workers (id bigint primary key generated always as identity, last_heartbeat timestamptz not null default now());
      create table procrastinate_jobs (
        id bigserial primary key, queue_name varchar(128) not null, task_name varchar(128) not null, priority integer default 0 not null, lock text,
        queueing_lock text, args jsonb default '{}' not null, status procrastinate_job_status default 'todo' not null, scheduled_at timestamptz,
        attempts integer default 0 not null, abort_requested boolean default false not null, worker_id bigint references procrastinate_workers);
      create table procrastinate_events (
        id bigserial primary key, job_id bigint not null references procrastinate_jobs on delete cascade, type procrastinate_job_event_type,
        at timestamptz default now());
      create index procrastinate_events_job_id_fkey_v1 on procrastinate_events (job_id);
      create unique index procrastinate_jobs_lock_idx_v1 on procrastinate_jobs (lock) where status = 'doing';`,
    jobs: `
      insert into procrastinate_workers (last_heartbeat) values (now() - interval '10 s'), (now() - interval '40 s');
      insert into procrastinate_jobs (queue_name, task_name, status, scheduled_at, attempts, lock, worker_id) values
        ('a', 't', 'todo', null, 0, null, null), ('a', 't', 'todo', now() + interval '1 h', 0, null, null),
        ('a', 't', 'todo', now() + interval '1 h', 1, null, null), ('a', 't', 'doing', null, 0, 'l', 1), ('a', 't', 'todo', null, 0, 'l', null),
        ('a', 't', 'doing', null, 0, null, 2), ('a', 't', 'doing', null, 0, null, null), ('a', 't', 'failed', null, 1, null, null),
        ('a', 't', 'succeeded', null, 1, null, null);
      insert into procrastinate_events (job_id, type, at) select id, 'deferred', now() - interval '20 s' from procrastinate_jobs;`,
    expected: { 'a ready': 1, 'a scheduled': 1, 'a retrying': 1, 'a blocked': 1, 'a running': 1, 'a stuck': 2, 'a failed': 1 },
    oldest: { a: 20 },
  },
  {
    title: 'Procrastinate 2, without heartbeats',
    adapter: 'procrastinate',
    schema: `
      create type procrastinate_job_status as enum ('todo', 'doing', 'succeeded', 'failed');
      create type procrastinate_job_event_type as enum ('deferred', 'started', 'deferred_for_retry', 'failed', 'succeeded', 'cancelled', 'scheduled');
      create table procrastinate_jobs (
        id bigserial primary key, queue_name varchar(128) not null, task_name varchar(128) not null, priority integer default 0 not null, lock text,
        queueing_lock text, args jsonb default '{}' not null, status procrastinate_job_status default 'todo' not null, scheduled_at timestamptz,
        attempts integer default 0 not null);
      create table procrastinate_events (
        id bigserial primary key, job_id bigint not null references procrastinate_jobs on delete cascade, type procrastinate_job_event_type,
        at timestamptz default now());`,
    jobs: `insert into procrastinate_jobs (queue_name, task_name, status) values ('a', 't', 'doing'), ('a', 't', 'todo');`,
    expected: { 'a running': 1, 'a ready': 1 },
    oldest: { a: null },
  },
  {
    title: 'Solid Queue',
    adapter: 'solid_queue',
    schema: `
      create table solid_queue_jobs (
        id bigserial primary key, queue_name varchar not null, class_name varchar not null, arguments text, priority int default 0 not null,
        active_job_id varchar, scheduled_at timestamp(6), finished_at timestamp(6), concurrency_key varchar, created_at timestamp(6) not null default ${utc('0')});
      create table solid_queue_ready_executions (
        id bigserial primary key, job_id bigint not null, queue_name varchar not null, priority int default 0 not null, created_at timestamp(6) not null);
      create table solid_queue_blocked_executions (
        id bigserial primary key, job_id bigint not null, queue_name varchar not null, priority int default 0 not null, concurrency_key varchar not null,
        expires_at timestamp(6) not null, created_at timestamp(6) not null);
      create table solid_queue_scheduled_executions (
        id bigserial primary key, job_id bigint not null, queue_name varchar not null, priority int default 0 not null,
        scheduled_at timestamp(6) not null, created_at timestamp(6) not null);
      create table solid_queue_claimed_executions (id bigserial primary key, job_id bigint not null, process_id bigint, created_at timestamp(6) not null);
      create table solid_queue_failed_executions (id bigserial primary key, job_id bigint not null, error text, created_at timestamp(6) not null);
      create table solid_queue_pauses (id bigserial primary key, queue_name varchar not null, created_at timestamp(6) not null);
      create table solid_queue_processes (id bigserial primary key, kind varchar not null, last_heartbeat_at timestamp(6) not null);`,
    jobs: `
      insert into solid_queue_jobs (queue_name, class_name) select case when n = 9 then 'held' else 'a' end, 'C' from generate_series(1, 10) as n;
      insert into solid_queue_pauses (queue_name, created_at) values ('held', ${utc('0')});
      insert into solid_queue_processes (kind, last_heartbeat_at) values ('Worker', ${utc('-1 min')}), ('Worker', ${utc('-6 min')});
      insert into solid_queue_ready_executions (job_id, queue_name, created_at) values (1, 'a', ${utc('-15 s')}), (9, 'held', ${utc('-15 s')});
      insert into solid_queue_blocked_executions (job_id, queue_name, concurrency_key, expires_at, created_at) values (2, 'a', 'k', ${utc('1 h')}, ${utc('0')});
      insert into solid_queue_scheduled_executions (job_id, queue_name, scheduled_at, created_at) values
        (3, 'a', ${utc('1 h')}, ${utc('0')}), (4, 'a', ${utc('-2 min')}, ${utc('0')});
      insert into solid_queue_claimed_executions (job_id, process_id, created_at) values
        (5, 1, ${utc('0')}), (6, 2, ${utc('0')}), (7, null, ${utc('0')});
      insert into solid_queue_failed_executions (job_id, created_at) values (8, ${utc('0')});`,
    expected: {
      'a ready': 1, 'a blocked': 1, 'a scheduled': 2, 'a running': 1, 'a stuck': 2, 'a failed': 1, 'a overdue': 1, 'held blocked': 1,
    },
    oldest: { a: 15, held: null },
  },
  {
    title: 'GoodJob 4',
    adapter: 'good_job',
    schema: `
      create table good_jobs (
        id uuid primary key default gen_random_uuid(), queue_name text, priority integer, serialized_params jsonb, scheduled_at timestamp, performed_at timestamp,
        finished_at timestamp, error text, created_at timestamp not null default ${utc('0')}, updated_at timestamp not null default ${utc('0')},
        executions_count integer, job_class text, locked_by_id uuid, locked_at timestamp);
      create table good_job_processes (id uuid primary key, created_at timestamp not null default ${utc('0')}, updated_at timestamp not null, state jsonb);`,
    jobs: `
      insert into good_job_processes (id, updated_at) values
        ('00000000-0000-0000-0000-000000000001', ${utc('-1 min')}), ('00000000-0000-0000-0000-000000000002', ${utc('-6 min')});
      insert into good_jobs (queue_name, scheduled_at, performed_at, finished_at, error, executions_count, locked_by_id) values
        (null, ${utc('-35 s')}, null, null, null, 0, null), (null, ${utc('1 h')}, null, null, null, 0, null), (null, ${utc('1 h')}, null, null, 'e', 2, null),
        (null, null, ${utc('0')}, null, null, 1, '00000000-0000-0000-0000-000000000001'),
        (null, null, ${utc('0')}, null, null, 1, '00000000-0000-0000-0000-000000000002'), (null, null, ${utc('0')}, null, null, 1, null),
        (null, null, ${utc('0')}, ${utc('0')}, 'e', 1, null), (null, null, ${utc('0')}, ${utc('0')}, null, 1, null);`,
    expected: { 'default ready': 1, 'default scheduled': 1, 'default retrying': 1, 'default running': 1, 'default stuck': 2, 'default failed': 1 },
    oldest: { default: 35 },
  },
  {
    title: 'Que',
    adapter: 'que',
    schema: `
      create table que_jobs (
        priority smallint not null default 100, run_at timestamptz not null default now(), id bigserial primary key, job_class text not null,
        error_count integer not null default 0, last_error_message text, queue text not null default 'default', last_error_backtrace text,
        finished_at timestamptz, expired_at timestamptz, args jsonb not null default '[]', data jsonb not null default '{}', job_schema_version integer);`,
    jobs: `
      insert into que_jobs (job_class, run_at, error_count, finished_at, expired_at) values
        ('C', now() - interval '25 s', 0, null, null), ('C', now() + interval '1 h', 0, null, null), ('C', now() + interval '1 h', 1, null, null),
        ('C', now(), 0, null, null), ('C', now(), 9, null, now()), ('C', now(), 0, now(), null);`,
    expected: { 'default ready': 1, 'default scheduled': 1, 'default retrying': 1, 'default running': 1, 'default failed': 1 },
    oldest: { default: 25 },
  },
  {
    title: 'Celery on its SQLAlchemy transport',
    adapter: 'celery',
    schema: `
      create table kombu_queue (id integer primary key, name varchar(200) unique);
      create table kombu_message (
        id integer primary key, visible boolean, "timestamp" timestamp, payload text not null, version smallint not null, queue_id integer references kombu_queue);`,
    jobs: `
      insert into kombu_queue values (1, 'celery'), (2, 'idle');
      insert into kombu_message values
        (1, true, ${utc('-55 s')}, '{}', 1, 1), (2, true, null, '{}', 1, 1), (3, false, ${utc('0')}, '{}', 2, 1);`,
    expected: { 'celery ready': 2 },
    oldest: { celery: 55, idle: null },
  },
];
