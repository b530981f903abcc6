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
  query text := (
    select _noetl.as_reader(_noetl.queue_reader(queue, o.sql), o.sql,
      '{member text,operation text,outcome text,duration_seconds double precision,wait_seconds double precision,finished_at timestamptz,job bigint}')
    from _noetl.queue_outcome(queue) as o (sql)
    where o.sql is not null);
  last timestamptz := (select r.since from _noetl.queue_outcome_reading as r where r.queue_id = queue.queue_id);
  next timestamptz;
  ended jsonb;
begin
  if query is null then
    return;
  end if;
  -- what an open transaction ends may bear the time at which that began, and clocks of others may be slow; one that has
  -- written nothing for an hour is taken for a reader
  select least(clock_timestamp(), min(o.began)) - interval '1 minute' into next
  from (
    select a.xact_start from pg_stat_activity as a
    where a.backend_xid is not null
      or a.datname = current_database() and a.backend_type = 'client backend' and a.xact_start > clock_timestamp() - interval '1 hour'
    union all
    select p.prepared from pg_prepared_xacts as p where p.database = current_database()
  ) as o (began);
  execute format($sql$
    with ended as materialized (select o.* from %1$s as o),
    counted as (
      insert into _noetl.counted_outcome (queue_id, finished_at, job)
      select %2$s, e.finished_at, e.job
      from ended as e
      where not exists (
        select from _noetl.counted_outcome as c where c.queue_id = %2$s and c.finished_at = e.finished_at and c.job = e.job)
      on conflict do nothing
      returning finished_at, job
    )
    select jsonb_agg(to_jsonb(e)) from ended as e join counted using (finished_at, job)
  $sql$, query, queue.queue_id) into ended using coalesce(last, next);
  if last is not null and ended is not null then
    perform _noetl.record_outcomes(queue, ended);
  end if;
  insert into _noetl.queue_outcome_reading as r (queue_id, since) values (queue.queue_id, next)
  on conflict (queue_id) do update set since = greatest(r.since, excluded.since);
  delete from _noetl.counted_outcome as c where c.queue_id = queue.queue_id and c.finished_at < greatest(last, next);
end
$$;

comment on function _noetl.collect_outcomes(_noetl.queue) is
  'Records how jobs ended whose end was committed since the last call, each once, however often its row changes afterwards; the first call only notes where to begin.';
