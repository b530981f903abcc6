create or replace function _noetl.schema_owner(schema oid)
returns oid
language sql
stable
parallel safe
begin atomic
  select case when n.nspowner = to_regrole('pg_database_owner') then d.datdba else n.nspowner end
  from pg_namespace as n
  join pg_database as d on d.datname = current_database()
  where n.oid = schema;
end;

comment on function _noetl.schema_owner(oid) is 'The role that may rename a schema and put another in its place; for pg_database_owner, the owner of the database.';
