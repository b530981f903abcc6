create or replace function _noetl.is_served(relation regclass, name text)
returns boolean
language sql
stable
parallel safe
begin atomic
  select exists (
      select from pg_attribute as a
      where a.attrelid = relation and quote_ident(a.attname) = name and a.attnum > 0 and not a.attisdropped)
    and (
      coalesce((select sum(pg_relation_size(t.relid)) from pg_partition_tree(relation) as t), pg_relation_size(relation)) < 8388608
      or exists (
        select from pg_index as i
        join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) and quote_ident(a.attname) = name
        where i.indrelid = relation and i.indisvalid));
end;

comment on function _noetl.is_served(regclass, text) is
  'Whether a table has a column and its latest rows by that are found without reading a large table: it has an index with that column, or is small.';
