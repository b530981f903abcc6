create or replace function _noetl.promql_offset(tokens text[], starts integer[], at integer)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  sign integer := case tokens[at] when '-' then -1 when '+' then 1 end;
  place integer := at + abs(coalesce(sign, 0));
  seconds double precision := coalesce(sign, 1) * _noetl.promql_literal(tokens, starts, place);
begin
  if seconds is null and (tokens[place] = '(' or lower(tokens[place]) in ('step', 'range', 'min_of', 'max_of') and tokens[place + 1] = '(') then
    perform _noetl.raise_promql(tokens[0], starts[at], 'experimental duration expression is not enabled');
  elsif seconds is null then
    perform _noetl.raise_unexpected(tokens, starts, place, 'offset', 'number, duration, step(), or range()');
  elsif not abs(seconds) <= 9223372036.854775807 then
    perform _noetl.raise_promql(tokens[0], starts[at], 'duration out of range');
  end if;
  return jsonb_build_object('offset', trunc(round(seconds::numeric, 9) * 1000), 'next', place + 1);
end
$$;

comment on function _noetl.promql_offset(text[], integer[], integer) is 'What stands behind offset, in milliseconds, and "next", where it ends.';
