create or replace function _noetl.celery_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'joins', format('left join %I.kombu_queue as q on q.id = nullif(c.member, '''')::integer', schema),
    'label', case when options ->> 'per' = 'task' then 'null::text' else 'q.name' end,
    'oldest_ready', v.oldest,
    'oldest_queued', v.oldest,
    'more', format('select q.name as queue, null::text as task, null::text as state, null::timestamptz as ready_since, '
      'null::timestamptz as running_since, null::timestamptz as lease_until, null::timestamptz as queued_at, false as overdue '
      'from %I.kombu_queue as q', schema))
  from (
    select _noetl.earliest(format('%I.kombu_message', schema), '"timestamp"',
      'j.visible' || case when options ->> 'per' = 'task' then '' else ' and j.queue_id = q.id' end, coalesce(options ->> 'time_zone', 'UTC')) as oldest
  ) as v;
end;

comment on function _noetl.celery_lookup(text, jsonb, text) is
  'How counts of Celery''s SQLAlchemy transport are read. See _noetl.tracking_lookup(_noetl.queue).';
