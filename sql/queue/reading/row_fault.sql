create or replace function _noetl.row_fault(relation regclass, reader oid, expression text)
returns text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  tree text;
  fault text;
begin
  if reader is not null or _noetl.untrusted_name(expression) is not null then
    -- not parsed here: that could run what is not ours
    return (
      select format('%s() may not depend on its arguments alone', p.proname)
      from regexp_matches(regexp_replace(expression, '''[^'']*''', '', 'g'), '(\w+)"?\s*(?:\(|$|\s)', 'g') as m (name)
      join pg_proc as p on p.proname = lower(m.name[1]) and p.provolatile <> 'i' and not _noetl.depends_on_settings(p)
        and not (select bool_or(o.provolatile = 'i') from pg_proc as o where o.proname = p.proname)
      order by 1 limit 1);
  end if;
  execute format('create temporary table noetl_probe (like %s)', relation);
  execute format('create temporary view noetl_probed as select (%s) as probed from pg_temp.noetl_probe as j', expression);
  select r.ev_action::text into tree from pg_rewrite as r where r.ev_class = to_regclass('pg_temp.noetl_probed');
  fault := case
    when tree like '%{SUBLINK %' then 'it has a subquery'
    when tree like '%{SQLVALUEFUNCTION %' then 'it depends on the time or the session'
    else (
      select format('%s does not depend on its arguments alone', p.oid::regprocedure)
      from regexp_matches(tree, ':(?:op)?funcid (\d+)', 'g') as m (id)
      join pg_proc as p on p.oid = m.id[1]::oid
      where p.provolatile = 'v' or p.provolatile = 's' and not _noetl.depends_on_settings(p)
      order by 1 limit 1) end;
  raise exception '%', coalesce(fault, '') using errcode = 'NPROW';
exception
  when sqlstate 'NPROW' then
    return nullif(sqlerrm, '');
  when others then
    return sqlerrm;
end
$$;

comment on function _noetl.row_fault(regclass, oid, text) is
  'Why an expression does not depend on a table''s row alone, so that triggers cannot keep count by it; null: it does, but for settings that triggers and readings pin. reader: with whose rights the table is read, null: those of the installation''s owner.';
