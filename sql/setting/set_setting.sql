create or replace function noetl.set_setting(name text, value text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  kind text := (select s.value_type from noetl.setting as s where s.name = set_setting.name);
  valid boolean;
begin
  if kind is null then
    raise exception 'name: there is no setting "%"', name
      using errcode = 'invalid_parameter_value', hint = 'select name, description from noetl.setting';
  end if;
  if value is null then
    raise exception 'value: a setting cannot be null'
      using errcode = 'invalid_parameter_value', hint = format('select noetl.reset_setting(%L) brings its default back', name);
  end if;
  begin
    valid := case kind
      when 'interval' then value::interval > interval '0'
        and (name <> 'scrape_interval' or value::interval between interval '1 second' and interval '5 minutes')
      when 'retention' then value = 'infinity' or value::interval > interval '0'
      when 'boolean' then value::boolean is not null
      when 'integer' then value::integer > 0
      else cardinality(value::double precision[]) > 0
        and value::double precision[] = array(select distinct v from unnest(value::double precision[]) as v where v < 'Infinity' order by v)
    end;
  exception when data_exception then
    valid := false;
  end;
  if not valid then
    raise exception 'value: setting "%" takes %, not "%"', name, case kind
        when 'interval' then case name when 'scrape_interval' then 'an interval from 1 second to 5 minutes' else 'an interval longer than zero' end
        when 'retention' then 'an interval longer than zero, or infinity' when 'boolean' then 'on or off' when 'integer' then 'an integer above 0' else 'ascending finite numbers' end, value
      using errcode = 'invalid_parameter_value';
  end if;
  insert into _noetl.setting_override as o (name, value)
  values (set_setting.name, set_setting.value)
  on conflict on constraint setting_override_pkey do update set value = excluded.value, changed_at = excluded.changed_at;
end
$$;

comment on function noetl.set_setting(text, text) is
  'Changes a setting at once and for every session; see the view noetl.setting. An unknown name or a value of the wrong kind is an error. Inverse: noetl.reset_setting(text).';
