create or replace function _noetl.evaluate_binary(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  op constant text := node ->> 'op';
  is_bool constant boolean := coalesce((node ->> 'bool')::boolean, false);
  -- a comparison that filters lets the name pass
  keeps_name constant boolean := op in ('==', '!=', '>', '>=', '<', '<=') and not is_bool;
begin
  if op in ('and', 'or', 'unless') then
    return query select * from _noetl.evaluate_set_operator(node, steps);
  elsif node #>> '{rhs,returns}' = 'scalar' then
    return query select * from _noetl.evaluate_each(node -> 'lhs', steps,
      _noetl.operator_expression(op, is_bool, 'v', 'a', 'v'), keeps_name, _noetl.evaluate_scalar(node -> 'rhs', steps));
  elsif node #>> '{lhs,returns}' = 'scalar' then
    return query select * from _noetl.evaluate_each(node -> 'rhs', steps,
      _noetl.operator_expression(op, is_bool, 'a', 'v', 'v'), keeps_name, _noetl.evaluate_scalar(node -> 'lhs', steps));
  else
    return query select * from _noetl.evaluate_matching(node, steps, _noetl.operator_expression(op, is_bool, 'v', 'w', 'v'), keeps_name);
  end if;
end
$$;

comment on function _noetl.evaluate_binary(jsonb, _noetl.promql_steps) is 'The vector that a binary operator gives, of which at least one side is a vector.';
