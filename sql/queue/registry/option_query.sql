create or replace function _noetl.option_query(relation regclass, option jsonb)
returns text
language sql
stable
parallel safe
return format('select pg_typeof((select %s from %s limit 0)) as type', option ->> 'sql', relation);

comment on function _noetl.option_query(regclass, jsonb) is 'The query for the type of an option''s expression, {"name": …, "sql": …}; it reads no row.';
