create or replace function _noetl.evaluate_node(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  case node ->> 'type'
    when 'parenExpr' then
      return query select * from _noetl.evaluate_node(node -> 'expr', steps);
    when 'vectorSelector' then
      return query select * from _noetl.evaluate_ranges(node, steps, 'value', _noetl.promql_lookback_ms());
    when 'aggregation' then
      return query select * from _noetl.evaluate_aggregation(node, steps);
    when 'call' then
      return query select * from _noetl.evaluate_call(node, steps);
    when 'binaryExpr' then
      return query select * from _noetl.evaluate_binary(node, steps);
    when 'unaryExpr' then
      if node ->> 'op' = '-' then
        return query select * from _noetl.evaluate_each(node -> 'expr', steps, '-v', false);
      else
        return query select * from _noetl.evaluate_node(node -> 'expr', steps);
      end if;
  end case;
end
$$;

comment on function _noetl.evaluate_node(jsonb, _noetl.promql_steps) is
  'The instant vector that a node of an expression''s tree gives at each step: a row is one series, its name (null: it has none), its other labels, and its values, null where it has none.';
