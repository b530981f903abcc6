create or replace function _noetl.import_one(definition jsonb, before _noetl.collector, dry_run boolean, caller name)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  after _noetl.collector;
begin
  begin
    perform _noetl.set_collector(definition, caller);
    select c.* into after from _noetl.collector as c where c.name = definition ->> 'name';
    before.changed_at := after.changed_at;
    -- what a person has disabled stays so
    if before.name is not null and not before.enabled then
      after.enabled := false;
      perform noetl.change_collector(after.name, enabled => false);
    end if;
    if dry_run then
      raise exception using errcode = 'NP900', message = 'undone';
    end if;
  exception when sqlstate 'NP900' then
    null; -- it is only asked what would become of it
  end;
  return case when before.name is null then 'added' when before is distinct from after then 'changed' else 'unchanged' end;
end
$$;

comment on function _noetl.import_one(jsonb, _noetl.collector, boolean, name) is
  'Adds an imported collector, or changes it, as _noetl.set_collector() does, which tries it once; dry_run: undoes it again. Returns what became of it: added, changed or unchanged.';
