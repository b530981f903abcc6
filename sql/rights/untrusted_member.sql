create or replace function _noetl.untrusted_member(schema text)
returns text
language sql
stable
parallel safe
begin atomic
  select o.what
  from pg_namespace as n
  cross join lateral (
    select format('schema %I of %s', n.nspname, _noetl.schema_owner(n.oid)::regrole) as what
    where not _noetl.is_trusted(_noetl.schema_owner(n.oid))
    union all
    select format('schema %I, in which %s may create', n.nspname, case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end)
    from aclexplode(n.nspacl) as a
    where a.privilege_type = 'CREATE' and (a.grantee = 0 or not _noetl.is_trusted(a.grantee))
    union all
    select pg_describe_object(d.classid, d.objid, 0) || ' of ' || m.owner::regrole
    from pg_depend as d
    cross join lateral (
      select c.relowner from pg_class as c where d.classid = 'pg_class'::regclass and c.oid = d.objid
      union all
      select p.proowner from pg_proc as p where d.classid = 'pg_proc'::regclass and p.oid = d.objid
      union all
      select t.typowner from pg_type as t where d.classid = 'pg_type'::regclass and t.oid = d.objid
      union all
      select p.oprowner from pg_operator as p where d.classid = 'pg_operator'::regclass and p.oid = d.objid
    ) as m (owner)
    where d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and not _noetl.is_trusted(m.owner)
  ) as o
  where n.nspname = schema
  limit 1;
end;

comment on function _noetl.untrusted_member(text) is
  'What belongs to a role that the installation''s owner does not trust in a schema whose functions it calls: the schema, something in it, or the right to create there. Null: nothing, or there is no such schema.';
