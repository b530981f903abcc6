create or replace function noetl.set_setting(name text, value text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  known noetl.setting := (select s from noetl.setting as s where s.name = set_setting.name);
  valid boolean;
begin
  if known.name is null then
    raise exception 'name: there is no setting "%"', name
      using errcode = 'invalid_parameter_value', hint = 'select name, description from noetl.setting';
  end if;
  if value is null then
    raise exception 'value: a setting cannot be null'
      using errcode = 'invalid_parameter_value', hint = format('select noetl.reset_setting(%L) brings its default back', name);
  end if;
  begin
    valid := case known.value_type
      -- longer ones lead out of the years that a timestamp can have
      when 'interval' then value::interval > interval '0'
        and value::interval between coalesce(known.least, '0')::interval and coalesce(known.most, '1000 years')::interval
      when 'retention' then value = 'infinity' or value::interval > interval '0' and value::interval <= interval '1000 years'
      when 'boolean' then value::boolean is not null
      when 'integer' then value::integer between coalesce(known.least, '1')::integer and coalesce(known.most, '2147483647')::integer
      when 'text' then value ~ '^[^[:cntrl:]]{0,1000}$'
      when 'labels' then jsonb_typeof(value::jsonb) = 'object' and not exists (
        select from jsonb_each(value::jsonb) as l where jsonb_typeof(l.value) <> 'string' or l.key !~ '^[a-zA-Z_][a-zA-Z0-9_]*$')
      else cardinality(value::double precision[]) between 1 and 1000
        and value::double precision[] = array(select distinct v from unnest(value::double precision[]) as v where v < 'Infinity' order by v)
    end;
  exception when data_exception then
    valid := false;
  end;
  if not valid then
    raise exception 'value: setting "%" takes %, not "%"', name, case
        when known.most is not null then format('an %s from %s to %s', known.value_type, known.least, known.most)
        when known.value_type = 'interval' then 'an interval longer than zero and of 1000 years at most'
        when known.value_type = 'retention' then 'an interval longer than zero and of 1000 years at most, or infinity'
        when known.value_type = 'boolean' then 'on or off'
        when known.value_type = 'integer' then 'an integer above 0'
        when known.value_type = 'text' then 'one line of at most 1,000 characters'
        when known.value_type = 'labels' then 'a JSON object of strings'
        else 'at most 1000 ascending finite numbers' end, value
      using errcode = 'invalid_parameter_value';
  end if;
  insert into _noetl.setting_override as o (name, value)
  values (set_setting.name, set_setting.value)
  on conflict on constraint setting_override_pkey do update set value = excluded.value, changed_at = excluded.changed_at;
end
$$;

comment on function noetl.set_setting(text, text) is
  'Changes a setting at once and for every session; see the view noetl.setting. An unknown name or a value of the wrong kind is an error. Inverse: noetl.reset_setting(text).';
