create or replace function _noetl.table_jobs(relation text, options jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select %2$s as queue, %3$s as task,
  case
    when %6$s then 'blocked'
    when not %4$s then case when %5$s > 0 then 'retrying' else 'scheduled' end
    else 'ready'
  end as state,
  case when %4$s then %7$s end as ready_since,
  null::timestamptz as running_since, null::timestamptz as lease_until,
  case when %4$s and not %6$s then %8$s end as queued_at,
  false as overdue
from %1$s
where %9$s = %10$L%13$s
union all
select %2$s, %3$s, 'running', null, %11$s, %12$s, null, false
from %1$s
where %9$s = %14$L%13$s
union all
select %2$s, %3$s, 'failed', null, null, null, null, false
from %1$s
where %9$s = %15$L%13$s
$sql$,
    relation,
    coalesce('coalesce((' || (options ->> 'queue') || ')::text, ''default'')', 'null::text'),
    coalesce('coalesce((' || (options ->> 'task') || ')::text, ''default'')', 'null::text'),
    _noetl.is_due(options),
    coalesce(options ->> 'attempts', '0'),
    coalesce('coalesce(' || (options ->> 'blocked') || ', false)', 'false'),
    coalesce(_noetl.time_option(options, 'run_at'), _noetl.time_option(options, 'queued_at'), 'null::timestamptz'),
    coalesce(_noetl.time_option(options, 'queued_at'), _noetl.time_option(options, 'run_at'), 'null::timestamptz'),
    options ->> 'status',
    options ->> 'ready_status',
    coalesce(_noetl.time_option(options, 'started_at'), 'null::timestamptz'),
    coalesce(_noetl.time_option(options, 'lease_expires_at'), 'null::timestamptz'),
    coalesce(' and ' || (options ->> 'condition'), ''),
    options ->> 'running_status',
    options ->> 'failed_status');
end;

comment on function _noetl.table_jobs(text, jsonb) is
  'The query that reads a queue of one''s own from its table: one row is one job. See _noetl.queue_jobs(_noetl.queue).';
