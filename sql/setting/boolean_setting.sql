create or replace function _noetl.boolean_setting(setting_name text)
returns boolean
language sql
stable
parallel safe
begin atomic
  select s.value::boolean from noetl.setting as s where s.name = setting_name;
end;

comment on function _noetl.boolean_setting(text) is 'A setting as on or off; null: no setting of that name.';
