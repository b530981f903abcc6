create or replace function _noetl.reader_function(role oid, volatility "char")
returns regprocedure
language sql
stable
parallel safe
begin atomic
  select p.oid::regprocedure
  from pg_proc as p
  where p.pronamespace = '_noetl_rights'::regnamespace and p.proowner = role and p.prosecdef and p.provolatile = volatility
    and p.proname = case volatility when 's' then 'read_' else 'plan_' end || md5(pg_get_userbyid(role));
end;

comment on function _noetl.reader_function(oid, "char") is
  'The function that runs a statement with the rights of a role (see _noetl.make_reader()): s, a query; v, an explain. Null: there is none.';
