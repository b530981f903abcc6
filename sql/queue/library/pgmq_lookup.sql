create or replace function _noetl.pgmq_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'label', case when options ->> 'per' = 'task' then 'null::text' else 'c.member' end,
    'oldest_ready', v.first_of_each ->> 'ready',
    'oldest_queued', v.first_of_each ->> 'queued',
    'first_expired', v.first_of_each ->> 'expired',
    'next_expiring', v.first_of_each ->> 'active',
    'more', v.names)
  from (
    select jsonb_object_agg(l.name, (
        select 'case c.member' || string_agg(format(' when %L then %s', q.name, _noetl.earliest(
          format('%I.%I', schema, 'q_' || lower(q.name)), l.time_name, format(l.condition, coalesce(options ->> 'max_reads', '5')))), '') || ' end'
        from _noetl.pgmq_queues(schema) as q (name))) as first_of_each,
      (select 'select q.name as queue, null::text as task, null::text as state, null::timestamptz as ready_since, '
        'null::timestamptz as running_since, null::timestamptz as lease_until, null::timestamptz as queued_at, false as overdue '
        'from unnest(' || quote_literal(array_agg(q.name)) || '::text[]) as q (name)'
        from _noetl.pgmq_queues(schema) as q (name)) as names
    from (values
      ('ready', 'vt', 'j.vt <= $1 and j.read_ct < %s'),
      ('queued', 'enqueued_at', 'j.vt <= $1 and j.read_ct = 0'),
      ('expired', 'vt', 'j.vt < $1 and j.read_ct > 0 and j.read_ct < %s'),
      ('active', 'vt', 'j.vt >= $1 and j.read_ct > 0 and (j.read_ct < %s or j.vt > $1)')
    ) as l (name, time_name, condition)
  ) as v;
end;

comment on function _noetl.pgmq_lookup(text, jsonb, text) is
  'How counts of pgmq are read, each queue from its table. See _noetl.tracking_lookup(_noetl.queue).';
