-- First in every transaction that installs: what cannot work is refused in one line, and nothing that others made is executed or trusted.
set local search_path = pg_catalog, pg_temp;
set local quote_all_identifiers = off;
set local default_transaction_isolation = 'read committed';
set local extra_float_digits = 1;
set local check_function_bodies = on;
do $$
declare
  member text := case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end;
  fault text;
  remedy text;
begin
  if current_setting('server_version_num')::integer < 150000 then
    raise exception 'PostgreSQL %: must be 15 or later', current_setting('server_version');
  elsif getdatabaseencoding() <> 'UTF8' then
    raise exception 'database %: its encoding is %, and noetl-metrics needs UTF8', quote_ident(current_database()), getdatabaseencoding()
      using hint = format('create database metrics template template0 encoding ''UTF8'', or dump this one and restore it into such a one.');
  elsif current_setting('transaction_read_only') = 'on' then
    raise exception 'database %: it is read-only%', quote_ident(current_database()), case when pg_is_in_recovery() then ', as the server is a standby' else '' end
      using hint = case when pg_is_in_recovery() then 'Install on the primary.' else format('alter database %I reset default_transaction_read_only', current_database()) end;
  end if;
  select format('%s is %s by default', s.name, s.reset_val), format('alter database %I reset %s (or alter role %I reset %2$s)', current_database(), s.name, current_user)
  into fault, remedy
  from pg_settings as s
  where (s.name, s.reset_val) in (('standard_conforming_strings', 'off'), ('quote_all_identifiers', 'on'));
  if fault is not null then
    raise exception 'database %: %, with which noetl-metrics does not work', quote_ident(current_database()), fault using hint = remedy;
  end if;

  select string_agg(o.what, ', ' order by o.what desc) into fault
  from (
    select distinct f.what
    from pg_namespace as n
    cross join lateral (
      select format('schema %I of %s', n.nspname, n.nspowner::regrole) as what
      where not pg_has_role(n.nspowner, current_user, member)
      union all
      select format('schema %I, in which %s may create', n.nspname, case a.grantee when 0 then 'everybody' else a.grantee::regrole::text end)
      from aclexplode(n.nspacl) as a
      where a.privilege_type = 'CREATE' and (a.grantee = 0 or not pg_has_role(a.grantee, current_user, member))
      union all
      select pg_describe_object(d.classid, d.objid, 0) || ' of ' || m.owner::regrole
      from pg_depend as d
      cross join lateral (
        select c.relowner from pg_class as c where d.classid = 'pg_class'::regclass and c.oid = d.objid
        union all
        select p.proowner from pg_proc as p
        where d.classid = 'pg_proc'::regclass and p.oid = d.objid
          -- those that read with the rights of others are these others', and so are triggers on tables of theirs
          and n.nspname not in ('_noetl_rights', '_noetl_track')
        union all
        select t.typowner from pg_type as t where d.classid = 'pg_type'::regclass and t.oid = d.objid
        union all
        select p.oprowner from pg_operator as p where d.classid = 'pg_operator'::regclass and p.oid = d.objid
        union all
        select c.collowner from pg_collation as c where d.classid = 'pg_collation'::regclass and c.oid = d.objid
      ) as m (owner)
      where d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and not pg_has_role(m.owner, current_user, member)
      union all
      select format('trigger %I on %s, whose function %s belongs to %s', t.tgname, t.tgrelid::regclass, t.tgfoid::regprocedure, p.proowner::regrole)
      from pg_class as c
      join pg_trigger as t on t.tgrelid = c.oid
      join pg_proc as p on p.oid = t.tgfoid
      where c.relnamespace = n.oid and not pg_has_role(p.proowner, current_user, member)
    ) as f
    where n.nspname in ('noetl', '_noetl', '_noetl_track', '_noetl_rights', '_noetl_extension')
    order by 1 desc
    limit 5
  ) as o;
  if fault is not null then
    raise exception 'refused to install as %: others could have what they made run with its rights: %', current_user, fault
      using errcode = 'insufficient_privilege',
        hint = format('Install as the role that the installation belongs to (set role), or drop what is not yours, or give it to %I.', current_user);
  end if;

  if to_regclass('_noetl.migration') is null and not has_database_privilege(current_database(), 'create') and to_regnamespace('_noetl') is null then
    raise exception 'database %: % may not create schemas in it', quote_ident(current_database()), quote_ident(current_user)
      using errcode = 'insufficient_privilege', hint = format('grant create on database %I to %I', current_database(), current_user);
  end if;
  -- several that begin at once find nothing, and make it one after another
  while to_regclass('_noetl.migration') is null loop
    begin
      create schema if not exists _noetl;
      create table if not exists _noetl.migration (id serial primary key, name varchar(255) not null, run_on timestamp not null);
    exception when unique_violation or duplicate_schema or duplicate_table then
      null;
    end;
  end loop;
  -- for a table or view: who waits for a busy one makes its writers wait
  set local lock_timeout = '500ms';
  -- And of the two that wait for each other it is the install that gives up, and comes again: a writer looks after a second, who may say so
  -- looks at once. Anybody else needs a second in which nobody has a busy view and needs another.
  if has_parameter_privilege('deadlock_timeout', 'set') then
    set local deadlock_timeout = '10ms';
  end if;
end
$$;
