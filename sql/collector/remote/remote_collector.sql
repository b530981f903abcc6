create or replace function _noetl.remote_collector(version integer, names text[])
returns table (name text, every_ms double precision, timeout_ms double precision, search_path text, statement text)
language sql
stable
parallel safe
begin atomic
  select c.name, extract(epoch from c.every) * 1000, extract(epoch from c.timeout) * 1000, c.search_path,
    format(E'select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(r)), \'[]\') as rows from (select r.* from (%s\n) as r limit %s) as r',
      -- a setting of ours, which is not there
      replace(rtrim(coalesce(q.query, c.query), E'; \t\r\n'), $q$_noetl.integer_setting('postgres_top')$q$, _noetl.integer_setting('postgres_top')::text),
      c.max_rows::bigint + 1)
  from noetl.collector as c
  left join _noetl.postgres_query as q on q.name = c.name and version between q.since and q.until
  where c.query is not null
    and case when names is null
      then c.name like 'postgres\_%' and c.origin = 'built-in' and c.name <> 'postgres_statements' and (q.name is not null or c.name not in (select p.name from _noetl.postgres_query as p))
      else c.name = any (names) and c.origin <> 'queue' end
  union all
  -- what this server's version does not have
  select q.name, extract(epoch from q.every) * 1000, 5000, 'pg_catalog',
    format(E'select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(r)), \'[]\') as rows from (%s\n) as r', q.query)
  from _noetl.postgres_query as q
  where names is null and version between q.since and q.until and q.name not in (select c.name from noetl.collector as c)
  order by 1;
end;

comment on function _noetl.remote_collector(integer, text[]) is
  'What is asked of a database elsewhere whose server_version_num is given, as statements that need nothing of ours there and answer with one array of rows: the collectors of PostgreSQL itself, or those of these names. Times in milliseconds.';
