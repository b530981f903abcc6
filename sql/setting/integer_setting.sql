create or replace function _noetl.integer_setting(setting_name text)
returns integer
language sql
stable
parallel safe
begin atomic
  select s.value::integer from noetl.setting as s where s.name = setting_name;
end;

comment on function _noetl.integer_setting(text) is 'A setting as an integer; null: no setting of that name.';
