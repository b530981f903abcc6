create or replace function _noetl.imported_statement(query text, parts jsonb, columns jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  with part as (
    select e.part, e.place, coalesce(e.part -> 'labels', '{}') as labels, coalesce(e.part -> 'fixed', '{}') as fixed,
      coalesce(e.part ->> 'at', '') as at, coalesce((e.part ->> 'complete')::boolean, false) as complete, coalesce((e.part ->> 'distinct')::boolean, false) as is_distinct
    from jsonb_array_elements(parts) with ordinality as e (part, place)
  ),
  label as (
    select l.name, row_number() over (order by l.name collate "C") as place
    from (select distinct k.name from part as p cross join lateral jsonb_object_keys(p.labels || p.fixed) as k (name)) as l
  ),
  branch as (
    select b.*, min(b.place) over same as branch from part as b window same as (partition by b.labels, b.fixed, b.at, b.complete, b.is_distinct)
  ),
  selected as (
    select b.branch,
      format(E'select %s%s\nfrom q%s%s',
        case when not b.is_distinct or b.labels = '{}' then '' else format('distinct on (%s) ', (
          select string_agg(l.place::text, ', ' order by l.place) from label as l where b.labels ? l.name)) end,
        concat_ws(E',\n  ',
          (select string_agg(
              case
                when b.labels ? l.name then format('q.%I::pg_catalog.text', b.labels ->> l.name)
                when b.fixed ? l.name then format('%L::pg_catalog.text', b.fixed ->> l.name)
                else 'null::pg_catalog.text' end || format(' as %I', l.name), E',\n  ' order by l.place)
            from label as l),
          (select string_agg(
              case when o.branch = b.branch then _noetl.imported_value(o.part, columns ->> (o.part ->> 'column'))
                when o.part ->> 'as' = 'histogram' then 'null::pg_catalog.jsonb' else 'null::pg_catalog.float8' end || format(' as "#%s"', o.place), E',\n  ' order by o.place)
            from branch as o),
          case when exists (select from part as o where o.at <> '') then case b.at when '' then 'null' else format('q.%I', b.at) end || '::pg_catalog.timestamptz as "#at"' end),
        case when b.complete and b.labels <> '{}' then E'\nwhere ' || (
          select string_agg(format('q.%I is not null', k.value), ' and ' order by k.key) from jsonb_each_text(b.labels) as k) else '' end,
        case when b.is_distinct and b.labels = '{}' then E'\nlimit 1' else '' end) as statement
    from branch as b
    where b.place = b.branch
  )
  select format(E'with q as materialized (\n%s\n)\n%s', query, string_agg(case when s.others > 1 then format(E'(%s)', s.statement) else s.statement end, E'\nunion all\n' order by s.branch))
  from (select s.*, count(*) over () as others from selected as s) as s;
end;

comment on function _noetl.imported_statement(text, jsonb, jsonb) is
  'The query of a collector that gives what an imported query''s parts are, a value column "#<place>" each; parts of equal labels share their rows, and "#at" is when they were measured.';
