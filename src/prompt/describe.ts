/** The commands that begin with a backslash and ask the catalogue. A pattern is psql's: `noetl.*`, `metric*`; without a schema, what is visible. */
const kinds = `case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view' when 'm' then 'materialized view'
  when 'S' then 'sequence' when 'f' then 'foreign table' else c.relkind::text end`;

interface Catalogue {
  readonly title: string;
  /** Of $1, a pattern of the schema or null, and $2, one of the name. */
  readonly sql: string;
}

const relations = (title: string, relkinds: string): Catalogue => ({
  title,
  sql: `select n.nspname as "Schema", c.relname as "Name", ${kinds} as "Type", pg_get_userbyid(c.relowner) as "Owner",
      split_part(regexp_replace(obj_description(c.oid, 'pg_class'), '[.:;] .*', ''), chr(10), 1) as "Description"
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind = any ('{${relkinds}}') and not c.relispartition
      and case when $1::text is null then pg_table_is_visible(c.oid) and n.nspname not in ('pg_catalog', 'information_schema') else n.nspname ~ $1 end and c.relname ~ $2
    order by 1, 2`,
});

export const catalogues: Readonly<Record<string, Catalogue>> = {
  d: relations('List of relations', 'r,p,v,m,S,f'),
  dt: relations('List of tables', 'r,p'),
  dv: relations('List of views', 'v'),
  df: {
    title: 'List of functions',
    sql: `select n.nspname as "Schema", p.proname as "Name", pg_get_function_result(p.oid) as "Result", pg_get_function_arguments(p.oid) as "Arguments",
        split_part(regexp_replace(obj_description(p.oid, 'pg_proc'), '[.:;] .*', ''), chr(10), 1) as "Description"
      from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
      where case when $1::text is null then pg_function_is_visible(p.oid) and n.nspname not in ('pg_catalog', 'information_schema') else n.nspname ~ $1 end and p.proname ~ $2
      order by 1, 2, 4`,
  },
};

/** Of the one relation that a name without wildcards is: its columns, and what it is; $1 its name. */
export const columnsSql = `select a.attname as "Column", format_type(a.atttypid, a.atttypmod) as "Type", case when a.attnotnull then 'not null' else '' end as "Nullable",
    coalesce(pg_get_expr(d.adbin, d.adrelid), case when a.attidentity <> '' then 'identity' else '' end) as "Default", coalesce(col_description(a.attrelid, a.attnum), '') as "Description"
  from pg_attribute as a left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;
export const relationSql = `select format('%s "%s.%s"', initcap(${kinds}), n.nspname, c.relname) as title, obj_description(c.oid, 'pg_class') as comment,
    (select string_agg('    ' || pg_get_indexdef(i.indexrelid), chr(10) order by i.indexrelid) from pg_index as i where i.indrelid = c.oid) as indexes
  from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.oid = to_regclass($1)`;

/** A pattern as two regular expressions, of the schema (null: none is named) and of the name. */
export function patternOf(text: string): [schema: string | null, name: string] {
  const parts = text === '' ? ['*'] : text.split('.');
  const name = parts.pop() ?? '*';
  const schema = parts.pop();
  return [schema === undefined ? null : expressionOf(schema), expressionOf(name)];
}

function expressionOf(pattern: string): string {
  const escaped = pattern.toLowerCase().replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return `^(?:${escaped.replaceAll('*', '.*').replaceAll('?', '.')})$`;
}
