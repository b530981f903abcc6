-- Code that this install did not touch belongs to an earlier release. create or replace writes an object's
-- catalogue row anew, so what carries an earlier transaction's id was not replaced by this one. Later ones are its own:
-- a client may install inside savepoints, each of which has an id of its own, and nobody else gets at the code meanwhile.
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
      and age(r.xmin) > 0
    union all
    select 'routine', p.oid::regprocedure::text, p.oid
    from pg_proc as p
    where p.pronamespace in ('noetl'::regnamespace, '_noetl'::regnamespace)
      and age(p.xmin) > 0
    order by oid desc -- dependents first; what somebody else built on it makes the install fail, and stays
  loop
    raise notice 'retiring % %', leftover.kind, leftover.object;
    execute format('drop %s if exists %s', leftover.kind, leftover.object);
  end loop;
end
$$;
