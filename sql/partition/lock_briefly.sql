create or replace function _noetl.lock_briefly(tables regclass[])
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  patience timestamptz := clock_timestamp() + _noetl.interval_setting('maintenance_patience');
begin
  perform _noetl.stop_vacuum(tables);
  loop
    begin
      execute (select string_agg(format('lock table only %s in access exclusive mode', t), ';' order by place)
        from unnest(tables) with ordinality as each (t, place));
      return;
    exception when lock_not_available then
      if clock_timestamp() > patience then
        raise;
      end if;
    end;
    perform pg_sleep(0.2); -- whoever has waited behind us goes first
  end loop;
end
$$;

comment on function _noetl.lock_briefly(regclass[]) is
  'Locks tables against everybody, trying again and again for as long as the setting maintenance_patience; nobody waits longer than one try, maintenance_lock_timeout. No lock by then is an error (lock_not_available).';
