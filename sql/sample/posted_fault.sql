create or replace function _noetl.posted_fault(sample jsonb, is_known boolean)
returns text
language sql
stable
parallel safe
return coalesce(
  case when sample ->> 'runtime_id' !~ '^\d{1,18}$' then 'runtime_id: must be a whole number' end,
  'timestamp: ' || _noetl.time_fault(sample ->> 'timestamp'),
  _noetl.reported_fault(sample, is_known));

comment on function _noetl.posted_fault(jsonb, boolean) is
  'What is wrong with one sample as a client sent it, as "field: rule"; null: nothing that can be told by itself. is_known: its type, name and labels are those of a series.';
