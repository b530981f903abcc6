create or replace function _noetl.postgres_exporter_query(doc jsonb)
returns table (name text, query text, every text, timeout text, parts jsonb, rest jsonb, notes text[], refused text)
language sql
stable
parallel safe
begin atomic
  select n.key, n.value ->> 'query', coalesce(n.value ->> 'cache_seconds', ''), '', m.parts,
    jsonb_build_object('prefix', n.key || '_', 'type', 'untyped', 'labels', m.labels, 'known', m.known),
    array_remove(array[
      case when m.discarded > 0 then format('%s columns are DISCARD', m.discarded) end,
      case when m.unknown <> '' then format('no usage is known for %s', m.unknown) end], null),
    case
      when r.range is not null and not r.fits then format('runonserver: %s is not this server''s version', r.range)
      when jsonb_typeof(n.value -> 'metrics') is distinct from 'array' then 'it has no metrics'
    end
  from jsonb_each(doc) as n
  cross join lateral (
    select
      coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'column', c.key,
        'name', n.key || '_' || c.key || case c.usage when 'DURATION' then '_milliseconds' else '' end,
        'type', case c.usage when 'COUNTER' then 'counter' when 'HISTOGRAM' then 'histogram' else 'gauge' end,
        'as', case c.usage when 'MAPPEDMETRIC' then 'mapped' when 'HISTOGRAM' then 'histogram' when 'DURATION' then 'milliseconds' end,
        'mapping', c.value -> 'metric_mapping',
        'help', nullif(c.value ->> 'description', '')))
        order by e.place) filter (where c.usage in ('COUNTER', 'GAUGE', 'MAPPEDMETRIC', 'HISTOGRAM', 'DURATION')), '[]') as parts,
      coalesce(jsonb_object_agg(c.key, c.key) filter (where c.usage = 'LABEL'), '{}') as labels,
      coalesce(jsonb_agg(c.key), '[]') as known,
      count(*) filter (where c.usage = 'DISCARD') as discarded,
      coalesce(string_agg(c.key, ', ') filter (where c.usage not in ('COUNTER', 'GAUGE', 'MAPPEDMETRIC', 'HISTOGRAM', 'DURATION', 'LABEL', 'DISCARD')), '') as unknown
    from jsonb_array_elements(case jsonb_typeof(n.value -> 'metrics') when 'array' then n.value -> 'metrics' else '[]' end) with ordinality as e (item, place)
    cross join lateral (select k.key, k.value, upper(k.value ->> 'usage') as usage from jsonb_each(e.item) as k) as c
  ) as m
  cross join lateral (
    select n.value ->> 'runonserver' as range, coalesce(bool_and(case b.bound[1]
      when '>=' then v.version >= b.version when '>' then v.version > b.version when '<=' then v.version <= b.version when '<' then v.version < b.version
      when '!=' then v.version <> b.version else v.version = b.version end), true) as fits
    from (select array[current_setting('server_version_num')::integer / 10000, current_setting('server_version_num')::integer % 10000, 0] as version) as v
    cross join lateral (
      select w.bound, array[w.bound[2]::integer, coalesce(w.bound[3]::integer, 0), coalesce(w.bound[4]::integer, 0)] as version
      from regexp_matches(n.value ->> 'runonserver', '(>=|<=|!=|>|<|=?)\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?', 'g') as w (bound)
    ) as b
  ) as r
  where jsonb_typeof(n.value) = 'object' and n.value ? 'query';
end;

comment on function _noetl.postgres_exporter_query(jsonb) is
  'The queries of a queries.yaml of postgres_exporter, in the form of _noetl.imported_query(jsonb, text).';
