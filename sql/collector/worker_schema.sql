create or replace function _noetl.worker_schema()
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
-- what looks through the catalog for anything is a costly plan over a few rows
set jit = off
as $$
declare
  schema text := (select s.worker_schema from _noetl.collector_schedule as s);
  untrusted text := _noetl.untrusted_member(schema);
begin
  if untrusted is not null then
    raise exception 'the functions of graphile-worker would run with the rights of %, but there is %', current_user, untrusted
      using errcode = 'insufficient_privilege', hint = 'Give the schema and all in it to the owner of the schema _noetl.';
  end if;
  return schema;
end
$$;

comment on function _noetl.worker_schema() is 'The schema whose functions plan ticks, after a look at who could have changed them; null: no server has started yet.';
