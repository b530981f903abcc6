create or replace function _noetl.pgwatch_query(doc jsonb, preset text)
returns table (name text, query text, every text, timeout text, parts jsonb, rest jsonb, notes text[], refused text)
language sql
stable
parallel safe
begin atomic
  select 'pgwatch_' || m.key, s.query,
    coalesce(
      doc #>> array['presets', preset, 'metrics', m.key],
      (select min((p.value -> 'metrics' ->> m.key)::numeric)::text from jsonb_each(doc -> 'presets') as p where p.value -> 'metrics' ->> m.key ~ '^\d+$' and jsonb_typeof(doc -> 'presets') = 'object'),
      '60'),
    coalesce(m.value ->> 'statement_timeout_seconds', ''),
    '[]'::jsonb,
    jsonb_strip_nulls(jsonb_build_object(
      'prefix', format('pgwatch_%s_', case when doc -> 'metrics' ? (m.value ->> 'storage_name') then m.key else coalesce(nullif(m.value ->> 'storage_name', ''), m.key) end),
      'type', 'counter',
      'gauges', coalesce(m.value -> 'gauges', '[]'),
      'tags', true,
      'help', nullif(regexp_replace(split_part(btrim(m.value ->> 'description'), '. ', 1), '\s+', ' ', 'g'), ''))),
    array_remove(array[
      case when m.value ->> 'init_sql' <> '' then 'it has an init_sql, which is not run' end,
      case when m.value ->> 'node_status' = 'standby' then 'it is meant for standbys' end], null),
    case
      when s.query is null then format('it has no SQL for PostgreSQL %s', current_setting('server_version_num')::integer / 10000)
      when btrim(s.query, E'; \t\r\n') = '' then 'it has no query of its own'
      when s.query ~* '^\s*show\M' then 'its query is none of PostgreSQL'
    end
  from jsonb_each(doc -> 'metrics') as m
  left join lateral (
    select v.value as query
    from jsonb_each_text(case jsonb_typeof(m.value -> 'sqls') when 'object' then m.value -> 'sqls' else '{}' end) as v
    where v.key ~ '^\d+(\.\d+)?$' and v.key::numeric <= current_setting('server_version_num')::numeric / 10000
    order by v.key::numeric desc
    limit 1
  ) as s on true
  where jsonb_typeof(m.value) = 'object' and (preset is null or doc #> array['presets', preset, 'metrics'] ? m.key)
  order by m.key;
end;

comment on function _noetl.pgwatch_query(jsonb, text) is
  'The metrics of pgwatch, of one of its presets (null: all), in the form of _noetl.imported_query(jsonb, text): the SQL for this server''s version.';
