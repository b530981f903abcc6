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
    when op in ('sum', 'avg') and not steps.ieee then
      -- what is summed is mostly not negative, and planning a look at lost digits at each step takes longer than all the rest
      begin
        return query select * from _noetl.evaluate_grouped(node, steps, true);
      exception when sqlstate 'NP004' then
        return query select * from _noetl.evaluate_grouped(node, steps, false);
      end;
    else
      return query select * from _noetl.evaluate_grouped(node, steps, false);
  end case;
end
$$;

comment on function _noetl.evaluate_aggregation(jsonb, _noetl.promql_steps) is
  'The vector that an aggregation gives: sum, avg, min, max, count, group, stddev, stdvar, topk, bottomk, quantile or count_values, by or without labels.';
