create or replace function _noetl.evaluate_aggregation(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  op constant text := node ->> 'op';
begin
  case
    when op in ('topk', 'bottomk') then
      return query select * from _noetl.evaluate_topk(node, steps, _noetl.evaluate_scalar(node -> 'param', steps));
    when op = 'count_values' then
      return query select * from _noetl.evaluate_count_values(node, steps);
    when op = 'quantile' then
      return query select * from _noetl.evaluate_quantile(node, steps, _noetl.evaluate_scalar(node -> 'param', steps));
    else
      return query execute _noetl.aggregation_statement(node, steps) using node, steps;
  end case;
end
$$;

comment on function _noetl.evaluate_aggregation(jsonb, _noetl.promql_steps) is
  'The vector that an aggregation gives: sum, avg, min, max, count, group, stddev, stdvar, topk, bottomk, quantile or count_values, by or without labels.';
