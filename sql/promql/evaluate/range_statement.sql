create or replace function _noetl.range_statement(
  function_name text, ieee boolean, falls boolean, at_ms bigint[], ends_ms bigint[], range_ms bigint, times_ms bigint[], param double precision[], is_finite boolean,
  sample_expressions text[], rising boolean default null)
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  f _noetl.range_function;
  increase text := '(vals[{last}] - vals[{first}])';
  expression text;
  -- the least time between the first and the last sample of a range, and the longest from its start to its first
  bounds record;
  condition text := '';
begin
  select * into strict f from _noetl.range_function as r where r.name = function_name;
  if falls then
    -- what a counter had before it was reset is added
    increase := format('(%s + %s)', increase, case when not is_finite
      then '(select sum(case when u.v < u.before and u.before <> ''NaN'' then u.before else 0 end)
        from unnest(vals[{first}+1:{last}], vals[{first}:{last}-1]) as u (v, before))'
      else '(prefix[{last}] - prefix[{first}])' end);
  end if;
  if rising is not null then
    select min(w.sampled) as sampled, max(w.to_start) as to_start into bounds
    from _noetl.promql_window(at_ms, ends_ms, range_ms, times_ms, param) as w
    where w.samples >= f.samples_needed;
    condition := format(' where (%1$s * %3$L::float8 >= (%2$s - %1$s) * %4$L::float8) is %5$s true',
      coalesce(sample_expressions[1], 'l.vals[1]'), coalesce(sample_expressions[cardinality(sample_expressions)], 'l.vals[cardinality(l.vals)]'),
      bounds.sampled, bounds.to_start, case when not rising then 'not' end);
  end if;
  expression := replace(replace(coalesce(case when ieee then f.ieee_expression end, case when rising then f.rising_expression end, f.expression),
    '{increase}', increase), '{fallen}', '(prefix[{last}] - prefix[{first}])');
  expression := replace(expression, '{ascending}', case
    when not is_finite then '(array(select nullif(x, ''NaN'') from unnest({window}) as x order by 1 nulls first))'
    -- since PostgreSQL 18
    when to_regprocedure('pg_catalog.array_sort(anyarray)') is not null then 'array_sort({window})'
    else '(array(select x from unnest({window}) as x order by x))' end);
  expression := _noetl.range_array(
    case when ieee then _noetl.ieee(expression) else expression end, f.samples_needed, at_ms, ends_ms, range_ms, times_ms, param, sample_expressions);
  return case
    when sample_expressions is not null then format('select l.name, l.labels, %s
      from (select s.*, $2 as at_ms, s.marks[1] as mark_1, s.marks[2] as mark_2, s.marks[3] as mark_3, s.marks[4] as mark_4 from unnest($1) as s offset 0) as l', expression) || condition
    else format('select l.name, l.labels, %s
      from (select s.name, s.labels, coalesce(s.at_ms, $2) as at_ms, s.vals, %s as prefix from unnest($1) as s offset 0) as l', expression,
      coalesce(case when falls or f.prefix <> 'fall' then _noetl.running_total(f.prefix) end, 'null::double precision[]')) || condition
  end;
end
$$;

comment on function _noetl.range_statement(text, boolean, boolean, bigint[], bigint[], bigint, bigint[], double precision[], boolean, text[], boolean) is
  'The statement with which _noetl.evaluate_ranges() computes a batch of lines. falls: whether one of their values is lower than the one before; is_finite: none is infinite or NaN. sample_expressions: of lines that are packed, what gives each of their samples. rising: of lines that never fall only those are computed, in a simpler way, that are nowhere extrapolated to before they were zero, or (false) only the others. It takes the lines, their common times, and the arguments of _noetl.promql_window() as $1 to $6.';
