create or replace function noetl.install_preset(preset text)
returns table (name text, metric_type text, done text)
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted noetl.preset_metric;
  before _noetl.family;
  after _noetl.family;
begin
  if not exists (select from noetl.preset_metric as m where m.preset = install_preset.preset) then
    raise exception 'preset: there is no preset "%"', preset
      using errcode = 'invalid_parameter_value', column = 'preset',
        hint = 'There are ' || (select string_agg(distinct m.preset, ', ' order by m.preset) from noetl.preset_metric as m) || '.';
  end if;
  for wanted in
    select m.* from noetl.preset_metric as m where m.preset = install_preset.preset order by m.name collate "C"
  loop
    select f.* into before from _noetl.family as f where f.name = wanted.name;
    perform noetl.declare_metric(
      wanted.name, wanted.metric_type, wanted.help, wanted.unit, wanted.buckets, per_component => wanted.per_component);
    update _noetl.family as f
    set
      starts_at_zero = wanted.starts_at_zero,
      first_series_at = case
        when wanted.starts_at_zero and exists (select from _noetl.series as s where s.family_id = f.family_id) then coalesce(f.first_series_at, now())
        else f.first_series_at
      end
    where f.name = wanted.name and f.starts_at_zero <> wanted.starts_at_zero;
    select f.* into after from _noetl.family as f where f.name = wanted.name;
    before.first_series_at := after.first_series_at;
    name := wanted.name;
    metric_type := wanted.metric_type;
    done := case
      when before.family_id is null then 'declared'
      when before is distinct from after then 'changed'
      else 'was so already'
    end;
    return next;
  end loop;
  if preset = 'postgres' then
    insert into _noetl.collector as o (name, enabled)
    select c.name, true
    from _noetl.postgres_collector as c
    where case c.name
        when 'postgres_wal_files' then has_function_privilege('pg_ls_waldir()', 'execute')
        when 'postgres_statements' then exists (select from pg_extension as e where e.extname = 'pg_stat_statements')
        else true end
    on conflict on constraint collector_pkey do update set enabled = true, changed_at = excluded.changed_at;
    if _noetl.missing_monitor() is not null then
      raise notice '%', _noetl.missing_monitor()
        using hint = format('As a superuser: grant pg_monitor to %I; create extension pg_stat_statements. Then install the preset again.', current_user);
    end if;
  end if;
end
$$;

comment on function noetl.install_preset(text) is
  'Declares the metric families of a preset (hodei, xyn, noetl, operations, postgres; see noetl.preset_metric) and says of each what it did: declared, changed, or was so already. All or nothing: a name that is in use with another type is an error. Harmless to repeat. Help, unit and buckets become the preset''s again. postgres: also turns the collectors on that fill them, and says in a notice what the installation''s owner may not see; noetl.disable_collector(name) turns one off.';
