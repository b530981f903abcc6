create or replace function _noetl.promql_at(tokens text[], starts integer[], at integer)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  sign integer := case tokens[at] when '-' then -1 when '+' then 1 end;
  place integer := at + abs(coalesce(sign, 0));
  seconds double precision;
begin
  if sign is null and lower(tokens[at]) in ('start', 'end') and tokens[at + 1] = '(' and tokens[at + 2] = ')' then
    return jsonb_build_object('startOrEnd', lower(tokens[at]), 'next', at + 3);
  elsif sign is null and lower(tokens[at]) in ('start', 'end') then
    perform _noetl.raise_unexpected(tokens, starts, at + 1 + (tokens[at + 1] is not distinct from '(')::integer, '@', 'timestamp');
  end if;
  seconds := coalesce(sign, 1) * _noetl.promql_literal(tokens, starts, place);
  if seconds is null then
    perform _noetl.raise_unexpected(tokens, starts, place, '@', 'timestamp');
  elsif seconds = 'NaN' or abs(seconds) >= 9223372036854775808 then
    return jsonb_build_object('next', place + 1, 'unbounded', case
      when abs(seconds) < 'Infinity' then to_char(seconds, 'FM' || repeat('9', 309)) || '.000000'
      else _noetl.go_number(seconds)
    end);
  end if;
  -- halves go away from zero
  return jsonb_build_object('timestamp', round(seconds::numeric * 1000), 'next', place + 1);
end
$$;

comment on function _noetl.promql_at(text[], integer[], integer) is
  'What stands behind @: {"timestamp"} in milliseconds or {"startOrEnd"}, and "next", where it ends; "unbounded": a number that is no time.';
