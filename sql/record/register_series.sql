create or replace function _noetl.register_series(runtime_id bigint, metric_type text, metric_name text, labels jsonb)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  component bigint := _noetl.writing_component(runtime_id);
  label_set jsonb := coalesce(labels, '{}');
  id bigint := _noetl.fingerprint(component, metric_type, metric_name, label_set);
begin
  if exists (select from _noetl.known_series(component, metric_type, metric_name, label_set))
    or exists (
      select from _noetl.pending_series as s
      where s.series_id = id and s.labels = label_set and s.metric_name = register_series.metric_name and s.runtime_id = component)
  then
    return null;
  end if;
  insert into _noetl.pending_series (series_id, runtime_id, metric_name, metric_type, labels)
  select coalesce(id, 0), component, coalesce(metric_name, ''), metric_type, label_set;
  return coalesce(
    _noetl.new_series_fault(array[coalesce(id, 0)]),
    case when metric_type in ('histogram', 'summary') and _noetl.sample_part(metric_type, metric_name, label_set) <> 'o' then
      format('name: an observation of "%s": the endings _bucket, _sum and _count and the label quantile are the page''s own', metric_name)
    end);
end
$$;

comment on function _noetl.register_series(bigint, text, text, jsonb) is
  'Registers the series of a recorded event at first sight; returns why it must not exist, as "field: rule", for the caller to raise; null: it may. Null runtime_id: as in _noetl.writing_component().';
