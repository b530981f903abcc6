create or replace function _noetl.fingerprint(runtime_id bigint, metric_type text, metric_name text, labels jsonb)
returns bigint
language sql
immutable
parallel safe
return hashint8extended(runtime_id, hashtextextended(metric_type, hashtextextended(metric_name, jsonb_hash_extended(labels, 0))));

comment on function _noetl.fingerprint(bigint, text, text, jsonb) is
  'The series_id of a sample: the same expression that the generated column noetl.metric.series_id has.';
