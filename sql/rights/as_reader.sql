create or replace function _noetl.as_reader(role oid, statement text, columns text[], arguments text default '$1')
returns text
language sql
stable
parallel safe
begin atomic
  select case when role is null then '(' || statement || ')'
    else format('(select r.* from _noetl.read_as(%s, %L, %L, %s) as r (%s))', role,
      format(e'select %s from (%s\n) as s (%s)', c.cast_names, statement, c.names), c.definitions, arguments, c.definitions) end
  from (
    select string_agg(split_part(d, ' ', 1), ', ' order by n) as names,
      string_agg(format('s.%s::%s', split_part(d, ' ', 1), substr(d, position(' ' in d) + 1)), ', ' order by n) as cast_names,
      string_agg(d, ', ' order by n) as definitions
    from unnest(columns) with ordinality as u (d, n)
  ) as c;
end;

comment on function _noetl.as_reader(oid, text, text[], text) is
  'A query, as a subquery that is run with the rights of a role (null: of the caller). columns: its columns with their types, {"name type", …}; arguments: what its $1, $2 and $3 are, see _noetl.read_as().';
