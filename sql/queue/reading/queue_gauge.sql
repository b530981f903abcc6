create or replace function _noetl.queue_gauge(queue _noetl.queue, at timestamptz default clock_timestamp())
returns jsonb
language sql
stable
parallel unsafe
begin atomic
  with reading as materialized (
    select r.* from _noetl.read_queue(queue, at) as r
  ),
  gauge (place, name, labels, value, seen) as (
    select 1, 'noetl_queue_jobs', l.labels || jsonb_build_object('state', s.state), s.jobs::double precision, r.seen and s.state = 'ready'
    from reading as r
    cross join lateral (values
      ('ready', r.ready), ('blocked', r.blocked), ('scheduled', r.scheduled), ('retrying', r.retrying),
      ('running', r.running), ('stuck', r.stuck), ('failed', r.failed), ('other', nullif(r.other, 0))
    ) as s (state, jobs)
    cross join lateral (select jsonb_build_object('source', (queue).name, 'queue', r.member)) as l (labels)
    where s.jobs is not null
    union all
    select 2, 'noetl_queue_oldest_' || a.which || '_seconds', jsonb_build_object('source', (queue).name, 'queue', r.member),
      coalesce(greatest(extract(epoch from at - a.since), 0), 0), null
    from reading as r
    cross join lateral (values ('ready', r.oldest_ready), ('running', r.oldest_running)) as a (which, since)
    where a.since is not null
      or a.which = 'ready' and r.ready = 0
      or a.which = 'running' and r.running + r.stuck = 0
    union all
    select 3, 'noetl_queue_overdue_promotion_jobs', jsonb_build_object('source', (queue).name, 'queue', r.member), r.overdue, null
    from reading as r
    where r.overdue is not null
    union all
    select 4, (queue).prefix || g.name, g.labels, g.value, null
    from (
      select sum(r.ready + r.blocked + r.scheduled + r.retrying) as queued, sum(r.ready) as ready,
        sum(r.scheduled + r.retrying) as future, min(r.oldest_queued) as oldest,
        sum(r.running + r.stuck) as running, sum(r.stuck) as expired, sum(r.running - r.unleased) as active, sum(r.failed) as failed
      from reading as r
    ) as t
    cross join lateral (values
      ('_queue_depth', jsonb_build_object('status', _noetl.status_label((queue).options -> 'ready_status')), t.queued),
      ('_queue_depth', jsonb_build_object('status', _noetl.status_label((queue).options -> 'running_status')), t.running),
      ('_queue_depth', jsonb_build_object('status', _noetl.status_label((queue).options -> 'failed_status')), t.failed),
      ('_queue_ready_depth', '{}', t.ready),
      ('_queue_future_depth', '{}', t.future),
      ('_queue_oldest_ready_seconds', '{}', coalesce(greatest(extract(epoch from at - t.oldest), 0), 0)),
      ('_running_with_expired_lease', '{}', t.expired),
      ('_running_with_active_lease', '{}', t.active),
      ('_workers_alive', '{}', (
        select count(*) from noetl.runtime as w
        where w.component_type like 'worker%' and w.status in ('ready', 'busy')
          and w.last_heartbeat >= at - _noetl.interval_setting('heartbeat_timeout')))
    ) as g (name, labels, value)
    where (queue).prefix is not null and g.labels -> 'status' is distinct from 'null'
  )
  select coalesce(jsonb_agg(jsonb_build_array(g.name, g.labels, g.value, g.seen) order by g.place, g.name, g.labels), '[]')
  from gauge as g;
end;

comment on function _noetl.queue_gauge(_noetl.queue, timestamptz) is
  'Reads a queue and returns what belongs on the page, [[name, labels, value, whether a job or the library names the queue], …]. An age is 0 where nothing waits, absent where the tables do not tell since when.';
