create or replace function _noetl.relation_name(relation regclass)
returns text
language sql
stable
parallel safe
begin atomic
  select format('%I.%I', n.nspname, c.relname) from pg_class as c join pg_namespace as n on n.oid = c.relnamespace where c.oid = relation;
end;

comment on function _noetl.relation_name(regclass) is 'A table by schema and name, quoted, whatever the search path is.';
