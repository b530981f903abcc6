create or replace function _noetl.posted_limit_fault(sample jsonb, is_known boolean, most _noetl.intake_limit)
returns text
language sql
stable
parallel safe
return coalesce(
  case when not is_known then _noetl.series_size_fault(sample ->> 'metric_name', sample -> 'labels', most) end,
  _noetl.sample_size_fault(sample ->> 'help_text', sample ->> 'unit', sample -> 'metadata', most),
  case when sample ? 'timestamp' then _noetl.ahead_fault('timestamp', (sample ->> 'timestamp')::timestamptz, most) end);

comment on function _noetl.posted_limit_fault(jsonb, boolean, _noetl.intake_limit) is
  'Which limit a sample exceeds that _noetl.posted_fault() finds sound, as "field: rule"; null: none. is_known: as there.';
