create or replace function _noetl.absurd(schema text, options jsonb)
returns _noetl.queue_library
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'title', 'Absurd',
    'list', 'queues',
    'table', 'queues',
    'columns', '[["created_at", "queue_name"]]'::jsonb,
    'function', 'claim_task',
    'keys', '["queue_name"]'::jsonb,
    'task_keys', '["task_name"]'::jsonb,
    'queue', 'j.queue_name',
    'task', 'j.task_name',
    'untracked_task', 'the tables of Absurd that hold its runs do not name',
    'names', 'select q.queue_name::text from @.queues as q',
    'tables', '[{"table": "queues", "jobs": null}]' || coalesce(jsonb_agg(q.runs) || jsonb_agg(q.tasks), '[]'),
    'outcomes', coalesce(jsonb_agg(q.completed) || jsonb_agg(q.failed), '[]'))
  from (
    select
      jsonb_build_object('table', 'r_' || l.name, 'keeps_finished', true, 'created', 'j.created_at',
        'keys', jsonb_build_object('queue_name', format('%L::text', l.name),
          'task_name', format('(select t.task_name from %s as t where t.task_id = j.task_id)::text', n.tasks)),
        'jobs', '{
          "waiting": {"when": "j.state in (''pending'', ''sleeping'')", "retried": "j.attempt > 1", "due": "j.available_at"},
          "running": {"when": "j.state = ''running''", "started": "j.started_at", "due": "j.claim_expires_at"}
        }'::jsonb) as runs,
      jsonb_build_object('table', 't_' || l.name, 'keeps_finished', true,
        'keys', jsonb_build_object('queue_name', format('%L::text', l.name), 'task_name', 'j.task_name::text'),
        'jobs', '{"failed": {"when": "j.state = ''failed''"}}'::jsonb) as tasks,
      n.ended || '{"outcome": "''completed''", "finished": "j.completed_at"}' as completed,
      n.ended || '{"outcome": "''failed''", "finished": "j.failed_at"}' as failed
    from _noetl.listed_queues(schema, 'queues') as l (name)
    cross join lateral (
      select format('%I.%I', schema, 't_' || l.name) as tasks,
        jsonb_build_object('table', 'r_' || l.name, 'joins', format('join %I.%I as t on t.task_id = j.task_id', schema, 't_' || l.name),
          'queue', quote_literal(l.name), 'operation', 't.task_name', 'started', 'j.started_at', 'since', 'j.created_at') as ended
    ) as n
  ) as q;
end;

comment on function _noetl.absurd(text, jsonb) is
  'Absurd, each queue in tables of its own. A run that sleeps or waits for an event is due when it wakes; a task has failed when its attempts are used up; how each of its runs ended is told.';
