create or replace function _noetl.collect_outcomes(queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set row_security = off
set lock_timeout = '200ms'
as $$
declare
  statement text := _noetl.outcome_statement(queue);
  last _noetl.queue_collection;
  since timestamptz;
  snapshot pg_snapshot;
  ended jsonb;
begin
  if statement is null then
    return;
  end if;
  select c.* into last from _noetl.queue_collection as c where c.queue_id = queue.queue_id;
  -- what an open transaction has finished may bear the time at which that began; clocks of others may be slow
  select least(clock_timestamp(), min(a.xact_start)) - interval '1 minute' into since
  from pg_stat_activity as a
  where a.backend_xid is not null;
  execute statement
  into ended, snapshot
  using coalesce(last.outcomes_read_at, 'infinity'), coalesce(last.outcomes_read, pg_current_snapshot());
  if last.outcomes_read_at is not null then
    perform _noetl.record_outcomes(queue, ended);
  end if;
  insert into _noetl.queue_collection as c (queue_id, collected_at, succeeded, duration_seconds, outcomes_read, outcomes_read_at)
  values (queue.queue_id, clock_timestamp(), true, 0, snapshot, since)
  on conflict on constraint queue_collection_pkey do update set
    outcomes_read = excluded.outcomes_read, outcomes_read_at = excluded.outcomes_read_at;
end
$$;

comment on function _noetl.collect_outcomes(_noetl.queue) is
  'Records how jobs ended that were committed since the last call, each once; the first call only notes where to begin. A job that ends in a subtransaction which is open at that moment may be missed.';
