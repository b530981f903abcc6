create or replace view _noetl.privilege_fault as
with role as (
  select 'public' as name, 0::oid as oid
  union all
  select r.name, to_regrole(r.name)::oid from _noetl.role as r where r.present
),
held as (
  select 'pg_namespace'::regclass as catalog, n.oid as object, n.nspowner as owner, a.grantee, a.grantor, lower(a.privilege_type) as privilege, null::text as "column"
  from pg_namespace as n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) as a
  where n.nspname in ('noetl', '_noetl', '_noetl_track')
  union all
  select 'pg_proc'::regclass, f.oid, f.proowner, a.grantee, a.grantor, lower(a.privilege_type), null
  from pg_proc as f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a
  where f.pronamespace in (select n.oid from pg_namespace as n where n.nspname in ('noetl', '_noetl', '_noetl_track'))
  union all
  select 'pg_class'::regclass, c.oid, c.relowner, a.grantee, a.grantor, lower(a.privilege_type), null
  from pg_class as c, aclexplode(c.relacl) as a
  where c.relnamespace in ('noetl'::regnamespace, '_noetl'::regnamespace)
  union all
  select 'pg_class'::regclass, c.oid, c.relowner, a.grantee, a.grantor, lower(a.privilege_type), t.attname
  from pg_class as c
  join pg_attribute as t on t.attrelid = c.oid
  cross join aclexplode(t.attacl) as a
  where c.relnamespace in ('noetl'::regnamespace, '_noetl'::regnamespace)
),
actual as (
  select r.name as role, h.catalog, h.object, h.privilege, h."column"
  from held as h
  join role as r on r.oid = h.grantee
  where h.grantor = h.owner
),
wanted as (
  select r.name as role, w.catalog, w.object, w.privilege, c."column"
  from _noetl.wanted_privilege as w
  join role as r on r.name = w.role
  left join lateral unnest(w.columns) as c ("column") on true
),
fault as (
  select 'grant' as act, 'to' as direction, d.* from (select * from wanted except select * from actual) as d
  union all
  select 'revoke', 'from', d.* from (select * from actual except select * from wanted) as d
)
select
  f.role,
  format('%s %s%s on %s %s %s %s', f.act, f.privilege, ' (' || string_agg(quote_ident(f."column"), ', ' order by f."column") || ')',
    case f.catalog when 'pg_namespace'::regclass then 'schema' when 'pg_proc'::regclass then 'routine' else 'table' end, i.identity, f.direction, f.role) as statement
from fault as f
cross join lateral pg_identify_object(f.catalog, f.object, 0) as i
group by f.act, f.direction, f.role, f.privilege, f.catalog, f.object, i.identity, f."column" is null
order by statement;

comment on view _noetl.privilege_fault is
  'One row is one statement that is missing for the roles that are there, and everybody (public), to have the privileges of _noetl.wanted_privilege on what is ours, and no others of its owner''s giving.';
