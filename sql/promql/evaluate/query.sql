create or replace function noetl.query(expression text, at timestamptz default now())
returns setof noetl.query_value
language plpgsql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  tree constant jsonb := noetl.parse_promql(expression);
begin
  return query
    select coalesce(r.labels, to_jsonb(r.message), '{}'), coalesce(to_timestamp(v.at_ms / 1000.0), query.at), v.value
    from _noetl.answer(tree, query.at, query.at, null, expression) as r
    cross join lateral unnest(coalesce(r.vals, array[null::double precision]), r.at_ms) as v (value, at_ms);
end
$$;

comment on function noetl.query(text, timestamptz) is
  'Asks in PromQL: select * from noetl.query(''sum by (shop) (rate(orders_total[5m]))''). A row is the value of one series; of a range vector, one of its samples. Its warnings and infos are raised as messages. Errors: NP001 for what cannot be asked, with its position; NP002 when the evaluation fails; NP003 when it takes longer than the setting query_timeout.';
