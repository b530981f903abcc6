create or replace function _noetl.untrusted_code(relations oid[])
returns text
language sql
stable
parallel safe
-- each step is a few look-ups by index, which the planner cannot know: by what it would do instead, 1 s instead of 3 ms
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
begin atomic
  with recursive reached (classid, objid) as (
    select 'pg_class'::regclass::oid, r.oid from unnest(relations) as r (oid)
    union
    select n.classid, n.objid
    from reached as r
    cross join lateral (
      -- a relation: its partitions, and what evaluates or plans a query of it
      select 'pg_class'::regclass::oid, i.inhrelid from pg_inherits as i where r.classid = 'pg_class'::regclass and i.inhparent = r.objid
      union all
      select 'pg_class'::regclass, i.indexrelid from pg_index as i where r.classid = 'pg_class'::regclass and i.indrelid = r.objid
      union all
      select 'pg_rewrite'::regclass, w.oid from pg_rewrite as w where r.classid = 'pg_class'::regclass and w.ev_class = r.objid and w.ev_type = '1'
      union all
      select 'pg_attrdef'::regclass, d.oid
      from pg_attrdef as d
      join pg_attribute as a on a.attrelid = d.adrelid and a.attnum = d.adnum and a.attgenerated <> ''
      where r.classid = 'pg_class'::regclass and d.adrelid = r.objid
      union all
      select 'pg_constraint'::regclass, c.oid from pg_constraint as c where r.classid = 'pg_class'::regclass and c.conrelid = r.objid and c.contype = 'c'
      union all
      select 'pg_policy'::regclass, p.oid from pg_policy as p where r.classid = 'pg_class'::regclass and p.polrelid = r.objid
      union all
      select 'pg_statistic_ext'::regclass, s.oid from pg_statistic_ext as s where r.classid = 'pg_class'::regclass and s.stxrelid = r.objid
      union all
      select 'pg_type'::regclass, a.atttypid
      from pg_attribute as a
      where r.classid = 'pg_class'::regclass and a.attrelid = r.objid and a.attnum > 0 and not a.attisdropped and a.atttypid >= 16384
      union all
      -- a type: what it is made of and made into
      select 'pg_proc'::regclass, c.castfunc from pg_cast as c where r.classid = 'pg_type'::regclass and r.objid in (c.castsource, c.casttarget) and c.castfunc >= 16384
      union all
      select 'pg_constraint'::regclass, c.oid from pg_constraint as c where r.classid = 'pg_type'::regclass and c.contypid = r.objid
      union all
      -- all but a table and a function: what its expressions use
      select d.refclassid, d.refobjid
      from pg_depend as d
      where d.classid = r.classid and d.objid = r.objid
        and d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass)
        and r.classid <> 'pg_proc'::regclass
        and (r.classid <> 'pg_class'::regclass or exists (select from pg_index as i where i.indexrelid = r.objid))
    ) as n (classid, objid)
  )
  select pg_describe_object(r.classid, r.objid, 0) || ' of ' || o.owner::regrole
  from reached as r
  cross join lateral (
    select c.relowner from pg_class as c where r.classid = 'pg_class'::regclass and c.oid = r.objid
    union all
    select p.proowner from pg_proc as p where r.classid = 'pg_proc'::regclass and p.oid = r.objid
    union all
    select t.typowner from pg_type as t where r.classid = 'pg_type'::regclass and t.oid = r.objid
    union all
    select p.oprowner from pg_operator as p where r.classid = 'pg_operator'::regclass and p.oid = r.objid
  ) as o (owner)
  where not _noetl.is_trusted(o.owner)
  order by 1
  limit 1;
end;

comment on function _noetl.untrusted_code(oid[]) is
  'What a query of these relations, or its planning, could run or read that belongs to a role which the installation''s owner does not trust: views and what they read, partitions, types and their casts, domains, generated columns, policies, functions and operators in expressions of indexes, constraints and statistics. Null: nothing.';
