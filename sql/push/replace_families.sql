create or replace function _noetl.replace_families(samples _noetl.pushed_sample[], runtime_id bigint, whole_group boolean)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  replaced integer[];
begin
  perform _noetl.take_lock('fold');
  perform noetl.fold();
  replaced := array(
    select distinct f.family_id
    from _noetl.push_conflict(samples) as c
    join _noetl.family as f on f.family_id = c.other_id
    where not f.declared
      and not exists (
        select from _noetl.series as s
        join noetl.runtime as r on r.runtime_id = s.runtime_id
        where s.family_id = f.family_id
          and (not r.keeps_values or exists (
            select from _noetl.pushed_family as p
            where p.runtime_id = s.runtime_id and p.name = f.name
              and (p.runtime_id is distinct from replace_families.runtime_id or not whole_group and p.name <> c.family)))));
  delete from _noetl.pushed_family as p
  using _noetl.family as f
  where p.runtime_id = replace_families.runtime_id and p.name = f.name and f.family_id = any (replaced);
  delete from _noetl.series as s where s.family_id = any (replaced);
  delete from _noetl.family as f where f.family_id = any (replaced);
  -- sessions remember which series they know
  update _noetl.feed set retired_by = pg_current_xact_id();
end
$$;

comment on function _noetl.replace_families(_noetl.pushed_sample[], bigint, boolean) is
  'Forgets the families in the way of a push that are on the page for nobody but the group itself, if it replaces them, and their history: so that a job may change a type. The caller holds the lock push alone.';
