create or replace function _noetl.promql_braces(tokens text[], at integer, out open boolean, out parentheses integer)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  open := false;
  parentheses := 0;
  for place in 1..at - 1 loop
    if open then
      open := tokens[place] <> '}';
    elsif tokens[place] = '{' then
      open := true;
    else
      parentheses := parentheses + (tokens[place] = '(')::integer - (tokens[place] = ')')::integer;
    end if;
  end loop;
end
$$;

comment on function _noetl.promql_braces(text[], integer) is 'Whether a token of an expression stands in braces, and in how many parentheses.';
