create or replace function _noetl.floats_setting(setting_name text)
returns double precision[]
language sql
stable
parallel safe
begin atomic
  select s.value::double precision[] from noetl.setting as s where s.name = setting_name;
end;

comment on function _noetl.floats_setting(text) is 'A setting as a list of numbers; null: no setting of that name.';
