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
          with result as materialized (
            select r.name, r.labels, r.vals from _noetl.evaluate_steps(tree, steps) as r where r.vals <> array_fill(null::double precision, array[cardinality(r.vals)])
          ),
          form as materialized (
            select k.keys, k.keys[1] collate "C" > '__name__' and cardinality(k.keys) <= 8
              and (select bool_and(r.labels ?& k.keys and r.labels - k.keys = '{}') from result as r)
              and (select count(r.name) in (0, count(*)) from result as r) as is_shared
            from (
              select array(select n.key from jsonb_object_keys(first.labels) as n (key) order by n.key collate "C") as keys from (select r.labels from result as r limit 1) as first
            ) as k
          )
          select 'series', _noetl.metric_labels(r.name, r.labels), null::bigint[], r.vals, null::text
          from result as r
          cross join form as f
          -- most results have the same labels throughout: then there is no need to sort those of each series
          order by case when f.is_shared is not true then _noetl.labels_order(r.name, r.labels) end, r.name collate "C",
            (r.labels ->> f.keys[1]) collate "C", (r.labels ->> f.keys[2]) collate "C", (r.labels ->> f.keys[3]) collate "C", (r.labels ->> f.keys[4]) collate "C",
            (r.labels ->> f.keys[5]) collate "C", (r.labels ->> f.keys[6]) collate "C", (r.labels ->> f.keys[7]) collate "C", (r.labels ->> f.keys[8]) collate "C";
      end if;
  end case;
end
$$;

comment on function _noetl.evaluate_result(jsonb, _noetl.promql_steps) is
  'The result of an expression, see _noetl.evaluate_promql(), without warnings and infos.';
