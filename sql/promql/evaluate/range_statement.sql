create or replace function _noetl.range_statement(
  function_name text, ieee boolean, falls boolean, at_ms bigint[], ends_ms bigint[], range_ms bigint, times_ms bigint[], param double precision[], is_finite boolean,
  sample_expressions text[])
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
begin
  select * into strict f from _noetl.range_function as r where r.name = function_name;
  if falls then
    -- what a counter had before it was reset is added
    increase := format('(%s + %s)', increase, case when not is_finite
      then '(select sum(case when u.v < u.before and u.before <> ''NaN'' then u.before else 0 end)
        from unnest(vals[{first}+1:{last}], vals[{first}:{last}-1]) as u (v, before))'
      else '(prefix[{last}] - prefix[{first}])' end);
  end if;
  expression := replace(replace(coalesce(case when ieee then f.ieee_expression end, f.expression),
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
      from (select s.*, $2 as at_ms, s.marks[1] as mark_1, s.marks[2] as mark_2, s.marks[3] as mark_3, s.marks[4] as mark_4 from unnest($1) as s offset 0) as l', expression)
    else format('select l.name, l.labels, %s
      from (select s.name, s.labels, coalesce(s.at_ms, $2) as at_ms, s.vals, %s as prefix from unnest($1) as s offset 0) as l', expression,
      coalesce(case when falls or f.prefix <> 'fall' then _noetl.running_total(f.prefix) end, 'null::double precision[]'))
  end;
end
$$;

comment on function _noetl.range_statement(text, boolean, boolean, bigint[], bigint[], bigint, bigint[], double precision[], boolean, text[]) is
  'The statement with which _noetl.evaluate_ranges() computes a batch of lines. falls: whether one of their values is lower than the one before; is_finite: none is infinite or NaN. sample_expressions: of lines that are packed, what gives each of their samples. It takes the lines, their common times, and the arguments of _noetl.promql_window() as $1 to $6.';
