create or replace function _noetl.reporting_component(report jsonb)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  component jsonb := nullif(report -> 'component', 'null');
  fault text := _noetl.component_fault(report);
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value';
  end if;
  if component is null then
    if not exists (select from noetl.runtime as r where r.runtime_id = (report ->> 'runtime_id')::bigint) then
      raise exception 'runtime_id: there is no component %', report ->> 'runtime_id' using errcode = 'foreign_key_violation';
    end if;
    return (report ->> 'runtime_id')::bigint;
  end if;
  if component - array['name', 'type'] = '{}' then
    return _noetl.component_id(component ->> 'name', component ->> 'type');
  end if;
  return _noetl.put_component(
    component ->> 'name', component ->> 'type', component ->> 'base_url', coalesce(nullif(component -> 'labels', 'null'), '{}'),
    coalesce(component -> 'capabilities', '{}'), (component ->> 'capacity')::integer, coalesce(component -> 'runtime', '{}'));
end
$$;

comment on function _noetl.reporting_component(jsonb) is
  'The runtime_id that a report is of: its runtime_id, or its component {name, type, base_url?, labels?, capabilities?, capacity?, runtime?}, which is registered at first sight, and again whenever it says more than name and type.';
