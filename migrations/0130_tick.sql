alter table _noetl.collector_run
  add column runtime_id bigint not null default 0 references noetl.runtime (runtime_id) on delete cascade;
alter table _noetl.collector_run drop constraint collector_run_pkey;
alter table _noetl.collector_run add constraint collector_run_pkey primary key (name, runtime_id);
create index collector_run_runtime_id_idx on _noetl.collector_run (runtime_id);

comment on table _noetl.collector_run is
  'One row is the last run of one collector, or of one probe by one server; see the view noetl.collector_status.';
comment on column _noetl.collector_run.runtime_id is 'The server whose probe it is; 0: a query, which any server runs for all.';

alter table _noetl.collector_schedule
  add column server_interval interval not null default '60 seconds',
  add column worker_interval interval not null default '60 seconds',
  add column heartbeat_interval interval not null default '15 seconds',
  add column sweep_interval interval not null default '15 seconds',
  add column ticked_at timestamptz;

comment on table _noetl.collector_schedule is
  'The one row says where the jobs are and how often they are due, as the server said that started last; none: no server has started yet.';
comment on column _noetl.collector_schedule.server_interval is 'How often a server reads its host and process.';
comment on column _noetl.collector_schedule.worker_interval is 'How often a server reads the worker that runs in it.';
comment on column _noetl.collector_schedule.heartbeat_interval is 'How often a server beats.';
comment on column _noetl.collector_schedule.sweep_interval is 'How often silent components are looked for.';
comment on column _noetl.collector_schedule.ticked_at is 'The last tick that any server has begun: a chore is due when a beat of its has passed since. Null: none yet.';
