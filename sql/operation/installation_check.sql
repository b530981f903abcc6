create or replace function _noetl.installation_check(migrations text[])
returns table (checked text, ok boolean, saw text, remedy text)
language sql
stable
parallel restricted
begin atomic
  select c.checked, c.ok, c.saw, case when not c.ok then c.remedy end
  from (
    select 1, 'connection', true, format('database %s as %s', current_database(), session_user), null
    union all
    select 2, 'version', current_setting('server_version_num')::integer >= 150000, 'PostgreSQL ' || current_setting('server_version'),
      'Use PostgreSQL 15 or later.'
    union all
    select 3, 'installation', m.missing is null, coalesce('without ' || m.missing, m.present || ' migrations'), 'Run: noetl-metrics migrate'
    from (
      select
        (select string_agg(w.name, ', ' order by w.name) from unnest(installation_check.migrations) as w (name)
         where w.name not in (select p.name from _noetl.migration as p)) as missing,
        (select count(*) from _noetl.migration) as present
    ) as m
    union all
    select 4, 'roles', f.faults = 0, case
        when f.faults > 0 then format('%s privileges are not as they should be', f.faults)
        when r.present < 3 then format('%s: everything has the rights of %s (noetl-metrics migrate says how to make them)',
          coalesce('only ' || r.names, 'none are there'), session_user)
        else r.names || case when r.usable then '' else format('; but a server has the rights of %s: grant noetl_admin to it', session_user) end
      end, 'Run: noetl-metrics migrate'
    from (select count(*) as faults from _noetl.privilege_fault) as f
    cross join (
      select string_agg(r.name, ', ' order by r.place) filter (where r.present) as names, count(*) filter (where r.present) as present, bool_and(r.usable) as usable
      from _noetl.role as r
    ) as r
    union all
    select 5, 'days ahead', h.partition_days_ahead > 0, format('%s days have a partition', h.partition_days_ahead),
      'A running server makes them; by hand: select noetl.initialize_metric_partitions()'
    from noetl.health as h
    union all
    select 6, 'schedule', s.faults is null, coalesce(s.faults, _noetl.called_lately(), 'every tick is planned'),
      'Run: noetl-metrics start, or have pg_cron call noetl.tick(). A server that runs mends its schedule in 10 s.'
    from (select string_agg(f, ', ') as faults from _noetl.schedule_fault() as f) as s
  ) as c (place, checked, ok, saw, remedy)
  order by c.place;
end;

comment on function _noetl.installation_check(text[]) is
  'One row is one part of the installation, as noetl.verify() has it. migrations: those that there should be.';
