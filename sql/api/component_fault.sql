create or replace function _noetl.component_fault(report jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
    when jsonb_typeof(report) is distinct from 'object' then 'body: must be an object with component or runtime_id'
    when id.typeof not in ('number', 'string') or report ->> 'runtime_id' !~ '^\d{1,18}$' then 'runtime_id: must be a whole number'
    when c.typeof is null and id.typeof is null then 'runtime_id: must be a whole number, or component be given'
    when c.typeof is null then null
    when c.typeof <> 'object' then 'component: must be {"name": "...", "type": "..."}'
    when jsonb_typeof(c.component -> 'name') is distinct from 'string' or c.component ->> 'name' = '' then
      'component: name must be a string, not empty'
    when jsonb_typeof(c.component -> 'type') is distinct from 'string' or c.component ->> 'type' = '' then
      'component: type must be a string, not empty'
    when jsonb_typeof(c.component -> 'base_url') not in ('string', 'null') then 'component: base_url must be a string'
    when jsonb_typeof(c.component -> 'labels') not in ('object', 'null') then 'component: labels must be an object'
    when jsonb_typeof(c.component -> 'capacity') <> 'null'
      and (jsonb_typeof(c.component -> 'capacity') <> 'number' or c.component ->> 'capacity' !~ '^\d{1,9}$') then
      'component: capacity must be a whole number from 0 to 999999999'
  end
  from (
    select nullif(report -> 'component', 'null') as component, jsonb_typeof(nullif(report -> 'component', 'null')) as typeof
  ) as c
  cross join (select jsonb_typeof(nullif(report -> 'runtime_id', 'null')) as typeof) as id;
end;

comment on function _noetl.component_fault(jsonb) is
  'What is wrong with how a report says whose it is, as "field: rule"; null: nothing that can be told by itself.';
