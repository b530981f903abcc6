create or replace function _noetl.evaluate_grouped(node jsonb, steps _noetl.promql_steps, positive boolean)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  return query execute _noetl.aggregation_statement(node, steps, positive) using node, steps;
end
$$;

comment on function _noetl.evaluate_grouped(jsonb, _noetl.promql_steps, boolean) is
  'The vector that an aggregation of the view _noetl.aggregate_function gives. positive: without a look at lost digits, which a negative value ends (NP004).';
