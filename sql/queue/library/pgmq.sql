create or replace function _noetl.pgmq(schema text, options jsonb)
returns _noetl.queue_library
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'title', 'pgmq',
    'list', 'meta',
    'table', 'meta',
    'columns', '[["created_at", "is_partitioned", "queue_name"]]'::jsonb,
    'keys', '["queue_name"]'::jsonb,
    'queue', 'j.queue_name',
    'names', 'select q.queue_name::text from @.meta as q',
    'tables', '[{"table": "meta", "jobs": null}]' || coalesce(jsonb_agg(q.tables), '[]'),
    'outcomes', coalesce(jsonb_agg(q.outcome), '[]'))
  from (
    select
      jsonb_build_object(
        'table', 'q_' || lower(m.name),
        'keys', jsonb_build_object('queue_name', format('%L::text', m.name)),
        'created', 'j.enqueued_at',
        'jobs', replace($json${
          "waiting": {"when": "j.read_ct = 0", "due": "j.vt"},
          "running": {"when": "j.read_ct > 0", "last": "j.read_ct >= max_reads", "due": "j.vt", "retaken": true}
        }$json$, 'max_reads', coalesce(options ->> 'max_reads', '5'))::jsonb,
        'ended', case when to_regclass(format('%I.%I', schema, 'a_' || lower(m.name))) is not null then
          jsonb_build_object('delete', jsonb_build_object(
            'when', format('j.read_ct > 0 and not exists (select from @.%I as a where a.msg_id = j.msg_id)', 'a_' || lower(m.name)),
            'queue', quote_literal(m.name), 'outcome', '''deleted''',
            'started', format('{q_%s.last_read_at|null::timestamptz}', lower(m.name)), 'since', 'j.enqueued_at'))
        end) as tables,
      jsonb_build_object(
        'table', 'a_' || lower(m.name), 'queue', quote_literal(m.name), 'outcome', '''archived''',
        'finished', 'j.archived_at', 'started', format('{a_%s.last_read_at|null::timestamptz}', lower(m.name)), 'since', 'j.enqueued_at') as outcome
    from _noetl.listed_queues(schema, 'meta') as m (name)
  ) as q;
end;

comment on function _noetl.pgmq(text, jsonb) is
  'pgmq, each queue in a table of its own. A message that was read and came back is running with an expired lease, and may be taken again at once, until it has been read max_reads times and is failed.';
