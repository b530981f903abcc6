create or replace function _noetl.check_collected(view text)
returns void
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
-- what looks through the catalog for anything is a costly plan over a few rows
set jit = off
as $$
declare
  untrusted text := _noetl.untrusted_code(array[format('pg_temp.%I', view)::regclass::oid]);
begin
  if untrusted is not null then
    raise exception 'it would run or read % with the rights of %', untrusted, current_user
      using errcode = 'insufficient_privilege', hint = 'Add it with run_as => that role.';
  end if;
end
$$;

comment on function _noetl.check_collected(text) is 'Raises an error if a temporary view, which a collector''s query has been made, uses what belongs to a role that the installation''s owner does not trust.';
