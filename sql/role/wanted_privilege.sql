create or replace view _noetl.wanted_privilege as
with recursive
ours as (
  select 'pg_class'::regclass as catalog, c.oid as object, c.relname as name, c.relnamespace as schema, 'select' as privilege, c.relkind = 'v' as passes_on
  from pg_class as c
  where c.relnamespace in ('noetl'::regnamespace, '_noetl'::regnamespace) and c.relkind <> 'c'
  union all
  select 'pg_proc'::regclass, f.oid, f.proname, f.pronamespace, 'execute', not f.prosecdef
  from pg_proc as f
  where f.pronamespace in ('noetl'::regnamespace, '_noetl'::regnamespace)
),
listed as (
  select p.role, o.catalog, o.object, case p.privilege when 'use' then o.privilege else p.privilege end as privilege, p.columns
  from _noetl.role_privilege as p
  join ours as o on o.name = p.object and o.schema = 'noetl'::regnamespace
),
-- A view reads as its owner, but the functions in it, and all that is in a function which does not run as its owner, ask
-- for the rights of whoever uses the view.
uses as (
  select distinct coalesce(r.ev_class, d.objid) as object, d.refobjid as used, r.oid is null or d.refclassid = 'pg_proc'::regclass as as_user
  from pg_depend as d
  left join pg_rewrite as r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
  where d.deptype = 'n' and d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass) and d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass)
),
reached as (
  select l.role, l.object, true as as_user
  from listed as l
  where l.privilege in ('select', 'execute')
  union
  select r.role, u.used, u.as_user
  from reached as r
  join ours as o on o.object = r.object and o.passes_on
  join uses as u on u.object = r.object
),
wanted as (
  select 'noetl_reader' as role, 'pg_namespace'::regclass as catalog, 'noetl'::regnamespace::oid as object, 'usage' as privilege, null::text[] as columns
  union all
  select l.role, l.catalog, l.object, l.privilege, l.columns from listed as l
  union all
  select r.role, o.catalog, r.object, o.privilege, null
  from reached as r
  join ours as o on o.object = r.object
  where r.as_user
)
select distinct on (w.catalog, w.object, w.privilege) w.role, w.catalog, w.object, w.privilege, w.columns
from wanted as w
join _noetl.role as r on r.name = w.role
order by w.catalog, w.object, w.privilege, r.place;

comment on view _noetl.wanted_privilege is
  'One row is one privilege and the least role that needs it: _noetl.role_privilege and what follows from it. The private schema stays closed, so that what follows is of use only through what is listed.';
