create or replace function noetl.remove_idle_series(at timestamptz default now())
returns text[]
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  running text[] := _noetl.running_transactions();
  batch record;
  removed text[] := array[]::text[];
begin
  perform _noetl.require_read_committed();
  perform _noetl.take_lock('fold');
  perform noetl.fold();
  for batch in select * from _noetl.retirement as r order by r.retired_at loop
    if batch.open_transactions is null then
      update _noetl.retirement as r
      set open_transactions = running, until = pg_snapshot_xmax(pg_current_snapshot())
      where r.retired_at = batch.retired_at;
    elsif not batch.open_transactions && running and not exists (
        select from pg_prepared_xacts as x where x.database = current_database() and age(x.transaction) >= age(batch.until::xid))
    then
      removed := removed || _noetl.remove_series(batch.retired_at);
      delete from _noetl.retirement as r where r.retired_at = batch.retired_at;
    end if;
  end loop;

  with retired as (
    update _noetl.series as s
    set retired_at = now()
    where s.canonical_id in (select _noetl.idle_series(at)) and s.retired_at is null
    returning 1
  )
  insert into _noetl.retirement (retired_at) select now() where exists (select from retired);
  if found then
    update _noetl.feed set retired_by = pg_current_xact_id();
  end if;

  return removed;
end
$$;

comment on function noetl.remove_idle_series(timestamptz) is
  'Removes series without samples whose owner does not need them any more, and families left without series unless they were declared; returns the names of the series. Takes three calls for a series: one retires it, so that a new sample registers it again; one notes the transactions that may not have seen that; one removes it when these are over. Its history stays in the archive. Call it in a transaction of its own.';
