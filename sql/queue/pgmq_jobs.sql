create or replace function _noetl.pgmq_jobs(schema text, options jsonb)
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  query text;
begin
  execute format($meta$
    select string_agg(format($sql$
select %%1$L::text as queue, null::text as task,
  case
    when m.read_ct >= %%4$L and m.vt <= $1 then 'failed'
    when m.read_ct > 0 then 'running'
    when m.vt > $1 then 'scheduled'
    else 'ready'
  end as state,
  case when m.vt <= $1 and m.read_ct < %%4$L then m.vt end as ready_since,
  null::timestamptz as running_since,
  case when m.read_ct > 0 then m.vt end as lease_until,
  m.enqueued_at as queued_at,
  false as overdue
from %%2$I.%%3$I as m
union all
select %%1$L, null, null, null, null, null, null, false
$sql$, q.queue_name, %1$L, 'q_' || lower(q.queue_name), %3$L), ' union all ' order by q.queue_name)
    from %2$I.meta as q
    $meta$, schema, schema, coalesce(options ->> 'max_reads', '5')) into query;
  return coalesce(
    query,
    'select null::text as queue, null::text as task, null::text as state, null::timestamptz as ready_since, '
    'null::timestamptz as running_since, null::timestamptz as lease_until, null::timestamptz as queued_at, false as overdue '
    'where false');
end
$$;

comment on function _noetl.pgmq_jobs(text, jsonb) is
  'The query that reads every queue of pgmq: one row is one message. One that was read and came back is running with an expired lease, until it has been read max_reads times and is failed. See _noetl.queue_jobs(_noetl.queue).';
