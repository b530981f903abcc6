create or replace function _noetl.promql_place(tokens text[], places integer[], strengths integer[])
returns text
language sql
immutable
parallel safe
begin atomic
  select case when bool_or(p.strength = 0 and _noetl.is_aggregator(lower(tokens[p.place]))) then 'aggregation' end
  from unnest(places, strengths) as p (place, strength);
end;

comment on function _noetl.promql_place(text[], integer[], integer[]) is
  'What an unexpected token is said to stand in, given what waits for operands: aggregation, or null.';
