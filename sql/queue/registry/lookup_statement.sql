create or replace function _noetl.lookup_statement(lookup jsonb)
returns text
language sql
stable
parallel safe
return 'explain (format json) select from ' || (lookup ->> 'relation') || coalesce(
  ' where ' || (lookup ->> 'condition') || ' order by ' || (lookup ->> 'key') || ' limit 1',
  ' where ' || (lookup ->> 'key') || ' >= localtimestamp');

comment on function _noetl.lookup_statement(jsonb) is 'The query that asks the planner about one lookup, a row of _noetl.queue_lookup().';
