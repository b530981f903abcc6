create or replace function _noetl.evaluate_set_operator(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  left_key constant text := _noetl.matching_key(node -> 'matching', 'l');
  right_key constant text := _noetl.matching_key(node -> 'matching', 'r');
begin
  if node ->> 'op' = 'or' then
    return query execute _noetl.merge_statement(format($sql$
        with l as materialized (select * from _noetl.evaluate_node($1 -> 'lhs', $2)),
        present as (
          select %s as key, case when count(*) = 1 then min(l.vals) else _noetl.first_values(array_agg(l.vals)) end as vals from l group by 1
        )
        select l.name, l.labels, l.vals from l
        union all
        select r.name, r.labels, case
            when p.key is null then r.vals
            else array(select case when u.w is null then u.v end from (select unnest(r.vals) as v, unnest(p.vals) as w) as u) end
        from _noetl.evaluate_node($1 -> 'rhs', $2) as r
        left join present as p on p.key = %s
      $sql$, left_key, right_key))
      using node, steps;
  else
    return query execute format($sql$
        with present as materialized (
          select %s as key, case when count(*) = 1 then min(r.vals) else _noetl.first_values(array_agg(r.vals)) end as vals
          from _noetl.evaluate_node($1 -> 'rhs', $2) as r
          group by 1
        )
        select l.name, l.labels, case
            when p.key is null then l.vals
            else array(select case when (u.w is not null) = $3 then u.v end from (select unnest(l.vals) as v, unnest(p.vals) as w) as u) end
        from _noetl.evaluate_node($1 -> 'lhs', $2) as l
        left join present as p on p.key = %s
        -- the right side is evaluated also where the left is empty: it may be an error
        where (p.key is not null or not $3) and (select count(*) from present) >= 0
      $sql$, right_key, left_key)
      using node, steps, node ->> 'op' = 'and';
  end if;
end
$$;

comment on function _noetl.evaluate_set_operator(jsonb, _noetl.promql_steps) is
  'The vector that "and", "or" or "unless" gives: at each step the series of the left side that have a match on the right, those that have none, or those and what of the right has none on the left.';
