create or replace function _noetl.recorded_series(runtime_id bigint, metric_type text, metric_name text, labels jsonb)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := _noetl.register_series(runtime_id, metric_type, metric_name, labels);
begin
  if fault is not null then
    perform _noetl.count_rejected(fault);
    raise exception '%', fault
      using errcode = case when fault like 'runtime_id:%' then 'foreign_key_violation' else 'check_violation' end,
        schema = 'noetl', table = 'metric', column = split_part(fault, ':', 1);
  end if;
  return _noetl.fingerprint(_noetl.writing_component(runtime_id), metric_type, metric_name, coalesce(labels, '{}'));
end
$$;

comment on function _noetl.recorded_series(bigint, text, text, jsonb) is
  'The series_id of a recorded event; registers the series at first sight. Null runtime_id: as in _noetl.writing_component().';
