create or replace function _noetl.import_definition(name text, query text, every interval, timeout interval, parts jsonb, columns jsonb, search_path text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'name', import_definition.name,
    'query', _noetl.imported_statement(import_definition.query, parts, columns),
    'every', least(greatest(import_definition.every, interval '1 second'), s.longest),
    'timeout', least(greatest(import_definition.timeout, interval '1 millisecond'), interval '1 minute'),
    'max_rows', _noetl.integer_setting('max_series'),
    'search_path', import_definition.search_path,
    'value_columns', (
      select jsonb_object_agg('#' || e.place, jsonb_strip_nulls(jsonb_build_object(
        'name', e.part ->> 'name', 'type', e.part ->> 'type', 'help', e.part ->> 'help', 'at', case when e.part ? 'at' then '#at' end)))
      from jsonb_array_elements(parts) with ordinality as e (part, place))::text)
  from (select date_trunc('second', _noetl.interval_setting('staleness') * 0.8) as longest) as s;
end;

comment on function _noetl.import_definition(text, text, interval, interval, jsonb, jsonb, text) is
  'What _noetl.set_collector() takes for an imported query: its interval below the setting staleness, and as many rows as a family may have series.';
