create or replace view _noetl.found_library as
select l.adapter, n.nspname::text as schema, l.library ->> 'title' as title,
  case when c.relname <> l.library ->> 'table' then c.relname::text end as renamed
from _noetl.known_library() as l
join pg_class as c on c.relkind in ('r', 'p') and (c.relname = l.library ->> 'table' or (l.library -> 'renamable')::boolean) and not c.relispartition
join pg_namespace as n on n.oid = c.relnamespace and n.nspname not in ('_noetl', 'noetl', 'pg_catalog', 'information_schema')
where (not l.library ? 'function'
    or exists (select from pg_proc as p where p.pronamespace = n.oid and p.proname = l.library ->> 'function'))
  and exists (
  select from jsonb_array_elements(l.library -> 'columns') as alternative
  where alternative <@ (
    select jsonb_agg(a.attname) from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped));

comment on view _noetl.found_library is 'One row is one job library that is in this database: its main table, with all the columns of a version that is known.';
comment on column _noetl.found_library.renamed is 'What that table is called here; null: as the library calls it.';
