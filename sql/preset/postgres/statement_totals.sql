create or replace function _noetl.statement_totals(top integer)
returns table (
  queryid text, database text, calls double precision, seconds double precision, rows double precision,
  hits double precision, reads double precision, temp double precision, wal double precision)
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  schema text := (select e.extnamespace::regnamespace::text from pg_extension as e where e.extname = 'pg_stat_statements');
  before _noetl.statement_rest;
  listed jsonb;
  sums double precision[];
  rest double precision[];
begin
  if schema is null then
    return;
  end if;
  select r.* into before from _noetl.statement_rest as r for update;
  execute format($sql$
    with statement as materialized (
      select s.dbid, s.queryid, sum(s.calls)::float8 as calls, sum(s.total_exec_time)::float8 / 1000 as seconds, sum(s.rows)::float8 as rows,
        sum(s.shared_blks_hit)::float8 as hits, sum(s.shared_blks_read)::float8 as reads, sum(s.temp_blks_written)::float8 as temp, sum(s.wal_bytes)::float8 as wal
      from %s.pg_stat_statements(false) as s
      where s.queryid is not null
      group by s.dbid, s.queryid
    ),
    best as (
      select t.* from statement as t order by t.seconds desc, t.dbid, t.queryid limit $1
    )
    select
      (select coalesce(jsonb_object_agg(b.queryid || '@' || b.dbid, array[b.calls, b.seconds, b.rows, b.hits, b.reads, b.temp, b.wal]), '{}') from best as b),
      (select array[coalesce(sum(t.calls), 0), coalesce(sum(t.seconds), 0), coalesce(sum(t.rows), 0), coalesce(sum(t.hits), 0), coalesce(sum(t.reads), 0),
        coalesce(sum(t.temp), 0), coalesce(sum(t.wal), 0)] from statement as t)
  $sql$, schema) into listed, sums using top;
  -- what the others grew by: of all, less that of those which were listed and still are; so it never falls when one becomes listed
  select array_agg(
      case when before.sums is null then sums[n] - coalesce(l.all_listed, 0)
        else before.rest[n] + greatest(0, sums[n] - before.sums[n] - coalesce(l.grown, 0)) end order by n)
  into rest
  from generate_series(1, 7) as n
  cross join lateral (
    select sum((k.value ->> (n - 1))::float8) as all_listed,
      sum((k.value ->> (n - 1))::float8 - (before.listed -> k.key ->> (n - 1))::float8) filter (where before.listed ? k.key) as grown
    from jsonb_each(listed) as k
  ) as l;
  insert into _noetl.statement_rest as r (listed, sums, rest) values (listed, sums, rest)
  on conflict on constraint statement_rest_pkey do update set listed = excluded.listed, sums = excluded.sums, rest = excluded.rest;
  return query
    select split_part(k.key, '@', 1), coalesce(d.datname::text, split_part(k.key, '@', 2)), (k.value ->> 0)::float8, (k.value ->> 1)::float8, (k.value ->> 2)::float8,
      (k.value ->> 3)::float8, (k.value ->> 4)::float8, (k.value ->> 5)::float8, (k.value ->> 6)::float8
    from jsonb_each(listed) as k
    left join pg_database as d on d.oid = split_part(k.key, '@', 2)::oid
    union all
    select 'other', null, rest[1], rest[2], rest[3], rest[4], rest[5], rest[6], rest[7];
end
$$;

comment on function _noetl.statement_totals(integer) is
  'The statements that took most time, as pg_stat_statements counts them, and all others as one, other, which only grows; no text is read. No row: the extension is not there.';
