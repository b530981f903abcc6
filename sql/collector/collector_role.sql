create or replace function _noetl.collector_role(caller name, run_as text)
returns name
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  wanted name := coalesce(run_as, caller);
begin
  if to_regrole(quote_ident(wanted)) is null then
    raise exception 'run_as: there is no role "%"', wanted using errcode = 'undefined_object';
  elsif wanted <> caller and not _noetl.is_trusted(quote_ident(caller)::regrole) and not pg_has_role(caller, wanted, 'usage') then
    raise exception 'run_as: % has not the rights of %', caller, wanted using errcode = 'insufficient_privilege';
  elsif _noetl.is_trusted(quote_ident(wanted)::regrole) then
    return null;
  elsif pg_has_role(current_user, wanted, 'usage') then
    return wanted;
  elsif run_as is null and to_regrole('noetl_admin') is not null and pg_has_role(current_user, 'noetl_admin', 'usage') then
    return 'noetl_admin';
  end if;
  raise exception 'run_as: % may not take the rights of %', current_user, wanted
    using errcode = 'insufficient_privilege', hint = format('grant %I to %I', wanted, current_user);
end
$$;

comment on function _noetl.collector_role(name, text) is
  'With whose rights a collector''s query runs that a caller adds: null, with those of the installation''s owner, because the caller could act as that anyway.';
