create or replace function _noetl.promql_selector(tokens text[], starts integer[], at integer, out node jsonb, out fault jsonb, out next integer)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  name text := case when tokens[at] = '{' then '' else tokens[at] end;
  matchers jsonb := jsonb '[]';
  again text;
  parsed record;
begin
  next := at + (name <> '')::integer;
  if tokens[next] = '{' then
    parsed := _noetl.promql_matchers(tokens, starts, next);
    matchers := parsed.matchers;
    next := parsed.next;
  end if;
  if name <> '' then
    again := jsonb_path_query_first(matchers, '$[*] ? (@.name == "__name__").value') #>> '{}';
    matchers := matchers || jsonb_build_object('name', '__name__', 'type', '=', 'value', name);
  end if;
  node := jsonb_build_object('type', 'vectorSelector', 'name', name, 'offset', 0, 'matchers', matchers, 'timestamp', null, 'startOrEnd', null,
      'start', starts[at], 'end', starts[next - 1] + length(tokens[next - 1]), 'returns', 'vector');
  if again is not null then
    fault := jsonb_build_object('start', starts[at], 'message', format(
      'metric name must not be set twice: %s or %s', _noetl.go_quoted(name), _noetl.go_quoted(again)));
  elsif name = '' and _noetl.matches_all(matchers) then
    fault := jsonb_build_object('start', starts[at], 'message', 'vector selector must contain at least one non-empty matcher');
  end if;
end
$$;

comment on function _noetl.promql_selector(text[], integer[], integer) is
  'The node of the selector that begins at a token, what is wrong with it, and where it ends.';
