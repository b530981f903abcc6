create or replace function _noetl.promql_binary(op text, place integer, lhs jsonb, rhs jsonb, matching jsonb, out node jsonb, out fault jsonb)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  vectors boolean := lhs ->> 'returns' = 'vector' and rhs ->> 'returns' = 'vector';
  scalars boolean := lhs ->> 'returns' = 'scalar' and rhs ->> 'returns' = 'scalar';
  compares boolean := op in ('==', '!=', '<', '<=', '>', '>=');
  combines boolean := op in ('and', 'or', 'unless');
  bool boolean := (matching ->> 'bool')::boolean;
  message text;
begin
  if combines and matching ->> 'card' = 'one-to-one' then
    matching := matching || '{"card": "many-to-many"}';
  end if;
  message := case
    when bool and not compares then 'bool modifier can only be used on comparison operators'
    when compares and not bool and scalars then 'comparisons between scalars must use BOOL modifier'
    when (matching ->> 'on')::boolean and matching -> 'include' <> '[]' then (
      select format('label %s must not occur in ON and GROUP clause at once', _noetl.go_quoted(l.label))
      from jsonb_array_elements_text(matching -> 'labels') with ordinality as l (label, place)
      where matching -> 'include' ? l.label
      order by l.place
      limit 1)
  end;
  if message is null then
    place := (lhs -> 'start')::integer;
    message := case
      when lhs ->> 'returns' not in ('scalar', 'vector') then 'binary expression must contain only scalar and instant vector types'
      when rhs ->> 'returns' not in ('scalar', 'vector') then 'binary expression must contain only scalar and instant vector types'
      when not vectors and matching -> 'labels' <> '[]' then 'vector matching only allowed between instant vectors'
      when vectors and combines and matching ->> 'card' <> 'many-to-many' then format('no grouping allowed for "%s" operation', op)
      when combines and 'scalar' in (lhs ->> 'returns', rhs ->> 'returns') then format('set operator "%s" not allowed in binary scalar expression', op)
    end;
    if lhs ->> 'returns' in ('scalar', 'vector') and rhs ->> 'returns' not in ('scalar', 'vector') then
      place := (rhs -> 'start')::integer;
    end if;
  end if;
  node := jsonb_build_object('type', 'binaryExpr', 'op', op, 'lhs', lhs, 'rhs', rhs, 'bool', bool,
    'matching', case when vectors then matching - 'bool' end,
    'start', lhs -> 'start', 'end', rhs -> 'end', 'returns', case when scalars then 'scalar' else 'vector' end);
  if message is not null then
    fault := jsonb_build_object('start', place, 'message', message);
  end if;
end
$$;

comment on function _noetl.promql_binary(text, integer, jsonb, jsonb, jsonb) is
  'The node of two expressions around an operator, in lower case, that stands at a place of the text, and what is wrong with their types. matching: how vectors are matched, and "bool".';
