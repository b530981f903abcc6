/** The tables of libraries that npm does not have, as their own migrations make them, and at least one job in every state. */
export interface Library {
  readonly title: string;
  readonly adapter: string;
  readonly schema: string;
  /** The main table, where it has not the name that the library gives it. */
  readonly table?: string;
  readonly jobs: string;
  readonly expected: Record<string, number>;
  /** Seconds that the oldest ready job of each queue has been due, where the tables tell. */
  readonly oldest: Record<string, number | null>;
}

export const utc = (offset: string): string => `timezone('UTC', now()) + interval '${offset}'`;

/** What registers one, as noetl.detect_queues() says; `more`: further arguments. */
export function register({ adapter, table }: { readonly adapter: string; readonly table?: string | undefined }, more = ''): string {
  return `select noetl.register_queue('${adapter}'${table === undefined ? '' : `, '${table}', adapter => '${adapter}'`}${more})`;
}

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
  {
    title: 'PgQueuer, which lets failed jobs stay',
    adapter: 'pgqueuer',
    schema: `
      create type pgqueuer_status as enum ('queued', 'picked', 'successful', 'exception', 'canceled', 'deleted', 'failed');
      create table pgqueuer (
        id bigserial primary key, priority integer not null, queue_manager_id uuid, created timestamptz not null default now(),
        updated timestamptz not null default now(), heartbeat timestamptz not null default now(), execute_after timestamptz not null default now(),
        status pgqueuer_status not null, entrypoint text not null, dedupe_key text, payload bytea, headers jsonb, attempts integer not null default 0);
      create table pgqueuer_log (
        id bigserial primary key, created timestamptz not null default now(), job_id bigint not null, status pgqueuer_status not null,
        priority integer not null, entrypoint text not null, traceback jsonb, aggregated boolean default false);`,
    jobs: `
      insert into pgqueuer (priority, entrypoint, status, execute_after, heartbeat, attempts) values
        (0, 'a', 'queued', now() - interval '90 s', now(), 0), (0, 'a', 'queued', now() + interval '1 h', now(), 0), (0, 'a', 'queued', now() + interval '1 h', now(), 1),
        (0, 'a', 'picked', now(), now() - interval '10 s', 0), (0, 'a', 'picked', now(), now() - interval '1 min', 0), (0, 'a', 'failed', now(), now(), 3);`,
    expected: { 'a ready': 1, 'a scheduled': 1, 'a retrying': 1, 'a running': 1, 'a stuck': 1, 'a failed': 1 },
    oldest: { a: 90 },
  },
  {
    title: 'Absurd',
    adapter: 'absurd',
    schema: `
      create schema absurd;
      create table absurd.queues (queue_name text primary key, created_at timestamptz not null default now());
      create function absurd.claim_task(queue_name text) returns void language sql begin atomic; end;
      create table absurd."t_my mail" (
        task_id uuid primary key default gen_random_uuid(), task_name text not null, enqueue_at timestamptz not null default now(), first_started_at timestamptz,
        state text not null, attempts integer not null default 0);
      create table absurd."r_my mail" (
        run_id uuid primary key default gen_random_uuid(), task_id uuid not null, attempt integer not null default 1, state text not null, claimed_by text,
        claim_expires_at timestamptz, available_at timestamptz not null default now(), wake_event text, started_at timestamptz, completed_at timestamptz,
        failed_at timestamptz, created_at timestamptz not null default now());
      insert into absurd.queues (queue_name) values ('my mail');`,
    jobs: `
      insert into absurd."t_my mail" (task_name, state) values ('send', 'pending'), ('send', 'failed'), ('send', 'completed');
      insert into absurd."r_my mail" (task_id, state, attempt, available_at, claim_expires_at)
      select t.task_id, r.state, r.attempt, r.at, r.until
      from absurd."t_my mail" as t
      cross join (values
        ('pending', 1, now() - interval '80 s', null::timestamptz), ('sleeping', 1, now() + interval '1 h', null), ('sleeping', 1, 'infinity', null),
        ('pending', 2, now() + interval '1 h', null), ('running', 1, now(), now() + interval '1 min'), ('running', 1, now(), now() - interval '1 min'),
        ('completed', 1, now(), null), ('failed', 1, now(), null)) as r (state, attempt, at, until)
      where t.state = 'pending';`,
    expected: { 'my mail ready': 1, 'my mail scheduled': 2, 'my mail retrying': 1, 'my mail running': 1, 'my mail stuck': 1, 'my mail failed': 1 },
    oldest: { 'my mail': 80 },
  },
  {
    title: 'DBOS',
    adapter: 'dbos',
    schema: `
      create schema dbos;
      create table dbos.workflow_status (
        workflow_uuid text primary key default gen_random_uuid(), status text, name text, executor_id text, queue_name text, recovery_attempts bigint default 0,
        created_at bigint not null default (extract(epoch from now()) * 1000)::bigint, updated_at bigint not null default (extract(epoch from now()) * 1000)::bigint,
        started_at_epoch_ms bigint, completed_at bigint, delay_until_epoch_ms bigint, priority integer not null default 0);`,
    jobs: `
      insert into dbos.workflow_status (name, queue_name, status, created_at, delay_until_epoch_ms)
      select 'w', w.queue, w.status, extract(epoch from now() + w.since * interval '1 s') * 1000, extract(epoch from now() + w.until * interval '1 s') * 1000
      from (values
        ('a', 'ENQUEUED', -70, null), ('a', 'DELAYED', 0, 3600), ('a', 'DELAYED', -600, -300), ('a', 'PENDING', -600, null), (null, 'PENDING', -5, null),
        ('a', 'ERROR', 0, null), ('a', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED', 0, null), ('a', 'SUCCESS', 0, null), ('a', 'CANCELLED', 0, null)) as w (queue, status, since, until);`,
    expected: { 'a ready': 1, 'a scheduled': 2, 'a overdue': 1, 'a running': 1, 'default running': 1, 'a failed': 2 },
    oldest: { a: 70, default: null },
  },
  {
    title: 'Hatchet',
    adapter: 'hatchet',
    schema: `
      create table v1_queue (tenant_id uuid not null, name text not null, last_active timestamp(3), primary key (tenant_id, name));
      create table v1_task (
        id bigint generated always as identity, inserted_at timestamptz not null default now(), queue text not null, action_id text not null, primary key (id, inserted_at));
      create type v1_task_event_type as enum ('COMPLETED', 'FAILED', 'CANCELLED', 'SIGNAL_CREATED', 'SIGNAL_COMPLETED');
      create table v1_task_event (
        id bigint generated always as identity, task_id bigint not null, task_inserted_at timestamptz not null, retry_count integer not null default 0,
        event_type v1_task_event_type not null, created_at timestamp(3) not null default timezone('UTC', now()), primary key (task_id, task_inserted_at, id));
      create table v1_queue_item (
        id bigint generated always as identity primary key, tenant_id uuid not null default gen_random_uuid(), queue text not null, task_id bigint not null,
        task_inserted_at timestamptz not null, action_id text not null, retry_count integer not null default 0);
      create table v1_rate_limited_queue_items (requeue_after timestamptz not null, like v1_queue_item);
      create table v1_concurrency_slot (
        task_id bigint not null, task_inserted_at timestamptz not null, task_retry_count integer not null, is_filled boolean not null default false, queue_to_notify text not null);
      create table v1_task_runtime (
        task_id bigint not null, task_inserted_at timestamptz not null, retry_count integer not null, worker_id uuid, timeout_at timestamp(3) not null);
      create table v1_retry_queue_item (
        task_id bigint not null, task_inserted_at timestamptz not null, task_retry_count integer not null, retry_after timestamptz not null);`,
    jobs: `
      insert into v1_queue (tenant_id, name) values (gen_random_uuid(), 'a'), (gen_random_uuid(), 'idle');
      insert into v1_task (inserted_at, queue, action_id) select now() - interval '65 s', 'a', 'act' from generate_series(1, 6);
      insert into v1_queue_item (queue, task_id, task_inserted_at, action_id) select queue, id, inserted_at, action_id from v1_task where id = 1;
      insert into v1_rate_limited_queue_items (requeue_after, id, tenant_id, queue, task_id, task_inserted_at, action_id, retry_count)
      select now() + interval '1 min', 9, gen_random_uuid(), queue, id, inserted_at, action_id, 0 from v1_task where id = 2;
      insert into v1_concurrency_slot select id, inserted_at, 0, id = 4, queue from v1_task where id in (3, 4);
      insert into v1_task_runtime
      select id, inserted_at, 0, gen_random_uuid(), timezone('UTC', now()) + case id when 4 then interval '1 min' else interval '-1 min' end from v1_task where id in (4, 5);
      insert into v1_retry_queue_item select id, inserted_at, 1, now() + interval '1 min' from v1_task where id = 6;`,
    expected: { 'a ready': 1, 'a scheduled': 1, 'a blocked': 1, 'a running': 1, 'a stuck': 1, 'a retrying': 1 },
    oldest: { a: 65, idle: null },
  },
  {
    title: 'delayed_job',
    adapter: 'delayed_job',
    schema: `
      create table delayed_jobs (
        id bigserial primary key, priority integer default 0 not null, attempts integer default 0 not null, handler text not null, last_error text, run_at timestamp,
        locked_at timestamp, failed_at timestamp, locked_by varchar, queue varchar, created_at timestamp(6), updated_at timestamp(6));`,
    jobs: `
      insert into delayed_jobs (handler, queue, attempts, run_at, locked_at, failed_at) values
        ('', 'a', 0, ${utc('-50 s')}, null, null), ('', 'a', 0, ${utc('1 h')}, null, null), ('', 'a', 2, ${utc('1 h')}, null, null),
        ('', 'a', 0, ${utc('-1 h')}, ${utc('-1 h')}, null), ('', null, 0, ${utc('-5 h')}, ${utc('-5 h')}, null), ('', 'a', 25, ${utc('-1 h')}, null, ${utc('0')});`,
    expected: { 'a ready': 1, 'a scheduled': 1, 'a retrying': 1, 'a running': 1, 'default stuck': 1, 'a failed': 1 },
    oldest: { a: 50, default: 3600 },
  },
  {
    title: 'Laravel',
    adapter: 'laravel',
    schema: `
      create table jobs (
        id bigserial primary key, queue varchar(255) not null, payload text not null, attempts smallint not null, reserved_at integer, available_at integer not null,
        created_at integer not null);
      create table failed_jobs (
        id bigserial primary key, uuid varchar(255) not null unique default gen_random_uuid(), connection text not null, queue text not null, payload text not null,
        exception text not null, failed_at timestamp not null default now());`,
    jobs: `
      insert into jobs (queue, payload, attempts, reserved_at, available_at, created_at)
      select 'a', '{}', j.attempts, n.now + j.reserved, n.now + j.available, n.now - 3600
      from (select extract(epoch from now())::integer as now) as n
      cross join (values (0, null, -40), (0, null, 3600), (1, null, 3600), (1, -10, -60), (1, -100, -300)) as j (attempts, reserved, available);
      insert into failed_jobs (connection, queue, payload, exception) values ('database', 'a', '{}', 'no');`,
    expected: { 'a ready': 1, 'a scheduled': 1, 'a retrying': 1, 'a running': 1, 'a stuck': 1, 'a failed': 1 },
    oldest: { a: 40 },
  },
  {
    title: 'Symfony Messenger in a table of another name',
    adapter: 'messenger',
    schema: `
      create table letters (
        id bigserial primary key, body text not null, headers text not null, queue_name varchar(190) not null, created_at timestamp not null,
        available_at timestamp not null, delivered_at timestamp);`,
    table: 'public.letters',
    jobs: `
      insert into letters (body, headers, queue_name, created_at, available_at, delivered_at) values
        ('', '', 'a', ${utc('-1 h')}, ${utc('-30 s')}, null), ('', '', 'a', ${utc('0')}, ${utc('1 h')}, null),
        ('', '', 'a', ${utc('-1 h')}, ${utc('-1 h')}, ${utc('-1 min')}), ('', '', 'a', ${utc('-2 h')}, ${utc('-2 h')}, ${utc('-61 min')});`,
    expected: { 'a ready': 1, 'a scheduled': 1, 'a running': 1, 'a stuck': 1 },
    oldest: { a: 60 },
  },
  {
    title: 'db-scheduler',
    adapter: 'db_scheduler',
    schema: `
      create table scheduled_tasks (
        task_name text not null, task_instance text not null, task_data bytea, execution_time timestamptz, picked boolean not null, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz, version bigint not null default 1,
        primary key (task_name, task_instance));`,
    jobs: `
      insert into scheduled_tasks (task_name, task_instance, execution_time, picked, consecutive_failures, last_heartbeat) values
        ('t', '1', now() - interval '20 s', false, 0, null), ('t', '2', now() + interval '1 h', false, null, null), ('t', '3', now() + interval '1 h', false, 2, null),
        ('t', '4', null, false, 0, null), ('t', '5', now(), true, 0, now() - interval '5 min'), ('t', '6', now(), true, 0, now() - interval '31 min');`,
    expected: { 't ready': 1, 't scheduled': 1, 't retrying': 1, 't running': 1, 't stuck': 1 },
    oldest: { t: 20 },
  },
  {
    title: 'pg-boss 9',
    adapter: 'pgboss',
    schema: `
      create schema pgboss;
      create type pgboss.job_state as enum ('created', 'retry', 'active', 'completed', 'expired', 'cancelled', 'failed');
      create table pgboss.job (
        id uuid primary key not null default gen_random_uuid(), name text not null, priority integer not null default 0, data jsonb,
        state pgboss.job_state not null default 'created', retrylimit integer not null default 0, startafter timestamptz not null default now(), startedon timestamptz,
        singletonkey text, expirein interval not null default interval '15 minutes', createdon timestamptz not null default now(), completedon timestamptz);`,
    jobs: `
      insert into pgboss.job (name, state, startafter, startedon) values
        ('a', 'created', now() - interval '90 s', null), ('a', 'created', now() + interval '1 h', null), ('a', 'retry', now() + interval '1 h', null),
        ('a', 'active', now(), now() - interval '14 min'), ('a', 'active', now(), now() - interval '16 min'),
        ('a', 'failed', now(), null), ('a', 'completed', now(), null), ('a', 'expired', now(), null);`,
    expected: { 'a ready': 1, 'a scheduled': 1, 'a retrying': 1, 'a running': 1, 'a stuck': 1, 'a failed': 1 },
    oldest: { a: 90 },
  },
  {
    title: 'pg-boss with a queue that lets one job run at once',
    adapter: 'pgboss',
    schema: `
      create schema pgboss;
      create type pgboss.job_state as enum ('created', 'retry', 'active', 'completed', 'cancelled', 'failed');
      create table pgboss.queue (name text primary key, policy text);
      create table pgboss.job (
        id uuid primary key default gen_random_uuid(), name text not null, state pgboss.job_state not null default 'created', policy text,
        start_after timestamptz not null default now(), singleton_key text, expire_seconds int not null default 900,
        created_on timestamptz not null default now(), started_on timestamptz, completed_on timestamptz);`,
    jobs: `
      insert into pgboss.job (name, policy, state, singleton_key, start_after, started_on) values
        ('one', 'singleton', 'active', null, now(), now()), ('one', 'singleton', 'created', null, now() - interval '1 min', null),
        ('one', 'singleton', 'created', null, now() + interval '1 h', null), ('keyed', 'singleton', 'active', 'k', now(), now()),
        ('keyed', 'singleton', 'created', 'k', now(), null), ('keyed', 'singleton', 'created', 'other', now() - interval '25 s', null),
        ('free', 'standard', 'active', null, now(), now()), ('free', 'standard', 'created', null, now() - interval '15 s', null);`,
    expected: {
      'one running': 1, 'one blocked': 1, 'one scheduled': 1, 'keyed running': 1, 'keyed blocked': 1, 'keyed ready': 1, 'free running': 1, 'free ready': 1,
    },
    oldest: { free: 15, keyed: 25, one: null },
  },
  {
    title: 'Celery on its SQLAlchemy transport, in tables of other names',
    adapter: 'celery',
    table: 'public.letters',
    schema: `
      create table boxes (id integer primary key, name varchar(200) unique);
      create table letters (
        id integer primary key, visible boolean, "timestamp" timestamp, payload text not null, version smallint not null, queue_id integer references boxes);`,
    jobs: `
      insert into boxes values (1, 'celery'), (2, 'idle');
      insert into letters values (1, true, ${utc('-55 s')}, '{}', 1, 1), (2, false, ${utc('0')}, '{}', 2, 1);`,
    expected: { 'celery ready': 1 },
    oldest: { celery: 55, idle: null },
  },
];
