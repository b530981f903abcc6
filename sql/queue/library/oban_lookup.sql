create or replace function _noetl.oban_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'label', 'c.member',
    'oldest_ready', v.waiting ->> 'scheduled_at',
    'oldest_queued', v.waiting ->> 'inserted_at',
    'oldest_running', _noetl.earliest(v.job, 'attempted_at', v.running, 'UTC'),
    'first_expired', format('%s + %s', _noetl.earliest(v.job, 'attempted_at',
      format('%s and j.attempted_at < timezone(''UTC'', $1) - %s', v.running, lease), 'UTC'), lease),
    'next_expiring', format('%s + %s', _noetl.earliest(v.job, 'attempted_at',
      format('%s and j.attempted_at >= timezone(''UTC'', $1) - %s', v.running, lease), 'UTC'), lease))
  from (
    select p.job, format('j.state = ''executing'' and %s', p.key) as running,
      (select jsonb_object_agg(t.name,
        case when _noetl.has_column(to_regclass(p.job), 'priority') then
          format('(select min(%s) from generate_series(0, 9) as p)',
            _noetl.earliest(p.job, t.name, format('j.state = ''available'' and %s and j.priority = p and j.scheduled_at <= timezone(''UTC'', $1)', p.key), 'UTC'))
        else _noetl.earliest(p.job, t.name, format('j.state = ''available'' and %s and j.scheduled_at <= timezone(''UTC'', $1)', p.key), 'UTC')
        end)
        from (values ('scheduled_at'), ('inserted_at')) as t (name)) as waiting
    from (
      select format('%I.oban_jobs', schema) as job, format('j.%s = c.member', case options ->> 'per' when 'task' then 'worker' else 'queue' end) as key
    ) as p
  ) as v;
end;

comment on function _noetl.oban_lookup(text, jsonb, text) is
  'How counts of Oban are read. Its index has the priority, 0 to 9, before the time. See _noetl.tracking_lookup(_noetl.queue).';
