create or replace function _noetl.evaluate_absent(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  arg constant jsonb := _noetl.without_parens(node #> '{args,0}');
  present double precision[];
begin
  if arg ->> 'returns' = 'matrix' then
    present := (
      select _noetl.first_values(array_agg(r.vals))
      from _noetl.evaluate_ranges(arg, steps, 'present_over_time', (arg ->> 'range')::bigint) as r);
  else
    present := (select _noetl.first_values(array_agg(r.vals)) from _noetl.evaluate_node(arg, steps) as r);
  end if;
  return query
    select null::text, _noetl.matched_exactly(arg -> 'matchers'), array(
      select case when present[i] is null then 1::double precision end from generate_series(1, steps.steps) as i);
end
$$;

comment on function _noetl.evaluate_absent(jsonb, _noetl.promql_steps) is
  'What absent() and absent_over_time() give: 1 at the steps at which the argument has no series.';
