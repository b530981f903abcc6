create or replace function _noetl.evaluate_sort(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  factor constant double precision := case node #>> '{func,name}' when 'sort' then 1 else -1 end;
begin
  return query
    select r.name, r.labels, r.vals
    from _noetl.evaluate_node(node #> '{args,0}', steps) as r
    order by r.vals[1] = 'NaN', factor * r.vals[1];
end
$$;

comment on function _noetl.evaluate_sort(jsonb, _noetl.promql_steps) is 'A vector in the order of its first values, those that are not a number last. With several steps the order means nothing, as in Prometheus.';
