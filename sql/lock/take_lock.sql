create or replace function _noetl.take_lock(name text)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  loop
    perform from _noetl.lock as l where l.name = take_lock.name for update;
    exit when found;
    insert into _noetl.lock (name) values (take_lock.name) on conflict do nothing;
    exit when found;
  end loop;
end
$$;

comment on function _noetl.take_lock(text) is
  'Waits for a lock of the installation and keeps it to the end of the transaction. It is a row that only the owner can lock: anybody may take any advisory lock.';
