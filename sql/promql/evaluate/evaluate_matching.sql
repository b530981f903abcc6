create or replace function _noetl.evaluate_matching(node jsonb, steps _noetl.promql_steps, expression text, keeps_name boolean)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  matching constant jsonb := coalesce(nullif(node -> 'matching', 'null'), '{"card": "one-to-one", "on": false, "labels": [], "include": []}');
  card constant text := matching ->> 'card';
  -- the side that may be many gives the labels; one to one, the left side
  many constant text := case card when 'one-to-many' then 'r' else 'l' end;
  one constant text := case card when 'one-to-many' then 'l' else 'r' end;
begin
  return query execute format($sql$
      with l as materialized (
        select %1$s as key, l.name, l.labels, l.vals from _noetl.evaluate_node($1 -> 'lhs', $2) as l
      ),
      r as materialized (
        select %2$s as key, r.name, r.labels, r.vals from _noetl.evaluate_node($1 -> 'rhs', $2) as r
      ),
      pair as materialized (
        select l.key, %5$s as name, %6$s as labels,
          array(select %7$s from (select unnest(l.vals) as v, unnest(r.vals) as w) as u) as vals,
          array(select u.v + u.w from (select unnest(l.vals) as v, unnest(r.vals) as w) as u where $3) as matched
        from l
        join r on r.key = l.key
      ),
      -- these two give no rows: they raise the errors of what matches more than once at a step
      ambiguous as (
        select from (
          select _noetl.check_one_side(%4$L, $4, array_agg(%4$s.vals), array_agg(row(%4$s.name, %4$s.labels, null, null)::_noetl.promql_line),
            (select _noetl.first_values(array_agg(%3$s.vals)) from %3$s)) as is_checked
          from %4$s
          where %4$s.key in (select %4$s.key from %4$s group by 1 having count(*) > 1)
          group by %4$s.key
        ) as c
        where not c.is_checked
      ),
      repeated as (
        select from (
          select _noetl.merged_values(array_agg(case when $3 then p.matched else p.vals end), $5) as merged
          from pair as p
          where p.key in (select p.key from pair as p group by %8$s having count(*) > 1)
          group by %8$s
        ) as c
        where c.merged is null
      )
      select p.name, p.labels, case when count(*) = 1 then min(p.vals) else _noetl.merged_values(array_agg(p.vals)) end
      from pair as p
      -- both sides are evaluated also where one is empty: the other may be an error
      where not exists (select from ambiguous) and not exists (select from repeated) and (select count(*) from l) + (select count(*) from r) >= 0
      group by p.name, p.labels
    $sql$,
      _noetl.matching_key(matching, 'l'), _noetl.matching_key(matching, 'r'), many, one,
      _noetl.matched_name(matching, many, one, keeps_name), _noetl.matched_labels(matching, many, one),
      case when steps.ieee then _noetl.ieee(expression) else expression end,
      case card when 'one-to-one' then 'p.key' else 'p.key, p.name, p.labels' end)
    using node, steps, keeps_name, matching,
      'multiple matches for labels: ' || case card when 'one-to-one' then 'many-to-one matching must be explicit (group_left/group_right)'
        else 'grouping labels must ensure unique matches' end;
end
$$;

comment on function _noetl.evaluate_matching(jsonb, _noetl.promql_steps, text, boolean) is
  'The vector that an operator gives between two vectors: an SQL expression of the values v and w of each pair of series that match. Errors (NP002): several series match where one must.';
