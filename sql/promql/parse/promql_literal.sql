create or replace function _noetl.promql_literal(tokens text[], starts integer[], at integer)
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  token text := tokens[at];
  number double precision;
begin
  if token is null or token !~* '^\.?[0-9]|^(?:inf|nan)$' then
    return null;
  end if;
  if token ~ '^[0-9.]+[smhdwy]' then
    if not _noetl.is_promql_duration(token) then
      perform _noetl.raise_unexpected(tokens, starts, at, null);
    end if;
    return _noetl.promql_duration(tokens, starts, at);
  end if;
  number := _noetl.promql_number(token);
  if number is null or number = 'Infinity' and token !~* '^inf$' then
    if _noetl.is_promql_duration(token) then
      return _noetl.promql_duration(tokens, starts, at);
    elsif not _noetl.is_promql_number(token, starts[at] + length(token) = length(tokens[0])) then
      perform _noetl.raise_unexpected(tokens, starts, at, null);
    end if;
    perform _noetl.raise_promql(tokens[0], starts[at], format(
      'error parsing number: strconv.ParseFloat: parsing %s: %s', _noetl.go_quoted(token),
      case when number is null then 'invalid syntax' else 'value out of range' end));
  end if;
  return number;
end
$$;

comment on function _noetl.promql_literal(text[], integer[], integer) is
  'The token at a place as a number, a duration in seconds; null: it is neither. What begins like one and is not valid is an error (NP001).';
