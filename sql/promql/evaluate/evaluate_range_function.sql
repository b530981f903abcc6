create or replace function _noetl.evaluate_range_function(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  func constant text := node #>> '{func,name}';
  matrix constant jsonb := (select _noetl.without_parens(a) from jsonb_array_elements(node -> 'args') as a where a ->> 'returns' = 'matrix' limit 1);
  number constant jsonb := (select a from jsonb_array_elements(node -> 'args') as a where a ->> 'returns' = 'scalar' limit 1);
  param constant double precision[] := (select _noetl.evaluate_scalar(number, steps) where number is not null);
  wrong constant double precision := (select q from unnest(param) as q where not q between 0 and 1 limit 1);
  statement text := 'select * from _noetl.evaluate_ranges($1, $2, $3, $4, $5)';
begin
  if func = 'quantile_over_time' and wrong is not null then
    perform _noetl.note_promql(format('PromQL warning: quantile value should be between 0 and 1, got %s', _noetl.float_text(wrong)), number);
  end if;
  if func in ('rate', 'increase') and not _noetl.is_named_as_counter(matrix) then
    statement := format('
      with r as materialized (%s),
      gauge as (
        select r.name from r
        where r.name !~ ''_(total|sum|count|bucket)$'' and cardinality(array_remove(r.vals, null)) > 0
        group by r.name
      )
      select r.* from r where (select count(_noetl.note_promql(format(
        ''PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "%%s"'', g.name), $1)) from gauge as g) >= 0', statement);
  end if;
  if not (select f.keeps_name from _noetl.range_function as f where f.name = func) then
    statement := format('select null::text as name, r.labels, r.vals from (%s) as r', statement);
    if not _noetl.has_one_name(matrix) then
      statement := _noetl.merge_statement(statement);
    end if;
  end if;
  return query execute statement using matrix, steps, func, (matrix ->> 'range')::bigint, param;
end
$$;

comment on function _noetl.evaluate_range_function(jsonb, _noetl.promql_steps) is
  'The vector that a function of the view _noetl.range_function gives of a range vector.';
