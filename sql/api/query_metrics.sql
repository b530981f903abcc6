create or replace function noetl.query_metrics(filter jsonb default '{}')
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  most integer := _noetl.check_filter(filter, 10000);
begin
  return _noetl.sample_page('_noetl.sample_json', _noetl.sample_condition(filter), filter, most);
end
$$;

comment on function noetl.query_metrics(jsonb) is
  'Stored samples, the latest first, as {metrics: [...], next_cursor}. filter: any of metric_name (or name), runtime_id, component, component_type, metric_type, labels (contained in the sample''s), start_time (from), end_time (before), limit (1 to 10000; 100), cursor (next_cursor of the page before; null when there is no more).';
