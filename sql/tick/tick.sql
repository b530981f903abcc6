create or replace procedure noetl.tick(within interval default '0')
language plpgsql
as $$
declare
  until pg_catalog.timestamptz;
  tick pg_catalog.jsonb;
  due pg_catalog.jsonb;
begin
  loop
    commit;
    set transaction isolation level read committed;
    set local search_path = pg_catalog, pg_temp;
    set local synchronous_commit = off; -- what a crash undoes is done again
    until := coalesce(until, clock_timestamp() + within);
    tick := noetl.begin_tick();
    due := tick -> 'due';
    while jsonb_array_length(due) > 0 loop
      commit;
      set transaction isolation level read committed;
      set local search_path = pg_catalog, pg_temp;
      set local synchronous_commit = off;
      due := noetl.run_work(due -> 0) || (due - 0);
    end loop;
    commit;
    set local search_path = pg_catalog, pg_temp;
    exit when (tick ->> 'next')::timestamptz > until;
    perform pg_sleep_until((tick ->> 'next')::timestamptz);
  end loop;
end
$$;

comment on procedure noetl.tick(interval) is
  'Does what is due and SQL can do, each in a short transaction of its own: collectors and queues, the sweep of silent components, fold, scrape, rules, alerts for targets of kind notify and sql, maintenance. It is for pg_cron or cron where no server runs, and does no harm beside one or twice at once. within: goes on with the ticks that follow until so much time has passed since the call, for a schedule that knows only minutes (''55 seconds'').
How long all of it may take is the caller''s statement_timeout, which bounds a collector that hangs: more than within, and set before the call (alter role … set statement_timeout = ''58s''). It commits, so that it runs in no transaction block and from no function.';
