create or replace function _noetl.promql_bound(tokens text[], starts integer[], at integer, written text, after integer)
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  place integer := starts[at] + after + strpos(substr(tokens[at], after + 1), left(written, 1)) - 1;
  signs text := substring(written from '^(?:[+-][ \t\n\r]*)*');
  single text[] := array[substr(written, length(signs) + 1)];
  seconds double precision;
begin
  if written is null or written = '' then
    return null;
  end if;
  single[0] := tokens[0];
  seconds := _noetl.promql_literal(single, array[place + length(signs)], 1) * (-1) ^ (length(signs) - length(replace(signs, '-', '')));
  if not seconds > 0 then
    perform _noetl.raise_promql(tokens[0], place, 'duration must be greater than 0');
  elsif seconds > 9223372036.854775807 then
    perform _noetl.raise_promql(tokens[0], place, 'duration out of range');
  end if;
  return seconds;
end
$$;

comment on function _noetl.promql_bound(text[], integer[], integer, text, integer) is
  'A range or step, written somewhere behind the given number of characters of the token at a place, in seconds; null: none is written.';
