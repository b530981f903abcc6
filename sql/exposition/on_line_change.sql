create or replace function _noetl.on_line_change()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into _noetl.page_change (family_id) select distinct c.family_id from changed as c;
  -- a family that stood in the lines of another is one of its own again
  if tg_op = 'DELETE' and tg_relid = '_noetl.family'::regclass and exists (select from _noetl.family as f where f.name like '%\_created') then
    insert into _noetl.page_change default values;
  end if;
  return null;
end
$$;

comment on function _noetl.on_line_change() is 'Notes the families of which a statement has changed what the page shows.';

do $$
declare
  source regclass;
begin
  foreach source in array array['_noetl.state', '_noetl.distribution', '_noetl.family']::regclass[] loop
    if not exists (select from pg_trigger where tgrelid = source and tgname = 'page_sees_insert') then
      execute format(
        'create trigger page_sees_insert after insert on %s referencing new table as changed for each statement execute function _noetl.on_line_change()',
        source);
      execute format(
        'create trigger page_sees_update after update on %s referencing new table as changed for each statement execute function _noetl.on_line_change()',
        source);
      execute format(
        'create trigger page_sees_delete after delete on %s referencing old table as changed for each statement execute function _noetl.on_line_change()',
        source);
    end if;
  end loop;
end
$$;
