create or replace function _noetl.river_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'joins', format('left join %I.river_queue as q on q.name = %s', schema, v.queue),
    'label', case when v.by_task then '(c.member::jsonb ->> 1)' else v.queue end,
    'held', 'q.paused_at is not null',
    'oldest_ready', format('case when q.paused_at is null then %s end', v.waiting ->> 'scheduled_at'),
    'oldest_queued', v.waiting ->> 'created_at',
    'oldest_running', _noetl.earliest(v.job, 'attempted_at', v.running),
    'first_expired', format('%s + %s', _noetl.earliest(v.job, 'attempted_at', format('%s and j.attempted_at < $1 - %s', v.running, lease)), lease),
    'next_expiring', format('%s + %s', _noetl.earliest(v.job, 'attempted_at', format('%s and j.attempted_at >= $1 - %s', v.running, lease)), lease),
    'more', format('select q.name as queue, null::text as task, null::text as state, null::timestamptz as ready_since, '
      'null::timestamptz as running_since, null::timestamptz as lease_until, null::timestamptz as queued_at, false as overdue '
      'from %I.river_queue as q', schema))
  from (
    select p.by_task, p.queue, p.job, format('j.state = ''running'' and %s', p.key) as running,
      (select jsonb_object_agg(t.name, format('(select min(%s) from generate_series(1, 4) as p)',
        _noetl.earliest(p.job, t.name, format('j.state = ''available'' and %s and j.priority = p and j.scheduled_at <= $1', p.key))))
        from (values ('scheduled_at'), ('created_at')) as t (name)) as waiting
    from (
      select b.by_task, format('%I.river_job', schema) as job,
        case when b.by_task then '(c.member::jsonb ->> 0)' else 'c.member' end as queue,
        case when b.by_task then 'j.queue = (c.member::jsonb ->> 0) and j.kind = (c.member::jsonb ->> 1)' else 'j.queue = c.member' end as key
      from (select coalesce(options ->> 'per' = 'task', false) as by_task) as b
    ) as p
  ) as v;
end;

comment on function _noetl.river_lookup(text, jsonb, text) is
  'How counts of River are read: jobs of a paused queue are blocked. Its index has the priority, 1 to 4, before the time. See _noetl.tracking_lookup(_noetl.queue).';
