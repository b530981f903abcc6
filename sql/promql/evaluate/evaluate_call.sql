create or replace function _noetl.evaluate_call(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  func constant text := node #>> '{func,name}';
  args constant jsonb := (select jsonb_agg(_noetl.without_parens(a.arg) order by a.place) from jsonb_array_elements(node -> 'args') with ordinality as a (arg, place));
begin
  case
    when func = 'vector' then
      return query select null::text, '{}'::jsonb, _noetl.evaluate_scalar(args -> 0, steps);
    when func = 'timestamp' and args #>> '{0,type}' = 'vectorSelector' then
      return query execute _noetl.merge_statement(
          'select null::text as name, r.labels, r.vals from _noetl.evaluate_ranges($1, $2, ''time'', _noetl.promql_lookback_ms()) as r')
        using args -> 0, steps;
    when func in ('sort', 'sort_desc') then
      return query select * from _noetl.evaluate_sort(node, steps);
    when func in ('absent', 'absent_over_time') then
      return query select * from _noetl.evaluate_absent(node, steps);
    when func in ('histogram_quantile', 'histogram_fraction') then
      return query select * from _noetl.evaluate_histogram(node, steps);
    when func in ('label_replace', 'label_join') then
      return query select * from _noetl.evaluate_labels(node, steps);
    when func like 'histogram\_%' then
      -- of native histograms, which are not kept: no series has any
      return query select * from _noetl.evaluate_node(args -> 0, steps) as r where false;
    when node #>> '{func,name}' in (select f.name from _noetl.range_function as f) then
      return query select * from _noetl.evaluate_range_function(node, steps);
    when args is null then
      return query select * from _noetl.evaluate_each('{"type": "call", "func": {"name": "vector"}, "args": [{"type": "call", "func": {"name": "time"}, "args": []}]}', steps,
        (select f.expression from _noetl.value_function as f where f.name = func), false);
    else
      return query select * from _noetl.evaluate_each(args -> 0, steps,
        (select f.expression from _noetl.value_function as f where f.name = func), false,
        case func
          when 'timestamp' then array(select t / 1000.0::double precision from unnest(_noetl.promql_times(steps)) as t)
          when 'round' then _noetl.evaluate_scalar(coalesce(args -> 1, '{"type": "numberLiteral", "val": "1"}'), steps)
          else (select _noetl.evaluate_scalar(args -> 1, steps) where args -> 1 is not null) end,
        (select _noetl.evaluate_scalar(args -> 2, steps) where args -> 2 is not null));
  end case;
end
$$;

comment on function _noetl.evaluate_call(jsonb, _noetl.promql_steps) is 'The vector that a function gives.';
