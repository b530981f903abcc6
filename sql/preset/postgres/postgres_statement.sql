create or replace function noetl.postgres_statement(top integer default 50)
returns table (queryid text, database text, role text, calls bigint, total_seconds double precision, mean_seconds double precision, rows bigint, query text)
language plpgsql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  schema text := (select e.extnamespace::regnamespace::text from pg_extension as e where e.extname = 'pg_stat_statements');
begin
  if schema is null then
    return;
  end if;
  return query execute format($sql$
    select s.queryid::text, d.datname::text, pg_get_userbyid(s.userid)::text, s.calls, s.total_exec_time / 1000, s.mean_exec_time / 1000, s.rows, s.query
    from %s.pg_stat_statements(true) as s
    left join pg_database as d on d.oid = s.dbid
    order by s.total_exec_time desc
    limit $1
  $sql$, schema) using top;
end
$$;

comment on function noetl.postgres_statement(integer) is
  'The statements that took most time, with their texts: what the label queryid of noetl_postgres_statement_… stands for. One row is one statement of one role in one database; times in seconds. top: how many. No row where the extension pg_stat_statements is not installed.';
