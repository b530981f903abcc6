create or replace function _noetl.evaluate_count_values(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  label constant text := _noetl.without_parens(node -> 'param') ->> 'val';
  -- the counted value is a label of each series before they are grouped: what takes a group's label away takes it, too
  grouping constant jsonb := case when (node ->> 'without')::boolean then node else jsonb_set(node, '{grouping}', (node -> 'grouping') - label || to_jsonb(label)) end;
begin
  if label = '' then
    raise exception 'invalid label name %', label using errcode = 'NP002';
  end if;
  return query execute format($sql$
      select %s, array(
        select nullif(count(p.place), 0)::float8
        from generate_series(1, $3) as i
        left join unnest(g.places) as p (place) on p.place = i
        group by i
        order by i)
      from (
        select %s as key, array_agg(c.place) as places
        from (
          select c.name, c.labels || jsonb_build_object($4, _noetl.plain_text(u.val)) as labels, u.place
          from _noetl.evaluate_node($1 -> 'expr', $2) as c
          cross join lateral unnest(c.vals) with ordinality as u (val, place)
          where u.val is not null
        ) as c
        group by 1
      ) as g
    $sql$, _noetl.grouping_labels(grouping), _noetl.grouping_key(grouping))
    using node, steps, steps.steps, label;
end
$$;

comment on function _noetl.evaluate_count_values(jsonb, _noetl.promql_steps) is
  'For each value that series of a group have, how many have it; the value becomes a label.';
