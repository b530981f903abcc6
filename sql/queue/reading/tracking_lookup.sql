create or replace function _noetl.tracking_lookup(queue _noetl.queue)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select case (queue).adapter
    when 'table' then _noetl.table_lookup(queue)
    when 'graphile_worker' then _noetl.graphile_worker_lookup(o.schema, o.options, o.lease)
    when 'pgboss' then _noetl.pgboss_lookup(o.schema, o.options, o.lease)
    when 'river' then _noetl.river_lookup(o.schema, o.options, o.lease)
    when 'oban' then _noetl.oban_lookup(o.schema, o.options, o.lease)
    when 'pgmq' then _noetl.pgmq_lookup(o.schema, o.options, o.lease)
    when 'procrastinate' then _noetl.procrastinate_lookup(o.schema, o.options, o.lease)
    when 'solid_queue' then _noetl.solid_queue_lookup(o.schema, o.options, o.lease)
    when 'good_job' then _noetl.good_job_lookup(o.schema, o.options, o.lease)
    when 'que' then _noetl.que_lookup(o.schema, o.options, o.lease)
    when 'celery' then _noetl.celery_lookup(o.schema, o.options, o.lease)
  end
  from (
    select q.options ->> 'schema' as schema, q.options, format('interval %L', q.options ->> 'lease') as lease
    from _noetl.queue_options(queue) as q (options)
  ) as o;
end;

comment on function _noetl.tracking_lookup(_noetl.queue) is
  'How the counts of a tracked queue become a reading, as SQL over a row c of them (member; jobs by class: q, t …; those due: q_due, t_due …): joins with tables that c.member points into; label, the queue''s name; held, whether what is due is blocked; beat, until when a worker''s claims last; the oldest_… times and first_expired and next_expiring, looked up; adjustment, counts that are to be added; more, jobs that are not tracked, as _noetl.queue_jobs() has them. Null or absent: there is none.';
