create or replace function _noetl.pgboss_jobs(schema text, options jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select j.name as queue, null::text as task,
  case
    when %3$s then 'blocked'
    when j.start_after > $1 then case j.state when 'retry' then 'retrying' else 'scheduled' end
    else 'ready'
  end as state,
  case when j.start_after <= $1 and not %3$s then j.start_after end as ready_since,
  null::timestamptz as running_since, null::timestamptz as lease_until, j.created_on as queued_at, false as overdue
from %1$I.job as j
where j.state < 'active'
union all
select j.name, null, 'running', null, j.started_on, %2$s, j.created_on, false
from %1$I.job as j
where j.state = 'active'
union all
select j.name, null, 'failed', null, null, null, j.created_on, false
from %1$I.job as j
where j.state = 'failed'
union all
select q.name, null, null, null, null, null, null, false
from %1$I.queue as q
$sql$,
    schema,
    _noetl.pgboss_lease(schema),
    case when _noetl.has_column(t.job, 'blocked') then 'j.blocked' else 'false' end)
  from to_regclass(format('%I.job', schema)) as t (job);
end;

comment on function _noetl.pgboss_jobs(text, jsonb) is
  'The query that reads pg-boss 10 (expire_in), 11 (expire_seconds) and 12 (blocked, heartbeats): one row is one job. See _noetl.queue_jobs(_noetl.queue).';
