create or replace function _noetl.range_statement(
  function_name text, ieee boolean, at_ms bigint[], ends_ms bigint[], range_ms bigint, times_ms bigint[], param double precision[], has_infinity boolean)
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  f _noetl.range_function;
  prefix text;
  expression text;
  without_prefix text;
begin
  select * into strict f from _noetl.range_function as r where r.name = function_name;
  prefix := _noetl.running_total(f.prefix);
  expression := case when ieee then coalesce(f.ieee_expression, _noetl.ieee(f.expression)) else f.expression end;
  without_prefix := replace(expression, '{increase}', case when ieee then _noetl.ieee('(vals[{last}] - vals[{first}])') else '(vals[{last}] - vals[{first}])' end);
  expression := replace(replace(expression,
    '{fallen}', '(prefix[{last}] - prefix[{first}])'),
    '{increase}', replace(case when ieee then _noetl.ieee('((vals[{last}] - vals[{first}]) + %s)') else '((vals[{last}] - vals[{first}]) + %s)' end, '%s',
      case when has_infinity then '(select sum(case when u.v < u.before and u.before <> ''NaN'' then u.before else 0 end)
        from unnest(vals[{first}+1:{last}], vals[{first}:{last}-1]) as u (v, before))' else '(prefix[{last}] - prefix[{first}])' end));
  if f.prefix = 'fall' then
    expression := format('case when l.prefix is null then %s else %s end',
      _noetl.range_array(without_prefix, f.samples_needed, at_ms, ends_ms, range_ms, times_ms, param),
      _noetl.range_array(expression, f.samples_needed, at_ms, ends_ms, range_ms, times_ms, param));
  else
    expression := _noetl.range_array(expression, f.samples_needed, at_ms, ends_ms, range_ms, times_ms, param);
  end if;
  return format('select l.name, l.labels, %s
    from (select s.name, s.labels, coalesce(s.at_ms, $2) as at_ms, s.vals, %s as prefix from unnest($1) as s offset 0) as l',
    expression, coalesce(prefix, 'null::double precision[]'));
end
$$;

comment on function _noetl.range_statement(text, boolean, bigint[], bigint[], bigint, bigint[], double precision[], boolean) is
  'The statement with which _noetl.evaluate_ranges() computes a batch of lines. It takes the lines, their common times, and the arguments of _noetl.promql_window() as $1 to $6.';
