create or replace function _noetl.status_list(options jsonb, names text[])
returns text
language sql
immutable
parallel safe
begin atomic
  select string_agg(quote_literal(s.status #>> '{}'), ', ' order by n.place)
  from unnest(names) with ordinality as n (name, place)
  cross join lateral jsonb_path_query(options, format('$.%s[*]', n.name)::jsonpath) as s (status);
end;

comment on function _noetl.status_list(jsonb, text[]) is 'The statuses that some options of a queue name, each of them one or an array, as a list of literals; null: none.';
