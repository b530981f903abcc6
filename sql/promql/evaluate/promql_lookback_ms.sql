create or replace function _noetl.promql_lookback_ms()
returns bigint
language sql
stable
parallel safe
return coalesce(nullif(current_setting('noetl.promql_lookback_ms', true), '')::bigint, 300000);

comment on function _noetl.promql_lookback_ms() is
  'How long a sample is a series'' current value, in milliseconds, unless the series is marked stale: five minutes, as in Prometheus, or what the query has asked for (_noetl.take_options()).';
