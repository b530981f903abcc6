create or replace function _noetl.queue_outcome_source(queue _noetl.queue)
returns table (
  relation text, joins text, member text, operation text, outcome text, finished text, started text, waiting_since text, zone text,
  condition text
)
language sql
stable
parallel safe
begin atomic
  select format('%I.%I', o.schema, s.relation), replace(s.joins, '@', quote_ident(o.schema)), s.member, s.operation, s.outcome, s.finished,
    s.started, s.waiting_since, s.zone, s.condition
  from (
    select q.options ->> 'schema' as schema, quote_literal((queue).name) as name
    from _noetl.queue_options(queue) as q (options)
  ) as o
  cross join lateral (values
    ('pgboss', 'job', '', 'j.name', 'null::text', 'j.state::text', 'completed_on', 'j.started_on', 'j.start_after', null, null),
    ('river', 'river_job', '', 'j.queue', 'j.kind', 'j.state::text', 'finalized_at', 'j.attempted_at', 'j.scheduled_at', null, null),
    ('oban', 'oban_jobs', '', 'j.queue', 'j.worker', '''completed''', 'completed_at', 'j.attempted_at', 'j.scheduled_at', 'UTC', null),
    ('oban', 'oban_jobs', '', 'j.queue', 'j.worker', '''discarded''', 'discarded_at', 'j.attempted_at', 'j.scheduled_at', 'UTC', null),
    ('oban', 'oban_jobs', '', 'j.queue', 'j.worker', '''cancelled''', 'cancelled_at', 'null::timestamp', 'j.scheduled_at', 'UTC', null),
    ('good_job', 'good_jobs', '', 'coalesce(j.queue_name, ''default'')',
      case when _noetl.has_column(to_regclass(format('%I.good_jobs', o.schema)), 'job_class') then 'j.job_class' else 'null::text' end,
      'case when j.error is null then ''succeeded'' else ''failed'' end',
      'finished_at', 'j.performed_at', 'coalesce(j.scheduled_at, j.created_at)', 'UTC', null),
    ('que', 'que_jobs', '', 'j.queue', 'j.job_class', '''finished''', 'finished_at', 'null::timestamptz', 'j.run_at', null, null),
    ('solid_queue', 'solid_queue_jobs', '', 'j.queue_name', 'j.class_name', '''finished''', 'finished_at', 'null::timestamp', 'null::timestamp', 'UTC', null),
    ('solid_queue', 'solid_queue_failed_executions', 'join @.solid_queue_jobs as s on s.id = j.job_id', 's.queue_name', 's.class_name', '''failed''',
      'created_at', 'null::timestamp', 'null::timestamp', 'UTC', null),
    ('procrastinate', 'procrastinate_events', 'join @.procrastinate_jobs as p on p.id = j.job_id '
      'left join lateral (select max(e.at) as at from @.procrastinate_events as e where e.job_id = j.job_id and e.id < j.id and e.type = ''started'') as s on true '
      'left join lateral (select max(e.at) as at from @.procrastinate_events as e where e.job_id = j.job_id and e.at <= s.at '
      'and e.type in (''deferred'', ''deferred_for_retry'')) as d on true',
      'p.queue_name', 'p.task_name', 'j.type::text', 'at', 's.at', 'case when p.scheduled_at <= s.at then greatest(d.at, p.scheduled_at) else d.at end', null,
      'j.type::text in (''succeeded'', ''failed'', ''cancelled'', ''aborted'')'),
    ('celery', 'celery_taskmeta', '',
      case when _noetl.has_column(to_regclass(format('%I.celery_taskmeta', o.schema)), 'queue') then format('coalesce(j.queue, %s)', o.name) else o.name end,
      case when _noetl.has_column(to_regclass(format('%I.celery_taskmeta', o.schema)), 'name') then 'j.name' else 'null::text' end,
      'j.status', 'date_done', 'null::timestamp', 'null::timestamp', 'UTC', 'j.status in (''SUCCESS'', ''FAILURE'', ''REVOKED'', ''REJECTED'', ''IGNORED'')'),
    ('celery', 'django_celery_results_taskresult', '', o.name, 'j.task_name', 'j.status', 'date_done',
      case when _noetl.has_column(to_regclass(format('%I.django_celery_results_taskresult', o.schema)), 'date_started') then 'j.date_started' else 'null::timestamptz' end,
      'null::timestamptz', null, 'j.status in (''SUCCESS'', ''FAILURE'', ''REVOKED'', ''REJECTED'', ''IGNORED'')')
  ) as s (adapter, relation, joins, member, operation, outcome, finished, started, waiting_since, zone, condition)
  where s.adapter = (queue).adapter

  union all
  select a.relation, '', quote_literal(q.name), 'null::text', '''archived''', 'archived_at',
    case when _noetl.has_column(to_regclass(a.relation), 'last_read_at') then 'j.last_read_at' else 'null::timestamptz' end, 'j.enqueued_at', null, null
  from _noetl.pgmq_queues(case when (queue).adapter = 'pgmq' then (queue).options ->> 'schema' end) as q (name)
  cross join lateral format('%I.%I', (queue).options ->> 'schema', 'a_' || lower(q.name)) as a (relation)

  union all
  select (queue).relation, '',
    coalesce('coalesce((' || (p.o ->> 'queue') || ')::text, ''default'')', quote_literal((queue).name)),
    coalesce('coalesce((' || (p.o ->> 'operation') || ')::text, '''')', 'null::text'),
    format('(%s)::text', p.o ->> 'status'),
    p.o ->> 'finished_at', coalesce(p.o ->> 'started_at', 'null::' || p.time_type),
    format('greatest(%s, %s)', coalesce(p.o ->> 'run_at', 'null::' || p.time_type), coalesce(p.o ->> 'queued_at', 'null::' || p.time_type)),
    p.o #>> '{zones,finished_at}',
    concat_ws(' and ',
      format('%s not in (%s)', p.o ->> 'status', concat_ws(', ', quote_literal(p.o ->> 'ready_status'), quote_literal(p.o ->> 'running_status'))),
      p.o ->> 'condition')
  from (
    select (queue).options, case when (queue).options #>> '{zones,finished_at}' is null then 'timestamptz' else 'timestamp' end
  ) as p (o, time_type)
  where (queue).adapter = 'table' and p.o ->> 'finished_at' is not null;
end;

comment on function _noetl.queue_outcome_source(_noetl.queue) is
  'Where the tables of a queue keep how its jobs ended: one row is one table, with expressions over its row j and what joins adds. finished is a plain column; zone is the time zone of its times, if they have none; condition: which rows are jobs that ended, null: all that finished. What is deleted instead is seen by the triggers of a tracked queue, see _noetl.tracking_source(_noetl.queue).';
