-- Code that this install did not touch belongs to an earlier release. create or replace writes an object's
-- catalogue row anew, so what carries another transaction's id was not replaced by this one.
do $$
declare
  leftover record;
begin
  for leftover in
    select 'view' as kind, c.oid::regclass::text as object, c.oid
    from pg_class as c
    join pg_rewrite as r on r.ev_class = c.oid and r.rulename = '_RETURN'
    where c.relkind = 'v'
      and c.relnamespace in ('noetl'::regnamespace, '_noetl'::regnamespace)
      and r.xmin <> pg_current_xact_id()::xid
    union all
    select 'routine', p.oid::regprocedure::text, p.oid
    from pg_proc as p
    where p.pronamespace in ('noetl'::regnamespace, '_noetl'::regnamespace)
      and p.xmin <> pg_current_xact_id()::xid
    order by oid desc -- dependents first; what somebody else built on it makes the install fail, and stays
  loop
    raise notice 'retiring % %', leftover.kind, leftover.object;
    execute format('drop %s if exists %s', leftover.kind, leftover.object);
  end loop;
end
$$;
