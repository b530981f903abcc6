create or replace function _noetl.recorded_series(runtime_id bigint, metric_type text, metric_name text, labels jsonb)
returns bigint
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
      where s.series_id = id and s.labels = label_set and s.metric_name = recorded_series.metric_name and s.runtime_id = component)
  then
    return id;
  end if;
  insert into _noetl.pending_series (series_id, runtime_id, metric_name, metric_type, labels)
  select coalesce(id, 0), component, coalesce(metric_name, ''), metric_type, label_set;
  perform _noetl.check_new_series(array[coalesce(id, 0)]);
  if metric_type in ('histogram', 'summary') and _noetl.sample_part(metric_type, metric_name, label_set) <> 'o' then
    raise exception 'name: an observation of "%": the endings _bucket, _sum and _count and the label quantile are the page''s own', metric_name
      using errcode = 'check_violation';
  end if;
  return id;
end
$$;

comment on function _noetl.recorded_series(bigint, text, text, jsonb) is
  'The series_id of a recorded event; registers the series at first sight. Null runtime_id: as in _noetl.writing_component().';
