create or replace function _noetl.evaluate_matrix(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, at_ms bigint[], vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  until_ms constant bigint := (_noetl.promql_references(node, steps))[1];
  since_ms constant bigint := until_ms - (node ->> 'range')::bigint;
begin
  return query
    select l.name, l.labels, s.at_ms, s.vals
    from _noetl.sample_batches(node, steps, since_ms, until_ms, false) as b
    cross join lateral unnest(b.lines) as l
    cross join lateral (
      select array_agg(u.at_ms order by u.at_ms) as at_ms, array_agg(u.val order by u.at_ms) as vals
      from unnest(coalesce(l.at_ms, b.at_ms), l.vals) as u (at_ms, val)
      where u.at_ms > since_ms and u.at_ms <= until_ms and u.val is not null
    ) as s
    where s.vals is not null;
end
$$;

comment on function _noetl.evaluate_matrix(jsonb, _noetl.promql_steps) is 'The samples that a range selector or a subquery gives at the first step.';
