create or replace function _noetl.record_outcomes(queue _noetl.queue, ended jsonb)
returns void
language sql
volatile
parallel unsafe
begin atomic
  select noetl.observe(m.name, greatest(m.seconds, 0), jsonb_build_object('source', (queue).name, 'queue', o.member, 'operation', o.operation), 0)
  from jsonb_to_recordset(ended) as o (member text, operation text, duration_seconds double precision, wait_seconds double precision)
  cross join lateral (values
    ('noetl_queue_job_duration_seconds', o.duration_seconds), ('noetl_queue_job_wait_seconds', o.wait_seconds)) as m (name, seconds)
  where m.seconds is not null;

  select noetl.inc('noetl_queue_jobs_finished_total',
    jsonb_build_object('source', (queue).name, 'queue', o.member, 'operation', o.operation, 'outcome', o.outcome), count(*), 0)
  from jsonb_to_recordset(ended) as o (member text, operation text, outcome text)
  group by o.member, o.operation, o.outcome;

  select noetl.observe(_noetl.operation_metric(queue, '_duration_seconds'), greatest(o.duration_seconds, 0),
    jsonb_build_object(_noetl.operation_label(queue), o.operation), 0)
  from jsonb_to_recordset(ended) as o (operation text, duration_seconds double precision)
  where _noetl.operation_metric(queue, '') is not null and o.duration_seconds is not null;

  select noetl.inc(_noetl.operation_metric(queue, '_run_count'),
    jsonb_build_object(_noetl.operation_label(queue), o.operation, 'status', o.outcome), count(*), 0)
  from jsonb_to_recordset(ended) as o (operation text, outcome text)
  where _noetl.operation_metric(queue, '') is not null
  group by o.operation, o.outcome;
end;

comment on function _noetl.record_outcomes(_noetl.queue, jsonb) is 'Adds jobs that ended to the counters and histograms of their queue.';
