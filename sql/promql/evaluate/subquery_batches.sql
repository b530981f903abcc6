create or replace function _noetl.subquery_batches(node jsonb, steps _noetl.promql_steps, since_ms bigint, until_ms bigint, tell_falls boolean)
returns table (at_ms bigint[], falls boolean, lines _noetl.promql_line[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- without a resolution: a minute, Prometheus' default evaluation interval
  resolution constant bigint := coalesce(nullif((node ->> 'step')::bigint, 0), 60000);
  inner_steps _noetl.promql_steps := steps;
  batch record;
begin
  -- steps are multiples of the resolution, after since_ms and up to until_ms
  inner_steps.since_ms := resolution * div(since_ms::numeric, resolution::numeric)::bigint;
  if inner_steps.since_ms <= since_ms then
    inner_steps.since_ms := inner_steps.since_ms + resolution;
  end if;
  inner_steps.step_ms := resolution;
  if inner_steps.since_ms > until_ms then
    return;
  end if;
  perform _noetl.spend_samples((until_ms - inner_steps.since_ms) / resolution + 1);
  inner_steps.steps := (until_ms - inner_steps.since_ms) / resolution + 1;
  for batch in
    with found as materialized (
      select r.name, r.labels, array_position(r.vals, null) is null as is_whole, r.vals
      from _noetl.evaluate_steps(node -> 'expr', inner_steps) as r
    )
    select
      n.falls,
      case when f.is_whole then _noetl.promql_times(inner_steps) end as at_ms,
      array_agg(row(f.name, f.labels, p.at_ms, n.vals)::_noetl.promql_line) as lines,
      sum(cardinality(f.vals)) as samples
    from found as f
    left join lateral (
      select array_agg(u.at_ms order by u.at_ms) as at_ms, array_agg(u.val order by u.at_ms) as vals
      from unnest(_noetl.promql_times(inner_steps), f.vals) as u (at_ms, val)
      where u.val is not null
    ) as p on not f.is_whole
    cross join lateral (
      select v.vals, tell_falls and exists (
        select from (select unnest(v.vals) as val, unnest(v.vals[2:]) as next) as u where u.next < u.val and u.val <> 'NaN') as falls
      from (select case when f.is_whole then f.vals else p.vals end as vals) as v
    ) as n
    where n.vals is not null
    group by f.is_whole, n.falls
  loop
    perform _noetl.spend_samples(batch.samples);
    at_ms := batch.at_ms;
    falls := batch.falls;
    lines := batch.lines;
    return next;
  end loop;
end
$$;

comment on function _noetl.subquery_batches(jsonb, _noetl.promql_steps, bigint, bigint, boolean) is
  'The values of a subquery after since_ms and up to until_ms (Unix milliseconds), in the shape of _noetl.sample_batches().';
