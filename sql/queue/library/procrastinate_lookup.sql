create or replace function _noetl.procrastinate_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'joins', case when v.beats then format('left join %I.procrastinate_workers as w on w.%I = (c.member::jsonb ->> 1)::bigint', schema, v.worker_key) end,
    'label', '(c.member::jsonb ->> 0)',
    'beat', case when v.beats then format('coalesce(w.last_heartbeat + %s, ''-infinity'')', lease) end,
    'oldest_ready', v.waiting,
    'oldest_queued', v.waiting,
    'oldest_running', format('(select min((select max(e.at) from %1$I.procrastinate_events as e where e.job_id = j.id and e.type = ''started'')) '
      'from %1$I.procrastinate_jobs as j where j.status = ''doing'' and j.%2$s = c.member::jsonb ->> 0%3$s)',
      schema, v.key, case when v.beats then ' and j.worker_id is not distinct from (c.member::jsonb ->> 1)::bigint' end),
    'more', _noetl.procrastinate_todo(schema, 'j.lock is not null'))
  from (
    select p.beats, p.worker_key, p.key, format('least(%s, (select max(e.at) from %I.procrastinate_events as e '
      'where e.type in (''deferred'', ''deferred_for_retry'') and e.job_id = (select j.id from %s as j where %s and j.scheduled_at is null order by j.id limit 1)))',
      _noetl.earliest(p.job, 'scheduled_at', p.condition || ' and j.scheduled_at <= $1'), schema, p.job, p.condition) as waiting
    from (
      select t.*, format('j.status = ''todo'' and j.lock is null and j.%s = c.member::jsonb ->> 0', t.key) as condition
      from (
        select format('%I.procrastinate_jobs', schema) as job,
          case options ->> 'per' when 'task' then 'task_name' else 'queue_name' end as key,
          _noetl.has_column(to_regclass(format('%I.procrastinate_jobs', schema)), 'worker_id') as beats,
          case when _noetl.has_column(to_regclass(format('%I.procrastinate_workers', schema)), 'worker_id') then 'worker_id' else 'id' end as worker_key
      ) as t
    ) as p
  ) as v;
end;

comment on function _noetl.procrastinate_lookup(text, jsonb, text) is
  'How counts of Procrastinate are read: jobs with a lock depend on others and are counted; among jobs that run at once the one with the lowest id is the oldest. See _noetl.tracking_lookup(_noetl.queue).';
