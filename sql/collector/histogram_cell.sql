create or replace function _noetl.histogram_cell(cell jsonb, bounds jsonb)
returns table (ending text, le text, value jsonb)
language sql
immutable
parallel safe
rows 10
begin atomic
  with observed as (
    select o.value::double precision as value from jsonb_array_elements(case jsonb_typeof(cell) when 'array' then cell else '[]' end) as o
    where o.value <> 'null'
  )
  select '_bucket', b.bound, to_jsonb((select count(*) from observed as o where o.value <= b.bound::double precision))
  from (select jsonb_array_elements_text(bounds) union all select '+Inf') as b (bound)
  where jsonb_typeof(cell) = 'array'
  union all
  select '_sum', null, to_jsonb(coalesce((select sum(o.value) from observed as o), 0))
  where jsonb_typeof(cell) = 'array'
  union all
  select '_count', null, to_jsonb((select count(*) from observed as o))
  where jsonb_typeof(cell) = 'array'
  union all
  select '_bucket', b.key, b.value
  from jsonb_each(case jsonb_typeof(cell -> 'buckets') when 'object' then cell -> 'buckets' else '{}' end) as b
  union all
  select '_bucket', '+Inf', cell -> 'count'
  where jsonb_typeof(cell -> 'buckets') = 'object' and not cell -> 'buckets' ? '+Inf'
  union all
  select '_' || part, null, cell -> part
  from unnest(array['sum', 'count']) as part
  where jsonb_typeof(cell) = 'object';
end;

comment on function _noetl.histogram_cell(jsonb, jsonb) is
  'The parts of a histogram that one cell of a result tells: an array of observations, counted by bounds, or {"buckets": {"<le>": <cumulative count>, …}, "sum", "count"}.';
