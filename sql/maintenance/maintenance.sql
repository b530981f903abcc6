create or replace view noetl.maintenance as
select r.step, r.started_at, r.duration_seconds, r.done, r.left_over, r.failures, r.failed_at, r.error
from _noetl.maintenance_run as r
order by r.started_at;

comment on view noetl.maintenance is 'One row is the last run of one step of maintenance that has ever run.';
comment on column noetl.maintenance.started_at is 'When it last ran without an error, or at first.';
comment on column noetl.maintenance.duration_seconds is 'How long that took.';
comment on column noetl.maintenance.done is 'What it made or dropped.';
comment on column noetl.maintenance.left_over is 'What it left for the next run because somebody would have had to wait, and why.';
comment on column noetl.maintenance.failures is 'How many runs of the step have failed.';
comment on column noetl.maintenance.error is 'Why the last failed run failed, at failed_at; null: none has.';
