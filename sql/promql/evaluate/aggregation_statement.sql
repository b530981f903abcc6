create or replace function _noetl.aggregation_statement(node jsonb, steps _noetl.promql_steps, positive boolean)
returns text
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- stands for a missing value, as a null makes every access to an array slow: nobody can guess it, so nobody can report it
  absent constant double precision := -1e300 * (1 + random());
  expression text := (select case when steps.ieee then coalesce(a.ieee_expression, a.expression) when positive then coalesce(a.positive_expression, a.expression) else a.expression end from _noetl.aggregate_function as a where a.op = node ->> 'op');
begin
  return format($sql$
    select %1$s, g.vals
    from (
      select c.key, array[%2$s]::float8[] as vals
      from (
        select %3$s as key, case %5$s when array_position(c.vals, null) is null then c.vals else array_replace(c.vals, null, %4$L) end as vals
        from _noetl.evaluate_node($1 -> 'expr', $2) as c
        offset 0
      ) as c
      group by c.key
    ) as g$sql$,
    _noetl.grouping_labels(node),
    (select string_agg(replace(expression, '{v}', format('nullif(c.vals[%s], %L)', i, absent)), ', ' order by i) from generate_series(1, steps.steps) as i),
    _noetl.grouping_key(node),
    absent,
    case when positive then 'when 0 > any (c.vals) then _noetl.raise_negative()' end);
end
$$;

comment on function _noetl.aggregation_statement(jsonb, _noetl.promql_steps, boolean) is
  'The statement of an aggregation of the view _noetl.aggregate_function, with an expression for each step. It takes the node and the steps as $1 and $2. positive: it raises NP004 at a negative value.';
