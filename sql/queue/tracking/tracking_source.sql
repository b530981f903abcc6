create or replace function _noetl.tracking_source(queue _noetl.queue)
returns setof _noetl.tracking_source
language sql
stable
parallel safe
-- keeps it from being inlined: the planner fails over whole rows of a union
set search_path = pg_catalog, pg_temp
begin atomic
  select row (s.place, format('%I.%I', o.schema, s.relation), s.live, s.class, s.member, s.due, s.ended)::_noetl.tracking_source
  from (
    select q.options ->> 'schema' as schema, coalesce(q.options ->> 'per' = 'task', false) as by_task, format('interval %L', q.options ->> 'lease') as lease
    from _noetl.queue_options(queue) as q (options)
  ) as o
  cross join lateral (values
    ('graphile_worker', 1, '_private_jobs', 'true',
      'case when j.locked_at is not null then ''r'' when not j.is_available then ''f'' when j.attempts > 0 then ''t'' else ''q'' end',
      case when o.by_task then 'jsonb_build_array(j.job_queue_id, j.task_id)::text' else 'coalesce(j.job_queue_id::text, '''')' end,
      format('coalesce(j.locked_at + %s, j.run_at)', o.lease),
      _noetl.graphile_worker_ended(o.schema)),
    ('pgboss', 1, 'job', 'true',
      format('case when j.state < ''active'' and %s then ''b'' else case j.state::text when ''created'' then ''q'' when ''retry'' then ''t'' '
        'when ''failed'' then ''f'' when ''active'' then case when %s is null then ''u'' else ''r'' end end end',
        case when _noetl.has_column(to_regclass(format('%I.job', o.schema)), 'blocked') then 'j.blocked' else 'false' end,
        _noetl.pgboss_lease(o.schema)),
      'j.name',
      format('case when j.state = ''active'' then %s else j.start_after end', _noetl.pgboss_lease(o.schema)),
      null),
    ('river', 1, 'river_job', 'true',
      'case j.state::text when ''available'' then ''q'' when ''pending'' then ''b'' when ''scheduled'' then ''s'' when ''retryable'' then ''y'' '
      'when ''running'' then case when j.attempted_at is null then ''u'' else ''r'' end when ''discarded'' then ''f'' end',
      case when o.by_task then 'jsonb_build_array(j.queue, j.kind)::text' else 'j.queue' end,
      format('case j.state::text when ''available'' then j.scheduled_at when ''running'' then j.attempted_at + %s '
        'else j.scheduled_at + interval ''1 minute'' end', o.lease),
      null),
    ('oban', 1, 'oban_jobs', 'true',
      'case j.state::text when ''available'' then ''q'' when ''suspended'' then ''b'' when ''scheduled'' then ''s'' when ''retryable'' then ''y'' '
      'when ''executing'' then case when j.attempted_at is null then ''u'' else ''r'' end when ''discarded'' then ''f'' end',
      case when o.by_task then 'j.worker' else 'j.queue' end,
      format('timezone(''UTC'', case j.state::text when ''available'' then j.scheduled_at when ''executing'' then j.attempted_at + %s '
        'else j.scheduled_at + interval ''1 minute'' end)', o.lease),
      null),
    ('procrastinate', 1, 'procrastinate_jobs', 'j.status <> ''todo'' or j.lock is null',
      format('case j.status::text when ''todo'' then case when j.attempts > 0 then ''t'' else ''q'' end when ''doing'' then %L when ''failed'' then ''f'' end',
        case when _noetl.has_column(to_regclass(format('%I.procrastinate_jobs', o.schema)), 'worker_id') then 'w' else 'u' end),
      format('jsonb_build_array(j.%s, case when j.status = ''doing'' then %s end)::text',
        case when o.by_task then 'task_name' else 'queue_name' end,
        case when _noetl.has_column(to_regclass(format('%I.procrastinate_jobs', o.schema)), 'worker_id') then 'j.worker_id' else 'null::bigint' end),
      'j.scheduled_at',
      jsonb_build_object('delete',
        'select j.queue_name as member, j.task_name as operation, ''deleted'' as outcome, null::double precision as duration_seconds, '
        'null::double precision as wait_seconds from old_jobs as j where j.status = ''doing''')),
    ('solid_queue', 1, 'solid_queue_ready_executions', 'true', '''q''', 'j.queue_name', 'null::timestamptz', null),
    ('solid_queue', 2, 'solid_queue_blocked_executions', 'true', '''b''', 'j.queue_name', 'null::timestamptz', null),
    ('solid_queue', 3, 'solid_queue_scheduled_executions', 'true', '''s''', 'j.queue_name',
      'timezone(''UTC'', j.scheduled_at + interval ''1 minute'')', null),
    ('good_job', 1, 'good_jobs',
      format('j.finished_at is null or j.error is not null%s', case
        when _noetl.has_column(to_regclass(format('%I.good_jobs', o.schema)), 'retried_good_job_id') then ' and j.retried_good_job_id is null' end),
      format('case when j.finished_at is not null then ''f'' when j.performed_at is not null then %L when %s > 0 then ''t'' else ''q'' end',
        case when _noetl.has_column(to_regclass(format('%I.good_jobs', o.schema)), 'locked_by_id') then 'w' else 'u' end,
        case when _noetl.has_column(to_regclass(format('%I.good_jobs', o.schema)), 'executions_count') then 'coalesce(j.executions_count, 0)' else '0' end),
      format('jsonb_build_array(%s, case when j.finished_at is null and j.performed_at is not null then %s end)::text',
        case when not o.by_task then 'coalesce(j.queue_name, ''default'')'
          when _noetl.has_column(to_regclass(format('%I.good_jobs', o.schema)), 'job_class') then 'j.job_class' else 'null::text' end,
        case when _noetl.has_column(to_regclass(format('%I.good_jobs', o.schema)), 'locked_by_id') then 'j.locked_by_id' else 'null::uuid' end),
      'timezone(''UTC'', j.scheduled_at)',
      jsonb_build_object('delete', format(
        'select coalesce(j.queue_name, ''default'') as member, %s as operation, ''deleted'' as outcome, '
        'extract(epoch from timezone(''UTC'', clock_timestamp()) - j.performed_at)::double precision as duration_seconds, '
        'extract(epoch from j.performed_at - coalesce(j.scheduled_at, j.created_at))::double precision as wait_seconds '
        'from old_jobs as j where j.finished_at is null and j.performed_at is not null',
        case when _noetl.has_column(to_regclass(format('%I.good_jobs', o.schema)), 'job_class') then 'j.job_class' else 'null::text' end))),
    ('que', 1, 'que_jobs', 'j.finished_at is null',
      'case when j.expired_at is not null then ''f'' when j.error_count > 0 then ''t'' else ''q'' end',
      case when o.by_task then 'j.job_class' else 'j.queue' end, 'j.run_at',
      jsonb_build_object('delete',
        'select j.queue as member, j.job_class as operation, ''deleted'' as outcome, null::double precision as duration_seconds, '
        'null::double precision as wait_seconds from old_jobs as j where j.finished_at is null and j.expired_at is null')),
    ('celery', 1, 'kombu_message', 'j.visible', '''q''', case when o.by_task then 'null::text' else 'j.queue_id::text' end, 'null::timestamptz', null),
    ('pgmq', 0, 'meta', 'true', null, null, null, null)
  ) as s (adapter, place, relation, live, class, member, due, ended)
  where s.adapter = (queue).adapter

  union all
  select row (q.place, format('%I.%I', (queue).options ->> 'schema', 'q_' || lower(q.name)), 'true',
    format('case when j.read_ct = 0 then ''q'' when j.read_ct >= %s then ''x'' else ''r'' end', coalesce((queue).options ->> 'max_reads', '5')),
    quote_literal(q.name), 'j.vt',
    jsonb_build_object('delete', _noetl.pgmq_ended((queue).options ->> 'schema', q.name)))::_noetl.tracking_source
  from _noetl.pgmq_queues(case when (queue).adapter = 'pgmq' then (queue).options ->> 'schema' end) with ordinality as q (name, place)

  union all
  select row (1, (queue).relation,
    concat_ws(' and ',
      format('%s in (%s)', t.options ->> 'status', concat_ws(', ', quote_literal(t.options ->> 'ready_status'),
        quote_literal(t.options ->> 'running_status'), quote_literal(t.options ->> 'failed_status'))),
      t.options ->> 'condition'),
    format('case when %1$s = %2$L then case when %3$s then ''b'' when %4$s > 0 then ''t'' else ''q'' end '
      'when %1$s = %5$L then case when %6$s is null then ''u'' else ''r'' end else ''f'' end',
      t.options ->> 'status', t.options ->> 'ready_status', coalesce('coalesce(' || (t.options ->> 'blocked') || ', false)', 'false'),
      coalesce(t.options ->> 'attempts', '0'), t.options ->> 'running_status', t.lease),
    case when t.options ->> 'per' = 'none' or t.member is null then format('%L::text', (queue).name)
      else format('coalesce((%s)::text, ''default'')', t.member) end,
    format('case %s when %L then %s when %L then %s end', t.options ->> 'status', t.options ->> 'ready_status',
      coalesce(_noetl.time_option(t.options, 'run_at'), 'null::timestamptz'), t.options ->> 'running_status', t.lease),
    null)::_noetl.tracking_source
  from (
    select (queue).options, coalesce(_noetl.time_option((queue).options, 'lease_expires_at'), 'null::timestamptz') as lease,
      case (queue).options ->> 'per' when 'task' then (queue).options ->> 'task' else (queue).options ->> 'queue' end as member
  ) as t
  where (queue).adapter = 'table';
end;

comment on function _noetl.tracking_source(_noetl.queue) is
  'The tables that a queue is tracked in, and what their rows say. What depends on other, small tables (a paused queue, a worker''s beat) is left to the reading; so are jobs whose state no row of a tracked table tells, see _noetl.tracking_lookup(_noetl.queue).';
