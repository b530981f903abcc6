create or replace function _noetl.pgmq_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select coalesce(
    string_agg(format($sql$
select %1$L::text as queue, null::text as task,
  case
    when m.read_ct >= %4$s and m.vt <= $1 then 'failed'
    when m.read_ct > 0 then 'running'
    when m.vt > $1 then 'scheduled'
    else 'ready'
  end as state,
  case when m.vt <= $1 and m.read_ct < %4$s then m.vt end as ready_since,
  null::timestamptz as running_since,
  case when m.read_ct > 0 then m.vt end as lease_until,
  m.enqueued_at as queued_at,
  false as overdue
from %2$I.%3$I as m
union all
select %1$L, null, null, null, null, null, null, false
$sql$, q.name, schema, 'q_' || lower(q.name), coalesce((options ->> 'max_reads')::integer, 5)), ' union all ' order by q.name),
    'select null::text as queue, null::text as task, null::text as state, null::timestamptz as ready_since, '
    'null::timestamptz as running_since, null::timestamptz as lease_until, null::timestamptz as queued_at, false as overdue '
    'where false')
  from _noetl.pgmq_queues(schema) as q (name);
end;

comment on function _noetl.pgmq_jobs(text, jsonb) is
  'The query that reads every queue of pgmq: one row is one message. One that was read and came back is running with an expired lease, until it has been read max_reads times and is failed. See _noetl.queue_jobs(_noetl.queue).';
