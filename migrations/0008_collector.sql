create table _noetl.collector (
  name text primary key,
  query text,
  search_path text,
  metrics jsonb,
  every interval,
  timeout interval,
  max_rows integer,
  enabled boolean not null default true,
  changed_at timestamptz not null default now(),
  run_as text,
  constraint collector_name_is_short check (length(name) between 1 and 200),
  constraint collector_query_is_complete check (
    query is null or search_path is not null and metrics is not null and every is not null and timeout is not null and max_rows is not null),
  constraint collector_every_is_a_second_or_more check (every >= interval '1 second'),
  constraint collector_timeout_is_bounded check (timeout between interval '1 millisecond' and interval '1 minute'),
  constraint collector_max_rows_is_positive check (max_rows > 0)
);

comment on table _noetl.collector is
  'One row is one collector of this installation''s own, or what it says otherwise about a built-in one or a queue''s; see the view noetl.collector.';
comment on column _noetl.collector.query is 'Null: a built-in collector or a queue''s, of which this row only changes what is not null.';
comment on column _noetl.collector.search_path is 'What unqualified names in query mean: the search_path of the session that added it.';
comment on column _noetl.collector.run_as is 'The role with whose rights query runs, by name; null: the installation''s owner.';
comment on column _noetl.collector.metrics is 'The families by value column: {"<column>": {"name", "type", "help"?, "unit"?, "buckets"?}}; every other column is a label.';
comment on column _noetl.collector.max_rows is 'A result with more rows is a failure.';

create table _noetl.collector_run (
  name text not null,
  runtime_id bigint not null default 0 references noetl.runtime (runtime_id) on delete cascade,
  beat timestamptz,
  started_at timestamptz not null,
  succeeded boolean not null,
  error text,
  samples integer not null,
  duration_seconds double precision not null,
  last_success_at timestamptz,
  runs bigint not null,
  failures bigint not null,
  published jsonb not null,
  primary key (name, runtime_id)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

create index collector_run_runtime on _noetl.collector_run (runtime_id);

comment on table _noetl.collector_run is
  'One row is the last run of one collector, or of one probe by one server; see the view noetl.collector_status.';
comment on column _noetl.collector_run.runtime_id is 'The server whose probe it is; 0: a query, which any server runs for all.';
comment on column _noetl.collector_run.beat is 'The time that the run was planned for, which no other run may have; null: it was asked for by hand.';
comment on column _noetl.collector_run.duration_seconds is 'How long it took, in seconds.';
comment on column _noetl.collector_run.published is 'What it has on the page, [[name, labels, type], …]: what the next run takes off if it no longer has it.';

create table _noetl.collector_schedule (
  only_row boolean primary key default true,
  worker_schema text,
  queue_interval interval not null default '5 seconds',
  server_interval interval not null default '60 seconds',
  worker_interval interval not null default '60 seconds',
  heartbeat_interval interval not null default '15 seconds',
  sweep_interval interval not null default '15 seconds',
  ticked_at timestamptz,
  called_at timestamptz,
  called_by text,
  constraint collector_schedule_has_one_row check (only_row)
) with (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.collector_schedule is
  'The one row says where the jobs are and how often they are due, as the server said that started last; none: no server has started yet, nor has noetl.tick() been called.';
comment on column _noetl.collector_schedule.worker_schema is 'The schema of graphile-worker; null: noetl.tick() has been called, but no server has started yet.';
comment on column _noetl.collector_schedule.queue_interval is 'How often a queue is read for which noetl.change_collector() says nothing else.';
comment on column _noetl.collector_schedule.server_interval is 'How often a server reads its host and process.';
comment on column _noetl.collector_schedule.worker_interval is 'How often a server reads the worker that runs in it.';
comment on column _noetl.collector_schedule.heartbeat_interval is 'How often a server beats.';
comment on column _noetl.collector_schedule.sweep_interval is 'How often silent components are looked for.';
comment on column _noetl.collector_schedule.ticked_at is 'The last tick that any server or call of noetl.tick() has begun: a periodic task is due when a beat of its has passed since. Null: none yet.';
comment on column _noetl.collector_schedule.called_at is 'The last tick that a call of noetl.tick() has begun, by the session whose application_name is called_by. Null: none yet.';
