create or replace function noetl.query_operational_metrics(filter jsonb default '{}')
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  most integer := _noetl.check_filter(filter, 1000);
  window_length interval := _noetl.window_length(filter ->> 'time_window');
  sought jsonb := _noetl.operational_filter(filter);
  answer jsonb;
begin
  execute format(
    case when window_length is null then _noetl.operational_page() else _noetl.operational_windows() end,
    _noetl.sample_condition(sought) || ' and s.labels ? ''category''')
  into answer
  using
    sought,
    coalesce(_noetl.given_time('start_time', filter ->> 'start_time'), '-infinity'),
    _noetl.given_time('end_time', filter ->> 'end_time'),
    _noetl.cursor_time(filter ->> 'cursor'),
    most,
    window_length;
  return answer;
end
$$;

comment on function noetl.query_operational_metrics(jsonb) is
  'Operational metrics, the latest first, as {metrics: [...], next_cursor}. filter: any of metric_type (the category), name, service, start_time (from), end_time (before), limit (1 to 1000; 100), cursor. With time_window, such as 5m, as {time_window, windows: [...]} with count, min, max, avg, sum, p50, p95 and p99 of each name and service in each window.';
