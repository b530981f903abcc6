create or replace view noetl.maintenance as
select
  s.position, s.step, r.started_at, r.duration_seconds, r.done, r.left_over, coalesce(r.failures, 0) as failures, r.failed_at, r.error, s.what
from noetl.maintenance_step as s
left join _noetl.maintenance_run as r using (step)
order by s.position;

comment on view noetl.maintenance is 'One row is one step of maintenance and its last run; null: it has not run yet.';
comment on column noetl.maintenance.started_at is 'When it last ran without an error.';
comment on column noetl.maintenance.duration_seconds is 'How long that took.';
comment on column noetl.maintenance.done is 'What it made or dropped.';
comment on column noetl.maintenance.left_over is 'What it left for the next run because somebody would have had to wait, and why.';
comment on column noetl.maintenance.error is 'Why the last failed run failed, at failed_at; null: none has.';
