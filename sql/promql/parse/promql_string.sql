create or replace function _noetl.promql_string(tokens text[], starts integer[], at integer)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  token text := tokens[at];
  quote text := left(token, 1);
begin
  if strpos(token, '\') = 0 and right(token, 1) = quote and length(token) > 1 or quote = '`' and right(token, 1) = quote and length(token) > 1 then
    return substr(token, 2, length(token) - 2);
  end if;
  if _noetl.promql_string_fault(token) is not null then
    perform _noetl.raise_unexpected(tokens, starts, at, null);
  end if;
  return _noetl.unescaped_bytes(substr(token, 2, length(token) - 2));
exception
  when character_not_in_repertoire or untranslatable_character then
    perform _noetl.raise_promql(tokens[0], starts[at], format('error unquoting string %s: invalid UTF-8', _noetl.go_quoted(token)));
    return null;
end
$$;

comment on function _noetl.promql_string(text[], integer[], integer) is
  'What a string of PromQL, the token at a place, says. What cannot be a text in PostgreSQL is an error (NP001), as what Prometheus refuses is.';
