import type { TestDatabase } from './database.ts';

/** Everything that an install makes, as the catalogue tells it, except the partitions: they are those of the day. */
export async function catalogue(db: Pick<TestDatabase, 'rows'>): Promise<string[]> {
  const rows = await db.rows<{ entry: string }>(`
    with mine as (select oid from pg_namespace where nspname in ('noetl', '_noetl'))
    select format('relation %s %s %s %s', c.oid::regclass, c.relkind, c.reloptions, obj_description(c.oid, 'pg_class')) as entry
    from pg_class as c where c.relnamespace in (table mine)
    union all
    select format('column %s.%s %s %s %s %s %s %s', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
    from pg_attribute as a join pg_class as c on c.oid = a.attrelid left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace in (table mine) and a.attnum > 0 and not a.attisdropped
    union all
    select format('index %s', pg_get_indexdef(i.indexrelid)) from pg_index as i join pg_class as c on c.oid = i.indrelid where c.relnamespace in (table mine)
    union all
    select format('constraint %s %s %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) from pg_constraint as k where k.connamespace in (table mine)
    union all
    select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger as t join pg_class as c on c.oid = t.tgrelid
    where c.relnamespace in (table mine) and not t.tgisinternal
    union all
    select format('view %s %s', c.oid::regclass, pg_get_viewdef(c.oid)) from pg_class as c where c.relnamespace in (table mine) and c.relkind in ('v', 'm')
    union all
    select format('routine %s %s %s', p.oid::regprocedure, case p.prokind when 'a' then 'aggregate' else pg_get_functiondef(p.oid) end, obj_description(p.oid, 'pg_proc'))
    from pg_proc as p where p.pronamespace in (table mine)
    union all
    select format('type %s %s', t.oid::regtype, obj_description(t.oid, 'pg_type')) from pg_type as t where t.typnamespace in (table mine) and t.typtype in ('d', 'e')
    union all
    select format('schema %s %s %s', n.nspname, n.nspacl, obj_description(n.oid, 'pg_namespace')) from pg_namespace as n where n.oid in (table mine)
    union all
    select format('privileges %s %s', c.oid::regclass, c.relacl) from pg_class as c where c.relnamespace in (table mine) and c.relacl is not null
    union all
    select format('privileges %s %s', p.oid::regprocedure, p.proacl) from pg_proc as p where p.pronamespace in (table mine)
    union all
    select format('privileges %s.%s %s', a.attrelid::regclass, a.attname, a.attacl) from pg_attribute as a join pg_class as c on c.oid = a.attrelid
    where c.relnamespace in (table mine) and a.attacl is not null
    union all
    select format('migration %s', m.name) from _noetl.migration as m`);
  return rows.map((row) => row.entry).filter((entry) => !/\bmetric_\d{8}/.test(entry)).toSorted();
}
