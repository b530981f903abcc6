create or replace function _noetl.is_trusted(role oid)
returns boolean
language sql
stable
parallel safe
begin atomic
  select pg_has_role(role, n.nspowner, case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end)
  from pg_namespace as n
  where n.nspname = '_noetl';
end;

comment on function _noetl.is_trusted(oid) is
  'Whether a role could act as the installation''s owner anyway: it is the owner (of the schema _noetl), a superuser, or may take the owner''s role. Code that belongs to any other role is never run with the owner''s rights.';
