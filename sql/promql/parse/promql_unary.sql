create or replace function _noetl.promql_unary(op text, start integer, expr jsonb, out node jsonb, out fault jsonb)
returns record
language sql
immutable
parallel safe
begin atomic
  select
    case
      when expr ->> 'type' <> 'numberLiteral'
        then jsonb_build_object('type', 'unaryExpr', 'op', op, 'expr', expr, 'start', start, 'end', expr -> 'end', 'returns', expr -> 'returns')
      else expr || jsonb_build_object('start', start, 'val', case
        when op = '+' or expr ->> 'val' = 'NaN' then expr ->> 'val'
        when expr ->> 'val' = '-Inf' then '+Inf'
        when expr ->> 'val' like '-%' then substr(expr ->> 'val', 2)
        else '-' || ltrim(expr ->> 'val', '+')
      end)
    end,
    case when expr ->> 'returns' not in ('scalar', 'vector') then jsonb_build_object('start', start, 'message', format(
      'unary expression only allowed on expressions of type scalar or instant vector, got "%s"', _noetl.promql_type(expr))) end;
end;

comment on function _noetl.promql_unary(text, integer, jsonb) is
  'The node of an expression behind a sign, and what is wrong with its type; a number takes the sign into itself.';
