create or replace function _noetl.quarantine_families(error_code text, error text)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  families text[];
  culprits jsonb := jsonb '{}';
begin
  families := array(
    select p.family from _noetl.pending_sample as p
    union
    select f.name
    from _noetl.unread(null) as u
    join _noetl.series as s using (series_id)
    join _noetl.family as f using (family_id)
    where f.name not in (select q.family from _noetl.quarantine as q));
  -- conflicts, locks, a full disk and a server that stops are no family's fault
  if error_code !~ '^(25|40|53|55|57|58)' then
    culprits := _noetl.unfoldable(families, families);
  end if;
  if culprits = '{}' then
    raise exception '%', error using errcode = error_code;
  end if;
  insert into _noetl.quarantine (family, error)
  select c.key, c.value from jsonb_each_text(culprits) as c;
  raise warning 'metric families in quarantine, because they cannot be folded: %', culprits;
end
$$;

comment on function _noetl.quarantine_families(text, text) is
  'Finds the families because of which a fold failed with this error and puts them into quarantine; raises the error again where it is no family''s. Called by the fold alone.';
