create or replace function _noetl.celery_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
return format($sql$
select q.name::text as queue, null::text as task, 'ready' as state,
  timezone(%2$L, m."timestamp") as ready_since,
  null::timestamptz as running_since, null::timestamptz as lease_until,
  timezone(%2$L, m."timestamp") as queued_at,
  false as overdue
from %1$I.kombu_message as m
join %1$I.kombu_queue as q on q.id = m.queue_id
where m.visible
union all
select q.name, null, null, null, null, null, null, false
from %1$I.kombu_queue as q
$sql$, schema, coalesce(options ->> 'time_zone', 'UTC'));

comment on function _noetl.celery_jobs(text, jsonb) is
  'The query that reads Celery''s SQLAlchemy transport: one row is one message that no worker has taken; what was taken stays as an invisible row and tells nothing. timestamp is in the clock of the workers, option time_zone. See _noetl.queue_jobs(_noetl.queue).';
