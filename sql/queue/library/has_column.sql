create or replace function _noetl.has_column(relation regclass, name text)
returns boolean
language sql
stable
parallel safe
begin atomic
  select exists (
    select from pg_attribute as a
    where a.attrelid = relation and a.attname = has_column.name and a.attnum > 0 and not a.attisdropped);
end;

comment on function _noetl.has_column(regclass, text) is 'Whether a table has a column of this name; false where there is no table.';
