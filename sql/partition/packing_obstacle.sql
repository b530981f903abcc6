create or replace function _noetl.packing_obstacle(partition regclass, copy regclass)
returns text
language sql
stable
parallel safe
begin atomic
  with own as (
    select
      side.is_copy,
      (select row(
          c.relkind, c.relpersistence, c.relowner, c.relacl, c.reloptions, c.reltablespace, c.relam, c.relrowsecurity, c.relforcerowsecurity,
          c.relreplident)::text
        from pg_class as c where c.oid = side.table_oid) as options,
      (select array_agg(row(
          a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attgenerated, a.attacl, a.attstattarget, a.attstorage, a.attcompression,
          array(select o from unnest(a.attoptions) as o where o like 'n\_distinct%'))::text order by a.attname)
        from pg_attribute as a where a.attrelid = side.table_oid and a.attnum > 0 and not a.attisdropped) as columns,
      -- indexes, constraints and triggers, and views, functions, foreign keys, policies or publications of somebody else
      (select array_agg(row(o.classid, o.objects)::text order by o.classid)
        from (
          select d.classid, count(distinct d.objid) as objects
          from pg_depend as d
          where d.refclassid = 'pg_class'::regclass and d.refobjid = side.table_oid
            and not (d.classid = 'pg_trigger'::regclass
              and exists (select from pg_trigger as t where t.oid = d.objid and t.tgfoid = '_noetl.on_packing_change'::regproc))
          group by d.classid
        ) as o) as dependents,
      exists (select from pg_description as d where d.classoid = 'pg_class'::regclass and d.objoid = side.table_oid and d.objsubid > 0) as commented
    from (values (false, partition::oid), (true, copy::oid)) as side (is_copy, table_oid)
  )
  select case
    when p.options is distinct from c.options then 'its owner, rights or options are its own'
    when p.columns is distinct from c.columns then 'its columns are its own'
    when p.dependents is distinct from c.dependents then 'something else depends on it, or it has indexes, constraints or triggers of its own'
    when p.commented then 'its columns have comments of their own'
  end
  from own as p
  join own as c on c.is_copy and not p.is_copy;
end;

comment on function _noetl.packing_obstacle(regclass, regclass) is
  'What somebody has given a partition that a copy of it, made like any other partition, does not have, so that it must stay as it is; null: nothing.';
