create or replace function noetl.run_work(work jsonb)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '30s'
set jit = off
set plan_cache_mode = force_generic_plan
set extra_float_digits = 1
set standard_conforming_strings = on
set quote_all_identifiers = off
set datestyle = iso
set intervalstyle = postgres
set bytea_output = hex
set timezone = 'UTC'
as $$
declare
  kind text := work ->> 'kind';
  name text := work ->> 'name';
  statement text;
begin
  if kind = 'collector' then
    -- the time of all is over: the next tick begins with those that are left, for it runs what was slow last
    if not _noetl.timed_out() then
      perform noetl.run_collector(name, (work ->> 'beat')::timestamptz);
    end if;
    return jsonb '[]';
  elsif kind = 'tasks' then
    return coalesce(
      (select jsonb_agg(jsonb_build_object('kind', 'part', 'name', run_work.work ->> 'name', 'statement', l) order by n)
       from _noetl.listed_work(name) with ordinality as l (l, n)), jsonb '[]');
  elsif kind = 'part' then
    -- nothing but what the task still lists, whatever the caller says
    statement := (select l from _noetl.listed_work(name) as l where l = run_work.work ->> 'statement' limit 1);
  else
    statement := (select p.statement from _noetl.periodic_task as p where p.name = run_work.work ->> 'name' and not p.listed);
  end if;
  if statement is not null then
    execute statement;
  end if;
  return jsonb '[]';
exception
  when query_canceled then
    if not _noetl.timed_out() then
      raise;
    end if;
    raise warning '% took longer than statement_timeout', name;
    return jsonb '[]';
  when others then
    raise warning '% failed: %', name, sqlerrm;
    return jsonb '[]';
end
$$;

comment on function noetl.run_work(jsonb) is
  'For noetl.tick(): runs one of the things that noetl.begin_tick() has claimed, and returns what there is to run after it, each in a transaction of its own. What fails is a warning, so that the others go on; a collector that fails is on the page, too.';
