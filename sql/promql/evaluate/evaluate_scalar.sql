create or replace function _noetl.evaluate_scalar(node jsonb, steps _noetl.promql_steps)
returns double precision[]
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  expression text;
  vals double precision[];
begin
  case
    when node ->> 'type' = 'numberLiteral' then
      vals := array_fill((node ->> 'val')::double precision, array[steps.steps]);
    when node ->> 'type' = 'parenExpr' or node ->> 'type' = 'unaryExpr' and node ->> 'op' = '+' then
      vals := _noetl.evaluate_scalar(node -> 'expr', steps);
    when node ->> 'type' = 'unaryExpr' then
      vals := array(select -v from unnest(_noetl.evaluate_scalar(node -> 'expr', steps)) as v);
    when node ->> 'type' = 'binaryExpr' then
      expression := _noetl.operator_expression(node ->> 'op', true, 'u.l', 'u.r', null);
      execute format('select array(select %s from unnest($1, $2) with ordinality as u (l, r, i) order by u.i)',
          case when steps.ieee then _noetl.ieee(expression) else expression end)
        into vals using _noetl.evaluate_scalar(node -> 'lhs', steps), _noetl.evaluate_scalar(node -> 'rhs', steps);
    when node #>> '{func,name}' = 'pi' then
      vals := array_fill(pi(), array[steps.steps]);
    when node #>> '{func,name}' = 'time' then
      vals := array(select t / 1000.0::double precision from unnest(_noetl.promql_times(steps)) as t);
    when node #>> '{func,name}' = 'scalar' then
      vals := array(
        select case when count(u.val) = 1 then min(u.val) else 'NaN' end
        from generate_series(1, steps.steps) as i
        left join (
          select p.val, p.place
          from _noetl.evaluate_node(node #> '{args,0}', steps) as r
          cross join lateral unnest(r.vals) with ordinality as p (val, place)
        ) as u on u.place = i
        group by i
        order by i);
  end case;
  return vals;
end
$$;

comment on function _noetl.evaluate_scalar(jsonb, _noetl.promql_steps) is
  'The number that a node of an expression''s tree gives at each step.';
