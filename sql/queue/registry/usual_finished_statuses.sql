create or replace function _noetl.usual_finished_statuses(type regtype, options jsonb)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_agg(s.status order by s.status)
  from unnest(array['done', 'complete', 'completed', 'finished', 'ok', 'success', 'successful', 'succeeded', 'cancelled', 'canceled', 'aborted',
    'archived', 'deleted', 'discarded', 'expired', 'skipped']) as u (status)
  cross join lateral (
    select e.enumlabel::text from pg_enum as e where e.enumtypid = type and lower(e.enumlabel) = u.status
    union all
    select v.status from (values (u.status), (upper(u.status)), (initcap(u.status))) as v (status)
    where (select t.typcategory from pg_type as t where t.oid = type) = 'S'
  ) as s (status)
  where not jsonb_build_array(options -> 'ready_status', options -> 'running_status', options -> 'failed_status')
    @? format('$[*] ? (@ == %s)', to_json(s.status))::jsonpath;
end;

comment on function _noetl.usual_finished_statuses(regtype, jsonb) is
  'What jobs that ended are usually called, as far as a status of that type can be; without those that have another meaning in the options of a queue.';
