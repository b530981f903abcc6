create or replace function noetl.query_range(expression text, since timestamptz, until timestamptz default now(), step interval default '1 minute')
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
    select coalesce(r.labels, to_jsonb(r.message), '{}'),
      to_timestamp(coalesce(v.at_ms, round(extract(epoch from since) * 1000) + (v.place - 1) * round(extract(epoch from step) * 1000)) / 1000.0), v.value
    from _noetl.answer(tree, since, until, step, expression) as r
    cross join lateral unnest(coalesce(r.vals, array[null::double precision]), r.at_ms) with ordinality as v (value, at_ms, place)
    where v.value is not null or r.kind = 'string';
end
$$;

comment on function noetl.query_range(text, timestamptz, timestamptz, interval) is
  'Asks in PromQL, at each step from since to until: select * from noetl.query_range(''sum by (shop) (rate(orders_total[5m]))'', now() - interval ''1 hour''). Series by series, in Prometheus'' order. Its warnings and infos are raised as messages. Errors: NP001 for what cannot be asked, with its position; NP002 when the evaluation fails; NP003 when it takes longer than the setting query_timeout.';
