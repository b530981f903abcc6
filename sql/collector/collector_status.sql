create or replace view noetl.collector_status as
select c.name, c.origin, c.enabled, c.every, r.started_at, r.succeeded, r.error,
  r.samples, r.duration_seconds, r.last_success_at,
  coalesce(r.runs, 0) as runs, coalesce(r.failures, 0) as failures,
  s.name as server
from noetl.collector as c
left join _noetl.collector_run as r using (name)
left join noetl.runtime as s on s.runtime_id = r.runtime_id and s.runtime_id <> 0;

comment on view noetl.collector_status is 'One row is one collector, or one probe of one server, and how its last run went; nulls: it has not run yet.';
comment on column noetl.collector_status.error is 'Why the last run failed; null: it succeeded.';
comment on column noetl.collector_status.duration_seconds is 'How long the last run took, in seconds.';
comment on column noetl.collector_status.server is 'The component whose probe it is; null: a query, which any server runs for all.';
