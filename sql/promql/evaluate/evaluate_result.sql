create or replace function _noetl.evaluate_result(tree jsonb, steps _noetl.promql_steps)
returns table (kind text, labels jsonb, at_ms bigint[], vals double precision[], message text)
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  case tree ->> 'returns'
    when 'string' then
      return query select 'string', null::jsonb, null::bigint[], null::double precision[], _noetl.without_parens(tree) ->> 'val';
    when 'scalar' then
      return query select 'scalar', null::jsonb, null::bigint[], _noetl.evaluate_scalar(tree, steps), null::text;
    when 'matrix' then
      return query
        select 'series', _noetl.metric_labels(m.name, m.labels), m.at_ms, m.vals, null::text
        from _noetl.evaluate_matrix(_noetl.without_parens(tree), steps) as m
        order by _noetl.labels_order(m.name, m.labels);
    when 'vector' then
      if steps.steps = 1 then
        -- in the order of sort() or topk(), if that is what was asked for
        return query
          select 'series', _noetl.metric_labels(r.name, r.labels), null::bigint[], r.vals, null::text
          from _noetl.evaluate_node(tree, steps) as r
          where r.vals[1] is not null;
      else
        return query
          select 'series', _noetl.metric_labels(r.name, r.labels), null::bigint[], r.vals, null::text
          from _noetl.evaluate_steps(tree, steps) as r
          where cardinality(array_remove(r.vals, null)) > 0
          order by _noetl.labels_order(r.name, r.labels);
      end if;
  end case;
end
$$;

comment on function _noetl.evaluate_result(jsonb, _noetl.promql_steps) is
  'The result of an expression, see _noetl.evaluate_promql(), without warnings and infos.';
