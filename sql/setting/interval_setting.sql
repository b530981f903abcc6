create or replace function _noetl.interval_setting(setting_name text)
returns interval
language sql
stable
parallel safe
begin atomic
  select nullif(s.value, 'infinity')::interval from noetl.setting as s where s.name = setting_name;
end;

comment on function _noetl.interval_setting(text) is 'A setting as an interval; null: infinity, for what is kept for ever, or no setting of that name.';
