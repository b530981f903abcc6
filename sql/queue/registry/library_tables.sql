create or replace function _noetl.library_tables(adapter text, schema text, relation regclass)
returns jsonb
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  found _noetl.found_library;
  library jsonb;
begin
  if relation is null then
    return jsonb_build_object('schema', _noetl.found_schema(adapter, schema));
  end if;
  select l.* into found
  from _noetl.found_library as l
  where l.adapter = library_tables.adapter and to_regclass(format('%I.%I', l.schema, coalesce(l.renamed, (select c.relname from pg_class as c where c.oid = relation)))) = relation;
  if found is null then
    raise exception 'relation: % has not the columns that the main table of % should have', _noetl.relation_name(relation), adapter
      using errcode = 'invalid_parameter_value', hint = 'select * from noetl.detect_queues()';
  end if;
  select k.library into library from _noetl.known_library() as k where k.adapter = library_tables.adapter;
  return jsonb_build_object('schema', found.schema, 'tables', (
    select nullif(jsonb_object_agg(t.name, c.relname), '{}')
    from (
      select library ->> 'table' as name, relation::oid as oid where found.renamed is not null
      union all
      select r.key, f.confrelid
      from jsonb_each_text(library -> 'references') as r
      join pg_attribute as a on a.attrelid = relation and a.attname = r.value
      join pg_constraint as f on f.conrelid = relation and f.contype = 'f' and f.conkey = array[a.attnum]
    ) as t
    join pg_class as c on c.oid = t.oid
    where c.relname <> t.name));
end
$$;

comment on function _noetl.library_tables(text, text, regclass) is
  'Where the tables of a library are, as options of its queue: schema, and tables, those that have another name than the library gives them. relation: its main table; null: by its name.';
