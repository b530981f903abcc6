create or replace function _noetl.foreign_dependent(schemas name[])
returns table (object text)
language sql
stable
parallel safe
begin atomic
  with ours as (
    select 'pg_class'::regclass as catalog, c.oid from pg_class as c where c.relnamespace in (select n.oid from pg_namespace as n where n.nspname = any (schemas))
    union all
    select 'pg_proc'::regclass, p.oid from pg_proc as p where p.pronamespace in (select n.oid from pg_namespace as n where n.nspname = any (schemas))
    union all
    select 'pg_type'::regclass, t.oid from pg_type as t where t.typnamespace in (select n.oid from pg_namespace as n where n.nspname = any (schemas))
    union all
    select 'pg_opclass'::regclass, o.oid from pg_opclass as o where o.opcnamespace in (select n.oid from pg_namespace as n where n.nspname = any (schemas))
  )
  select distinct pg_describe_object(o.catalog, o.oid, 0)
  from ours as u
  join pg_depend as d on d.refclassid = u.catalog and d.refobjid = u.oid and d.deptype in ('n', 'a')
  left join pg_rewrite as r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
  left join pg_trigger as t on d.classid = 'pg_trigger'::regclass and t.oid = d.objid
  left join pg_attrdef as a on d.classid = 'pg_attrdef'::regclass and a.oid = d.objid
  left join pg_constraint as k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
  left join pg_policy as y on d.classid = 'pg_policy'::regclass and y.oid = d.objid
  cross join lateral (
    select case when s.relation is null then d.classid else 'pg_class'::regclass end as catalog, coalesce(s.relation, d.objid) as oid
    from (select coalesce(r.ev_class, t.tgrelid, a.adrelid, nullif(k.conrelid, 0), y.polrelid) as relation) as s
  ) as o
  cross join lateral pg_identify_object(o.catalog, o.oid, 0) as i
  where i.schema is not null and not i.schema = any (schemas::text[]);
end;

comment on function _noetl.foreign_dependent(name[]) is
  'One row is one object in another schema that needs something in these: a view, a function, a table with a trigger, default or index of theirs.';
