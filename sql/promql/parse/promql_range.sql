create or replace function _noetl.promql_range(tokens text[], starts integer[], at integer, expr jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  written text[] := regexp_match(tokens[at], replace(
    '^\[_((?:[+-][ \t\n\r]*)*[0-9.][0-9A-Za-z\x5f.]*(?:[eE][+-][0-9]+)?)_(?:(:)_((?:[+-][ \t\n\r]*)*[0-9.][0-9A-Za-z\x5f.]*(?:[eE][+-][0-9]+)?)?_)?\]$',
    '_', '(?:[ \t\n\r]|#[^\n\r]*[\n\r])*'));
  range_seconds double precision;
  step_seconds double precision;
  message text;
begin
  if written is null then
    perform _noetl.raise_range(tokens, starts, at);
  end if;
  range_seconds := _noetl.promql_bound(tokens, starts, at, written[1], 1);
  step_seconds := _noetl.promql_bound(tokens, starts, at, written[3], strpos(tokens[at], ':'));
  if written[2] is not null then
    return jsonb_build_object('type', 'subquery', 'expr', expr, 'range', trunc(round(range_seconds::numeric, 9) * 1000),
        'offset', 0, 'step', coalesce(trunc(round(step_seconds::numeric, 9) * 1000), 0), 'timestamp', null, 'startOrEnd', null,
        'start', expr -> 'start', 'end', starts[at] + length(tokens[at]), 'returns', 'matrix');
  end if;
  message := case
    when expr ->> 'type' <> 'vectorSelector' then 'ranges only allowed for vector selectors'
    when expr ->> 'offset' <> '0' then 'no offset modifiers allowed before range'
    when expr ->> 'timestamp' is not null or expr ->> 'startOrEnd' is not null then 'no @ modifiers allowed before range'
  end;
  if message is not null then
    perform _noetl.raise_promql(tokens[0], starts[at], message);
  end if;
  return expr || jsonb_build_object('type', 'matrixSelector', 'range', trunc(round(range_seconds::numeric, 9) * 1000),
    'end', starts[at] + length(tokens[at]), 'returns', 'matrix');
end
$$;

comment on function _noetl.promql_range(text[], integer[], integer, jsonb) is
  'The node of an expression with the range or subquery that is the token at a place.';
