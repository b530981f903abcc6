create or replace function noetl.top(width integer default 80, sorted_by text default 'oldest', filter text default '')
returns setof text
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  with shown as materialized (
    select noetl.ui_overview() as overview, least(greatest(coalesce(width, 80), 60), 1000) as columns, lower(coalesce(filter, '')) as wanted,
      _noetl.top_order(sorted_by) as sorted_by
  ),
  component as (
    select c.* from shown as o cross join lateral jsonb_to_recordset(o.overview -> 'components') as c (name text, type text, state text, silent_seconds float8, series bigint)
    where c.state <> 'forgotten'
  ),
  alert as (
    select a.* from shown as o cross join lateral jsonb_to_recordset(o.overview -> 'alerts') as a (name text, state text, seconds float8, summary text, silenced boolean)
  ),
  queue as (
    select q.source || case when q.queue in ('default', q.source) then '' else '/' || q.queue end as name, q.oldest_ready_seconds as oldest,
      (q.jobs ->> 'ready')::bigint as ready, coalesce((q.jobs ->> 'scheduled')::bigint, 0) + coalesce((q.jobs ->> 'retrying')::bigint, 0) as later,
      (q.jobs ->> 'running')::bigint as running, (q.jobs ->> 'stuck')::bigint as stuck, (q.jobs ->> 'failed')::bigint as failed
    from shown as o
    cross join lateral jsonb_to_recordset(o.overview -> 'queues') as q (source text, queue text, oldest_ready_seconds float8, jobs jsonb)
  ),
  row as (
    select 1 as part, 0::double precision as rank, '' as name, format('noetl-metrics  %s UTC  %s alive, %s lost  %s series  %s firing',
      to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
      (select count(*) from component as c where c.state in ('ready', 'busy')), (select count(*) from component as c where c.state = 'lost'),
      o.overview ->> 'series', (select count(*) from alert as a where a.state = 'firing')) as text
    from shown as o
    union all
    select 2, -1, '', format('%s %s %s', rpad('ALERTS', 8), lpad('FOR', 10), 'SUMMARY') where exists (select from alert as a where strpos(lower(a.name || ' ' || a.summary), (select o.wanted from shown as o)) > 0)
    union all
    select 2, case a.state when 'firing' then 0 else 1 end, a.name,
      format('%s %s %s', rpad(case when a.silenced then 'silenced' else a.state end, 8), lpad(_noetl.short_duration(a.seconds), 10), a.summary)
    from alert as a
    union all
    select 3, '-infinity', '', format('%s%s%s%s%s%s%s', rpad('QUEUES', o.columns - 50), lpad('OLDEST', 12), lpad('READY', 8), lpad('LATER', 8), lpad('RUNNING', 8), lpad('STUCK', 7), lpad('FAILED', 7))
    from shown as o
    where exists (select from queue)
    union all
    select 3,
      case o.sorted_by when 'name' then 0 else -coalesce(case o.sorted_by when 'ready' then q.ready when 'running' then q.running when 'stuck' then q.stuck when 'failed' then q.failed else q.oldest end, -1) end,
      q.name,
      format('%s%s%s%s%s%s%s', rpad(left(q.name, o.columns - 51), o.columns - 50), lpad(_noetl.short_duration(q.oldest), 12), lpad(coalesce(q.ready::text, '-'), 8),
        lpad(q.later::text, 8), lpad(coalesce(q.running::text, '-'), 8), lpad(coalesce(q.stuck::text, '-'), 7), lpad(coalesce(q.failed::text, '-'), 7))
    from shown as o
    cross join queue as q
    union all
    select 4, -1, '', format('%s%s%s%s', rpad('COMPONENTS', o.columns - 44), rpad('TYPE', 16), rpad('STATE', 10), lpad('LAST BEAT', 18)) from shown as o where exists (select from component)
    union all
    select 4, case c.state when 'lost' then 0 else 1 end, c.name,
      format('%s%s%s%s', rpad(left(c.name, o.columns - 45), o.columns - 44), rpad(left(c.type, 15), 16), rpad(c.state, 10),
        lpad(coalesce(_noetl.short_duration(greatest(c.silent_seconds, 0)) || ' ago', 'never'), 18))
    from shown as o
    cross join component as c
    union all
    select 5, '-infinity', '', format('%s%s  %s', rpad('FASTEST GROWING SERIES', o.columns - 36), lpad('PER SECOND', 10), 'LAST 30 MINUTES') from shown as o
    union all
    select 5, -f.per_second, f.series, format('%s%s  %s', rpad(left(f.series, o.columns - 37), o.columns - 36), lpad(case when f.per_second < 1 then trim_scale(round(f.per_second::numeric, 4))::text else _noetl.humanized(f.per_second) end, 10), f.line)
    from shown as o
    cross join noetl.fastest_series() as f
  ),
  chosen as (
    select r.* from row as r cross join shown as o where r.name = '' or strpos(lower(r.name || ' ' || r.text), o.wanted) > 0
  )
  select l.text
  from (
    select c.part, c.rank, c.name, left(c.text, (select o.columns from shown as o)) as text from chosen as c
    union all
    select p.part - 0.5, null, null, '' from (select distinct c.part from chosen as c where c.part > 1) as p
  ) as l (part, rank, name, text)
  order by l.part, l.rank, l.name;
end;

comment on function noetl.top(integer, text, text) is
  'A screen of text: alerts, queues, components and the series that grow fastest, each line at most width characters (60 or more) wide. sorted_by: oldest, ready, running, stuck, failed or name, which orders the queues. filter: only what has this text in its line. select * from noetl.top() \watch 5; noetl-metrics top shows it in a terminal.';
