create or replace function _noetl.pgboss_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'label', case when options ->> 'per' = 'task' then 'null::text' else 'c.member' end,
    'oldest_ready', _noetl.earliest(v.job, 'start_after', v.waiting),
    'oldest_queued', _noetl.earliest(v.job, 'created_on', v.waiting),
    'oldest_running', _noetl.earliest(v.job, 'started_on', v.active),
    'first_expired', format('(select min(%1$s) from %2$s as j where %3$s and %1$s < $1 and isfinite(%1$s))', v.lease, v.job, v.active),
    'next_expiring', format('(select min(%1$s) from %2$s as j where %3$s and %1$s >= $1)', v.lease, v.job, v.active),
    'more', format('select q.name as queue, null::text as task, null::text as state, null::timestamptz as ready_since, '
      'null::timestamptz as running_since, null::timestamptz as lease_until, null::timestamptz as queued_at, false as overdue from %I.queue as q', schema))
  from (
    select format('%I.job', schema) as job, _noetl.pgboss_lease(schema) as lease,
      'j.name = c.member and j.state = ''active''' as active,
      'j.name = c.member and j.state < ''active'' and j.start_after <= $1' || case
        when _noetl.has_column(to_regclass(format('%I.job', schema)), 'blocked') then ' and not j.blocked' else '' end as waiting
  ) as v;
end;

comment on function _noetl.pgboss_lookup(text, jsonb, text) is
  'How counts of pg-boss are read. See _noetl.tracking_lookup(_noetl.queue).';
