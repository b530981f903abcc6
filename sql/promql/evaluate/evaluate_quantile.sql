create or replace function _noetl.evaluate_quantile(node jsonb, steps _noetl.promql_steps, phis double precision[])
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  wrong constant double precision := (select q from unnest(phis) as q where not q between 0 and 1 limit 1);
begin
  if wrong is not null then
    perform _noetl.note_promql(format('PromQL warning: quantile value should be between 0 and 1, got %s', _noetl.float_text(wrong)), node -> 'param');
  end if;
  return query execute format($sql$
      select %s, array(
        select q.val from generate_series(1, $4) as i left join unnest(g.places, g.vals) as q (place, val) on q.place = i order by i)
      from (
        select v.key, array_agg(v.place) as places, array_agg(_noetl.quantile($3[v.place], v.ascending)) as vals
        from (
          select %s as key, u.place, array_agg(nullif(u.val, 'NaN') order by nullif(u.val, 'NaN') nulls first) as ascending
          from _noetl.evaluate_node($1 -> 'expr', $2) as c
          cross join lateral unnest(c.vals) with ordinality as u (val, place)
          where u.val is not null
          group by 1, 2
        ) as v
        group by v.key
      ) as g
    $sql$, _noetl.grouping_labels(node), _noetl.grouping_key(node))
    using node, steps, phis, steps.steps;
end
$$;

comment on function _noetl.evaluate_quantile(jsonb, _noetl.promql_steps, double precision[]) is 'The quantile of the values of each group, for the number that phis has for the step.';
