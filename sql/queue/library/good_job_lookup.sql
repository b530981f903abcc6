create or replace function _noetl.good_job_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'joins', case when v.beats then format('left join %I.good_job_processes as p on p.id = (c.member::jsonb ->> 1)::uuid', schema) end,
    'label', '(c.member::jsonb ->> 0)',
    'beat', case when v.beats then format('coalesce(timezone(''UTC'', p.updated_at) + %s, ''-infinity'')', lease) end,
    'oldest_ready', format('least(%s)', v.first_of_each ->> 'ready'),
    'oldest_queued', format('least(%s)', v.first_of_each ->> 'queued'),
    'oldest_running', format('least(%s)', v.first_of_each ->> 'running'))
  from (
    select p.beats, jsonb_object_agg(l.name, (
      select string_agg(_noetl.earliest(format('%I.good_jobs', schema), t.time_name,
        format('j.finished_at is null and %s and %s and %s', k.condition, l.condition, t.condition), 'UTC'), ', ')
      from unnest(p.keys) as k (condition)
      cross join lateral (values
        ('ready', 'scheduled_at', 'j.scheduled_at <= timezone(''UTC'', $1)'),
        ('ready', 'created_at', 'j.scheduled_at is null'),
        ('queued', 'created_at', '(j.scheduled_at <= timezone(''UTC'', $1) or j.scheduled_at is null)'),
        ('running', 'performed_at', case when p.beats then 'j.locked_by_id = (c.member::jsonb ->> 1)::uuid' else 'true' end),
        ('running', 'performed_at', case when p.beats then 'j.locked_by_id is null and c.member::jsonb ->> 1 is null' else 'false' end)
      ) as t (name, time_name, condition)
      where t.name = l.name)) as first_of_each
    from (
      select _noetl.has_column(to_regclass(format('%I.good_jobs', schema)), 'locked_by_id') as beats,
        case when options ->> 'per' = 'task' and not _noetl.has_column(to_regclass(format('%I.good_jobs', schema)), 'job_class') then '{true}'::text[]
          when options ->> 'per' = 'task' then '{j.job_class = c.member::jsonb ->> 0,j.job_class is null and c.member::jsonb ->> 0 is null}'
          else array['j.queue_name = c.member::jsonb ->> 0', 'j.queue_name is null and c.member::jsonb ->> 0 = ''default''']
        end as keys
    ) as p
    cross join lateral (values
      ('ready', 'j.performed_at is null'), ('queued', 'j.performed_at is null'), ('running', 'j.performed_at is not null')
    ) as l (name, condition)
    group by p.beats
  ) as v;
end;

comment on function _noetl.good_job_lookup(text, jsonb, text) is
  'How counts of GoodJob are read: a claim is as good as its process. See _noetl.tracking_lookup(_noetl.queue).';
