create or replace function _noetl.range_array(
  expression text, samples_needed integer, at_ms bigint[], ends_ms bigint[], range_ms bigint, times_ms bigint[], param double precision[],
  sample_expressions text[])
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  whole text := replace(expression, '{window}', 'vals[{first}:{last}]');
  -- for PostgreSQL NaN is the greatest value: the least one is NaN only where all are
  sign constant text := case when whole like '%{least_negative}%' then '-' else '' end;
begin
  if at_ms is null then
    whole := regexp_replace(whole, '\{least\w*\}', format('(select min(%sx) from unnest(vals[{first}:{last}]) as x)', sign));
    return format('array(select case when w.samples >= %s then %s end from _noetl.promql_window(at_ms, $3, $4, $5, $6) as w order by w.step)',
      samples_needed, regexp_replace(whole, '\{(\w+)\}', 'w.\1', 'g'));
  end if;
  -- the same for all lines: then the places in the range are constants, which is two to five times faster
  whole := replace(whole, '%', '%%');
  if sample_expressions is not null then
    whole := replace(replace(replace(whole, 'vals[{first}]', '%15$s'), 'vals[{last}]', '%16$s'), 'vals[{last}-1]', '%17$s');
  end if;
  whole := replace(replace(replace(replace(whole, '{first}', '%1$s'), '{last}', '%2$s'), '{samples}', '%3$s'), '{sampled}', '%4$L::float8');
  whole := replace(replace(replace(replace(whole, '{to_start}', '%5$L::float8'), '{to_end}', '%6$L::float8'), '{factor}', '%7$L::float8'), '{range}', '%8$L::float8');
  whole := replace(replace(replace(replace(whole, '{phi}', '%9$L::float8'), '{low}', '%10$s'), '{high}', '%11$s'), '{weight}', '%12$L::float8');
  whole := regexp_replace(replace(replace(whole, '{step_ms}', '%13$s'), '{factor_per_second}', '%18$L::float8'), '\{least\w*\}', '%14$s');
  return (
    select 'array[' || string_agg(case when w.samples >= samples_needed then format(whole, w.first, w.last, w.samples, w.sampled, w.to_start,
        w.to_end, w.factor, w.range, w.phi, coalesce(w.low, 1), coalesce(w.high, 1), w.weight, w.step_ms, l.least,
        sample_expressions[w.first], sample_expressions[w.last], sample_expressions[w.last - 1], w.factor / w.range) else 'null' end, ', ' order by w.step) || ']::float8[]'
    from _noetl.promql_window(at_ms, ends_ms, range_ms, times_ms, param) as w
    -- a short list of values is five times as fast as a subquery
    left join lateral (
      select case
          when w.samples > 40 then format('(select min(%sx) from unnest(vals[%s:%s]) as x)', sign, w.first, w.last)
          else 'least(' || string_agg(format('%svals[%s]', sign, i), ', ') || ')'
        end as least
      from generate_series(w.first, least(w.last, w.first + 39)) as i
    ) as l on whole like '%\%14$s%');
end
$$;

comment on function _noetl.range_array(text, integer, bigint[], bigint[], bigint, bigint[], double precision[], text[]) is
  'An expression of the view _noetl.range_function as one that gives an array, a value a step. at_ms: the times of all lines, whose places in the range then become constants; null: each line has times of its own. sample_expressions: what gives each of their samples, where not an array named vals holds them.';
