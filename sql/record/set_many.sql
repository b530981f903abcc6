create or replace function noetl.set_many(gauges jsonb, runtime_id bigint default null)
returns bigint
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
begin atomic
  select _noetl.record_many('gauge', gauges, 'value', runtime_id);
end;

comment on function noetl.set_many(jsonb, bigint) is
  'noetl.set() for an array of {name, value, labels?, metadata?}; returns how many. All or nothing: the first bad item is named by its list, index, field and rule.';
