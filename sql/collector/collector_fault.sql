create or replace function _noetl.collector_fault(
  name text, query text, every interval, timeout interval, max_rows integer, value_columns jsonb)
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  staleness interval := _noetl.interval_setting('staleness');
begin
  return case
    when coalesce(name, '') = '' or length(name) > 200 then 'name: must be 1 to 200 characters'
    when name like 'queue:%' or exists (select from _noetl.collector_default as d where d.name = collector_fault.name) then
      format('name: %s is %s; noetl.change_collector() changes it', name,
        case when name like 'queue:%' then 'of a registered queue' else 'a built-in collector' end)
    when coalesce(query, '') = '' then 'query: must not be empty'
    when every is null or every < interval '1 second' or every >= staleness then
      format('every: must be at least 1 second and less than %s, after which a value is taken for stale (the setting staleness)', staleness)
    when timeout is null or timeout < interval '1 millisecond' or timeout > interval '1 minute' then
      'timeout: must be between 1 millisecond and 1 minute'
    when max_rows is null or max_rows < 1 then 'max_rows: must be 1 or more'
    when value_columns is not null and (jsonb_typeof(value_columns) <> 'object' or value_columns = '{}'
        or exists (select from jsonb_path_query(value_columns, '$.*') as c where jsonb_typeof(c) <> 'object')) then
      'value_columns: must be {"<column>": {"name"?, "type"?, "help"?, "unit"?, "buckets"?}, …}' end;
end
$$;

comment on function _noetl.collector_fault(text, text, interval, interval, integer, jsonb) is 'What is wrong with a collector''s definition, as "field: rule"; null: nothing.';
