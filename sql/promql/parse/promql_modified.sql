create or replace function _noetl.promql_modified(
  tokens text[], starts integer[], at integer, expr jsonb, out node jsonb, out fault jsonb, out next integer)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  word text := lower(tokens[at]);
  start integer := (expr ->> 'start')::integer;
begin
  next := at + 1;
  if word in ('anchored', 'smoothed') then
    perform _noetl.raise_promql(tokens[0], start, format('%s modifier is experimental and not enabled', word));
  elsif word ~ '^\[' then
    node := _noetl.promql_range(tokens, starts, at, expr);
    if node ->> 'type' = 'subquery' and expr ->> 'returns' <> 'vector' then
      fault := jsonb_build_object('start', start, 'message',
        format('subquery is only allowed on instant vector, got %s instead', expr ->> 'returns'));
    end if;
    return;
  end if;
  node := case word when '@' then _noetl.promql_at(tokens, starts, next) else _noetl.promql_offset(tokens, starts, next) end;
  next := (node ->> 'next')::integer;
  if node ? 'unbounded' then
    perform _noetl.raise_promql(tokens[0], start, format('timestamp out of bounds for @ modifier: %s', node ->> 'unbounded'));
  elsif expr ->> 'type' not in ('vectorSelector', 'matrixSelector', 'subquery') then
    perform _noetl.raise_promql(tokens[0], start, format(
      '%s must be preceded by an instant vector selector or range vector selector or a subquery',
      case word when '@' then '@ modifier' else 'offset modifier' end));
  elsif word = '@' and (expr ->> 'timestamp' is not null or expr ->> 'startOrEnd' is not null) then
    perform _noetl.raise_promql(tokens[0], start, '@ <timestamp> may not be set multiple times');
  elsif word = 'offset' and expr ->> 'offset' <> '0' then
    perform _noetl.raise_promql(tokens[0], start, 'offset may not be set multiple times');
  end if;
  node := expr || (node - 'next') || jsonb_build_object('end', starts[next - 1] + length(tokens[next - 1]));
end
$$;

comment on function _noetl.promql_modified(text[], integer[], integer, jsonb) is
  'The node that an expression becomes by the range, subquery, offset or @ that begins at a token, what is wrong with its type, and where that ends.';
