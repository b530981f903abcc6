create or replace function _noetl.que_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'label', 'c.member',
    'oldest_ready', _noetl.earliest(v.job, 'run_at', format(
      'j.finished_at is null and j.expired_at is null and %s = c.member and j.run_at <= $1 and j.id not in (select l.id from %s as l)', v.key, _noetl.que_lock())),
    'adjustment', format('select %s as member, a.class, a.jobs, case when a.class <> ''u'' and j.run_at <= $1 then a.jobs else 0 end as due_jobs '
      'from %s as j cross join lateral (values ((case when j.error_count > 0 then ''t'' else ''q'' end)::"char", -1), (''u'', 1)) as a (class, jobs) '
      'where j.id in (select l.id from %s as l) and j.finished_at is null and j.expired_at is null', v.key, v.job, _noetl.que_lock()))
  from (
    select format('%I.que_jobs', schema) as job, case options ->> 'per' when 'task' then 'j.job_class' else 'j.queue' end as key
  ) as v;
end;

comment on function _noetl.que_lookup(text, jsonb, text) is
  'How counts of Que are read: who works on a job tell the advisory locks, of which there are as many as workers. See _noetl.tracking_lookup(_noetl.queue).';
