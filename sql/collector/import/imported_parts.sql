create or replace function _noetl.imported_parts(parts jsonb, rest jsonb, columns jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  with tag as (
    select coalesce(jsonb_object_agg(substr(c.key, 5), c.key), '{}') as labels
    from jsonb_each_text(columns) as c
    where c.key like 'tag\_%' and rest ? 'tags'
  ),
  number as (
    select c.key, row_number() over (order by c.key) as place
    from jsonb_each_text(columns) as c
    where c.value in ('N', 'B') and c.key <> 'epoch_ns' and not rest -> 'known' ? c.key is true and not (rest ? 'tags' and c.key like 'tag\_%')
  )
  select coalesce(jsonb_agg(p.part order by p.place), '[]')
  from (
    select e.part || case when rest ? 'labels' then jsonb_build_object('labels', rest -> 'labels') else '{}' end, e.place
    from jsonb_array_elements(parts) with ordinality as e (part, place)
    where (not e.part ? 'column' or columns ? (e.part ->> 'column'))
    union all
    select jsonb_strip_nulls(jsonb_build_object(
        'column', n.key,
        'name', (rest ->> 'prefix') || regexp_replace(n.key, '[^a-zA-Z0-9_]', '_', 'g'),
        'type', case when rest -> 'gauges' ?| array['*', n.key] then 'gauge' else rest ->> 'type' end,
        'help', rest -> 'help',
        'labels', coalesce(rest -> 'labels', t.labels),
        'distinct', rest -> 'tags')), 1000 + n.place
    from number as n cross join tag as t
    where rest is not null
    union all
    -- nothing but texts: a line for each row, with the texts as its labels
    select jsonb_strip_nulls(jsonb_build_object(
        'constant', 1, 'name', (rest ->> 'prefix') || 'info', 'type', 'gauge', 'help', rest -> 'help', 'distinct', true,
        'labels', t.labels || (select coalesce(jsonb_object_agg(c.key, c.key), '{}') from jsonb_each_text(columns) as c where c.value = 'S' and c.key not like 'tag\_%'))), 2000
    from tag as t
    where rest ? 'tags' and not exists (select from number)
  ) as p (part, place);
end;

comment on function _noetl.imported_parts(jsonb, jsonb, jsonb) is
  'The metrics of an imported query, complete: those that its file names and whose column there is, and what becomes of the rest of its columns.';
