create or replace function _noetl.forget_changes()
returns void
language sql
volatile
parallel unsafe
begin atomic
  -- one change that is newer than all of them takes their place: what any reader has seen of them does not matter then
  with gone as (
    delete from _noetl.page_change as c
    where (coalesce(c.family_id, 0), coalesce(c.runtime_id, -1)) in (
      select coalesce(several.family_id, 0), coalesce(several.runtime_id, -1)
      from _noetl.page_change as several
      group by several.family_id, several.runtime_id
      having count(*) > 3 or max(several.xid::text::numeric) > pg_current_xact_id()::text::numeric)
    returning c.family_id, c.runtime_id
  )
  insert into _noetl.page_change (family_id, runtime_id)
  select distinct g.family_id, g.runtime_id
  from gone as g;
end;

comment on function _noetl.forget_changes() is
  'Makes one row of the rows of _noetl.page_change that speak of the same, where they have become many or were restored with ids of another cluster. Called by the fold alone.';
