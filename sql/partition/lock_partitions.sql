create or replace function _noetl.lock_partitions()
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('lock_timeout', '0', true);
  perform _noetl.take_lock('partition');
  perform set_config('lock_timeout', greatest(1, (extract(epoch from _noetl.interval_setting('maintenance_lock_timeout')) * 1000)::integer)::text, true);
end
$$;

comment on function _noetl.lock_partitions() is
  'Waits until no other session maintains partitions, then bounds every other wait for a lock by the setting maintenance_lock_timeout, until the function that calls it ends (it sets lock_timeout in its header).';
