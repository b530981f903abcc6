create or replace function _noetl.evaluate_steps(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- generated statements have an expression a step, and planning aggregates costs the square of their number
  piece_steps constant integer := 256;
  pieces constant integer := (steps.steps - 1) / piece_steps + 1;
begin
  if pieces = 1 then
    return query select * from _noetl.evaluate_node(node, steps);
    return;
  end if;
  return query
    with part as materialized (
      select p.piece, r.name, r.labels, r.vals
      from generate_series(0, pieces - 1) as p (piece)
      cross join lateral _noetl.evaluate_node(node, row(steps.since_ms + p.piece::bigint * piece_steps * steps.step_ms, steps.step_ms,
        least(piece_steps, steps.steps - p.piece * piece_steps), steps.query_since_ms, steps.query_until_ms, steps.ieee)::_noetl.promql_steps) as r
    ),
    series as (
      select p.name, p.labels from part as p group by p.name, p.labels
    )
    select s.name, s.labels, _noetl.concatenated(
      coalesce(p.vals, array_fill(null::double precision, array[least(piece_steps, steps.steps - n.piece * piece_steps)])) order by n.piece)
    from series as s
    cross join generate_series(0, pieces - 1) as n (piece)
    left join part as p on p.piece = n.piece and p.labels = s.labels and p.name is not distinct from s.name
    group by s.name, s.labels;
end
$$;

comment on function _noetl.evaluate_steps(jsonb, _noetl.promql_steps) is
  '_noetl.evaluate_node() for any number of steps, so many at a time.';
