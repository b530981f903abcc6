create or replace function _noetl.graphile_worker_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'joins', format('left join %I._private_job_queues as q on q.id = %s', schema,
      case when v.by_task then '(c.member::jsonb ->> 0)::integer' else 'nullif(c.member, '''')::integer' end)
      || case when v.by_task then format(' left join %I._private_tasks as t on t.id = (c.member::jsonb ->> 1)::integer', schema) else '' end,
    'label', case when v.by_task then 't.identifier' else 'coalesce(q.queue_name, ''default'')' end,
    'held', 'q.is_available is false',
    'oldest_ready', v.first_of_each ->> 'run_at',
    'oldest_queued', v.first_of_each ->> 'created_at',
    'oldest_running', v.first_of_each ->> 'locked_at',
    'first_expired', format('%s + %s', v.first_of_each ->> 'locked_at', lease),
    'next_expiring', v.first_of_each ->> 'active',
    'more', 'select ''default'' as queue, null::text as task, null::text as state, null::timestamptz as ready_since, '
      'null::timestamptz as running_since, null::timestamptz as lease_until, null::timestamptz as queued_at, false as overdue')
  from (
    select p.by_task, jsonb_object_agg(l.name, (
      select format('least(%s)', string_agg(_noetl.earliest(format('%I._private_jobs', schema), l.time_name, l.condition || ' and ' || k.condition)
        || case l.name when 'active' then ' + ' || lease else '' end, ', '))
      from unnest(case when p.by_task then '{j.task_id = t.id}'::text[] else '{j.job_queue_id = q.id,j.job_queue_id is null and q.id is null}' end)
        as k (condition))) as first_of_each
    from (select coalesce(options ->> 'per' = 'task', false) as by_task) as p
    cross join lateral (values
      ('run_at', 'run_at', 'j.is_available and j.run_at <= $1'),
      ('created_at', 'created_at', 'j.is_available and j.run_at <= $1'),
      ('locked_at', 'locked_at', 'true'),
      ('active', 'locked_at', format('j.locked_at >= $1 - %s', lease))
    ) as l (name, time_name, condition)
    group by p.by_task
  ) as v;
end;

comment on function _noetl.graphile_worker_lookup(text, jsonb, text) is
  'How counts of graphile-worker are read: a job behind a locked named queue is blocked, and counts for the oldest. See _noetl.tracking_lookup(_noetl.queue).';
