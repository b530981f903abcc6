create or replace function _noetl.give_function(signature text, role oid)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  routine regprocedure := signature::regprocedure;
  schema regnamespace := (select p.pronamespace from pg_proc as p where p.oid = routine);
  lacks_create boolean := not has_schema_privilege(role, schema, 'create');
begin
  if (select p.proowner = role from pg_proc as p where p.oid = routine) then
    return;
  end if;
  if not pg_has_role(current_user, role, 'usage') then
    raise exception 'rights: % belongs to %, with whose rights alone it may be read, and % may not take them', schema, role::regrole, current_user
      using errcode = 'insufficient_privilege', hint = format('grant %s to %I', role::regrole, current_user);
  end if;
  if lacks_create then
    execute format('grant create on schema %s to %s', schema, role::regrole);
  end if;
  execute format('alter function %s owner to %s', routine, role::regrole);
  if lacks_create then
    execute format('revoke create on schema %s from %s', schema, role::regrole);
  end if;
end
$$;

comment on function _noetl.give_function(text, oid) is 'Makes a role the owner of a function of ours, which is then run with its rights. The role may not replace it, for want of create on the schema.';
