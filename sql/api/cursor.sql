create or replace function _noetl.cursor(at timestamptz, metric_id bigint)
returns text
language sql
immutable
parallel safe
return format('%s_%s', (extract(epoch from at - timestamptz '2000-01-01 00:00:00+00') * 1000000)::bigint, metric_id);

comment on function _noetl.cursor(timestamptz, bigint) is 'Where a page of samples ended: microseconds since 2000 and the metric_id of its last.';
