create or replace function _noetl.reporting_component(report jsonb)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  component jsonb := nullif(report -> 'component', 'null');
begin
  if jsonb_typeof(report) is distinct from 'object' then
    raise exception 'body: must be an object with runtime_id or component, and metrics' using errcode = 'invalid_parameter_value';
  end if;
  if component is null then
    if coalesce(report ->> 'runtime_id', '') !~ '^\d{1,18}$' then
      raise exception 'runtime_id: must be a whole number, or component be given' using errcode = 'invalid_parameter_value';
    end if;
    if not exists (select from noetl.runtime as r where r.runtime_id = (report ->> 'runtime_id')::bigint) then
      raise exception 'runtime_id: there is no component %', report ->> 'runtime_id' using errcode = 'foreign_key_violation';
    end if;
    return (report ->> 'runtime_id')::bigint;
  end if;
  if jsonb_typeof(component -> 'name') is distinct from 'string' or component ->> 'name' = ''
      or jsonb_typeof(component -> 'type') is distinct from 'string' or component ->> 'type' = '' then
    raise exception 'component: must be {"name": "...", "type": "..."}, neither of them empty' using errcode = 'invalid_parameter_value';
  end if;
  if component - array['name', 'type'] = '{}' then
    return _noetl.component_id(component ->> 'name', component ->> 'type');
  end if;
  if jsonb_typeof(coalesce(component -> 'labels', '{}')) <> 'object' or coalesce(component ->> 'capacity', '0') !~ '^\d{1,9}$' then
    raise exception 'component: labels must be an object and capacity a whole number' using errcode = 'invalid_parameter_value';
  end if;
  return noetl.register_runtime(
    component ->> 'name', component ->> 'type', component ->> 'base_url', coalesce(component -> 'labels', '{}'),
    coalesce(component -> 'capabilities', '{}'), (component ->> 'capacity')::integer, coalesce(component -> 'runtime', '{}'));
end
$$;

comment on function _noetl.reporting_component(jsonb) is
  'The runtime_id that a report is of: its runtime_id, or its component {name, type, base_url?, labels?, capabilities?, capacity?, runtime?}, which is registered at first sight, and again whenever it says more than name and type.';
