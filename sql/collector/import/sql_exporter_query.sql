create or replace function _noetl.sql_exporter_query(doc jsonb)
returns table (name text, query text, every text, timeout text, parts jsonb, rest jsonb, notes text[], refused text)
language sql
stable
parallel safe
begin atomic
  with collector as (
    select c.item as value, coalesce(c.item ->> 'collector_name', 'collector ' || c.place) as name
    from jsonb_array_elements(
      case when doc ? 'collector_name' then jsonb_build_array(doc) when jsonb_typeof(doc -> 'collectors') = 'array' then doc -> 'collectors' else '[]' end
    ) with ordinality as c (item, place)
    where jsonb_typeof(c.item) = 'object'
  ),
  metric as (
    select c.name as collector, coalesce(c.value ->> 'min_interval', doc #>> '{global,min_interval}') as every, m.place, m.item as value,
      m.item ->> 'metric_name' as metric,
      coalesce(m.item ->> 'query_ref', m.item ->> 'metric_name') as called,
      coalesce(m.item ->> 'query', (
        select q ->> 'query'
        from jsonb_array_elements(case jsonb_typeof(c.value -> 'queries') when 'array' then c.value -> 'queries' else '[]' end) as q
        where q ->> 'query_name' = m.item ->> 'query_ref'
        limit 1)) as query
    from collector as c
    cross join lateral jsonb_array_elements(case jsonb_typeof(c.value -> 'metrics') when 'array' then c.value -> 'metrics' else '[]' end) with ordinality as m (item, place)
  ),
  part as (
    select m.*, v.place as value_place, jsonb_strip_nulls(jsonb_build_object(
      'name', m.metric,
      'type', lower(coalesce(m.value ->> 'type', 'gauge')),
      'help', nullif(m.value ->> 'help', ''),
      'column', v.name,
      'constant', case when v.name is null then m.value -> 'static_value' end,
      'labels', (select jsonb_object_agg(k, k) from jsonb_array_elements_text(case jsonb_typeof(m.value -> 'key_labels') when 'array' then m.value -> 'key_labels' else '[]' end) as k),
      'fixed', coalesce((select jsonb_object_agg(s.key, s.value) from jsonb_each_text(case jsonb_typeof(m.value -> 'static_labels') when 'object' then m.value -> 'static_labels' else '{}' end) as s), '{}')
        || case when nullif(m.value ->> 'value_label', '') is not null and v.name is not null then jsonb_build_object(m.value ->> 'value_label', v.name) else '{}' end,
      'at', nullif(m.value ->> 'timestamp_value', ''))) as part
    from metric as m
    left join lateral jsonb_array_elements_text(case jsonb_typeof(m.value -> 'values') when 'array' then m.value -> 'values' else '[]' end) with ordinality as v (name, place) on true
  )
  select p.collector || '_' || p.called, max(p.query), coalesce(max(p.every), ''), coalesce(doc #>> '{global,scrape_timeout}', ''),
    jsonb_agg(p.part order by p.place, p.value_place), null::jsonb, '{}'::text[],
    case
      when max(p.query) is null then format('there is no query "%s"', p.called)
      when bool_or(p.part ->> 'type' not in ('counter', 'gauge')) then 'type: must be counter or gauge'
    end
  from part as p
  group by p.collector, p.called
  order by min(p.place);
end;

comment on function _noetl.sql_exporter_query(jsonb) is
  'The queries of a collector file, or a configuration, of sql_exporter (burningalchemist''s and free''s), in the form of _noetl.imported_query(jsonb, text): metrics of one query_ref are one.';
