create or replace function _noetl.make_reader(role oid)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  volatility text;
  signature text;
begin
  if _noetl.reader_function(role, 's') is not null and _noetl.reader_function(role, 'v') is not null then
    return;
  end if;
  -- on a cluster of its own at the other end of a dump, the role may be one that this name belonged to
  foreach volatility in array '{stable,volatile}'::text[] loop
    signature := format('_noetl_rights.%s%s(text, timestamptz, pg_snapshot, jsonb)',
      case volatility when 'stable' then 'read_' else 'plan_' end, md5(pg_get_userbyid(role)));
    execute format($sql$create or replace function %s
returns setof record
language plpgsql
%s
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set row_security = off
set timezone = 'UTC'
as $body$
begin
  -- What the statement runs can set, write and defer nothing that outlives it: its transaction is read-only and rolled back.
  begin
    if $4 ? 'search_path' then
      perform set_config('search_path', $4 ->> 'search_path', true);
    end if;
    perform set_config('transaction_read_only', 'on', true);
    return query execute $1 using $2, $3, $4;
    raise exception using errcode = 'NR000';
  exception when sqlstate 'NR000' then
    null;
  end;
end
$body$
$sql$, signature, volatility);
    execute format('comment on function %s is %L', signature, 'Runs a statement with the rights of its owner, and undoes what else it does; see _noetl.read_as().');
    execute format('revoke all on function %s from public', signature);
    perform _noetl.give_function(signature, role);
  end loop;
end
$$;

comment on function _noetl.make_reader(oid) is
  'Makes the functions that read with the rights of a role, unless they are there. insufficient_privilege: the installation''s owner is neither a superuser nor a member of that role.';
