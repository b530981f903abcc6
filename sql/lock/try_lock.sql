create or replace function _noetl.try_lock(name text)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform from _noetl.lock as l where l.name = try_lock.name for update skip locked;
  if not found and not exists (select from _noetl.lock as l where l.name = try_lock.name) then
    insert into _noetl.lock (name) values (try_lock.name) on conflict do nothing;
  end if;
  return found;
end
$$;

comment on function _noetl.try_lock(text) is 'As _noetl.take_lock(), without waiting; false: somebody else has it.';
