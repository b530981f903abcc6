create or replace function _noetl.evaluate_ranges(
  node jsonb, steps _noetl.promql_steps, function_name text, range_ms bigint, param double precision[] default null)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  ends_ms constant bigint[] := _noetl.promql_references(node, steps);
  since_ms constant bigint := (select min(e) from unnest(ends_ms) as e) - range_ms;
  until_ms constant bigint := (select max(e) from unnest(ends_ms) as e);
  -- whether the function looks at single samples, and at no running total but a counter's
  takes_packed constant boolean := (
    select f.expression !~ '\{(window|least\w*|ascending|fallen)\}' from _noetl.range_function as f where f.name = function_name);
  can_rise constant boolean := (select f.rising_expression is not null from _noetl.range_function as f where f.name = function_name);
  times_ms constant bigint[] := _noetl.promql_times(steps);
  batch record;
  statement text;
  is_finite boolean;
  parts boolean[];
  part boolean;
  computed integer;
begin
  for batch in
    select b.at_ms, b.falls, b.lines, b.samples, b.packed
    from _noetl.sample_batches(node, steps, since_ms, until_ms, function_name in ('value', 'time'), function_name in ('rate', 'increase'), takes_packed) as b
  loop
    is_finite := (batch.falls or function_name = 'quantile_over_time') is false
      or not exists (select from unnest(batch.lines) as l where 'Infinity' = any (l.vals) or 'NaN' = any (l.vals));
    -- of most counters rates are computed in a simple way, of others in a second statement
    parts := case when can_rise and not steps.ieee and batch.falls is false and batch.at_ms is not null then array[true, false] else array[null::boolean] end;
    computed := 0;
    foreach part in array parts loop
      continue when computed = coalesce(cardinality(batch.packed), cardinality(batch.lines));
      statement := _noetl.range_statement(
        function_name, steps.ieee, batch.falls, batch.at_ms, ends_ms, range_ms, times_ms, param, is_finite, batch.samples, part);
      if batch.samples is null then
        return query execute statement using batch.lines, batch.at_ms, ends_ms, range_ms, times_ms, param;
      else
        return query execute statement using batch.packed, batch.at_ms;
      end if;
      get diagnostics computed = row_count;
    end loop;
  end loop;
end
$$;

comment on function _noetl.evaluate_ranges(jsonb, _noetl.promql_steps, text, bigint, double precision[]) is
  'What a function of the view _noetl.range_function gives for each line of a selector or subquery at each step, over the range that ends there; the name stays. param: the function''s number at each step, if it takes one.';
