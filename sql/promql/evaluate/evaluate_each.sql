create or replace function _noetl.evaluate_each(
  node jsonb, steps _noetl.promql_steps, expression text, keeps_name boolean, a double precision[] default null, b double precision[] default null)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  statement constant text := format(
    'select %s as name, c.labels, array(select %s from (select unnest(c.vals) as v%s%s) as e) as vals from _noetl.evaluate_node($1, $2) as c',
    case when keeps_name then 'c.name' else 'null::text' end,
    case when steps.ieee then _noetl.ieee(expression) else expression end,
    case when a is not null then ', unnest($3) as a' end,
    case when b is not null then ', unnest($4) as b' end);
begin
  if keeps_name or _noetl.has_one_name(node) then
    return query execute statement using node, steps, a, b;
  else
    return query execute _noetl.merge_statement(statement) using node, steps, a, b;
  end if;
end
$$;

comment on function _noetl.evaluate_each(jsonb, _noetl.promql_steps, text, boolean, double precision[], double precision[]) is
  'An SQL expression of each value v of a vector, and of the numbers a and b of its step. keeps_name = false drops the name of the metric.';
