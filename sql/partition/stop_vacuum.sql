create or replace function _noetl.stop_vacuum(tables regclass[])
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
as $$
declare
  target regclass;
begin
  -- the server ends an autovacuum that somebody has waited for as long as deadlock_timeout
  perform set_config('lock_timeout', (extract(epoch from current_setting('deadlock_timeout')::interval) * 1000 + 1000)::integer::text, true);
  foreach target in array tables loop
    begin
      execute format('lock table only %s in share update exclusive mode', target);
    exception when lock_not_available or undefined_table then
      null; -- an ordinary VACUUM, or CREATE INDEX CONCURRENTLY: whoever needs the table for itself will meet it
    end;
  end loop;
end
$$;

comment on function _noetl.stop_vacuum(regclass[]) is
  'Ends the autovacuum of tables and keeps it away until the end of the transaction, by a lock that stands in nobody else''s way; so that a stronger one can then be had at once.';
