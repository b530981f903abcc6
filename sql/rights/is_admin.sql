create or replace function _noetl.is_admin()
returns boolean
language sql
stable
parallel safe
return _noetl.is_trusted(to_regrole(quote_ident(current_user))) or coalesce(pg_has_role(current_user, to_regrole('noetl_admin'), 'usage'), true);

comment on function _noetl.is_admin() is
  'Whether the caller may do what noetl_admin may: what he declares and registers, a writer cannot change. Ask it where nothing has taken the owner''s rights yet; where there are no roles, everybody who may call anything is.';
