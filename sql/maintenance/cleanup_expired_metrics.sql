create or replace function noetl.cleanup_expired_metrics(at timestamptz default now())
returns text[]
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '25ms'
as $$
declare
  started timestamptz := clock_timestamp();
  held_until timestamptz;
  partitions _noetl.any_partition[];
  expired _noetl.any_partition;
  unread boolean;
  reason text;
  dropped text[] := array[]::text[];
  left_over text[] := array[]::text[];
begin
  perform _noetl.require_read_committed();
  perform _noetl.lock_partitions();
  partitions := array(select e from _noetl.expired_at(at) as e);
  unread := (select pg_relation_size(d.partdefid) > 0 from pg_partitioned_table as d where d.partrelid = 'noetl.metric'::regclass);
  foreach expired in array partitions loop
    unread := unread or _noetl.is_unread(expired.level, expired.partition);
  end loop;
  if unread then
    perform noetl.fold();
    partitions := array(select e from _noetl.expired_at(at) as e); -- that took a while: somebody may have detached one
  end if;
  perform _noetl.empty_overflow(at);
  left_over := _noetl.shrink_overflow(at);
  perform _noetl.stop_vacuum(array(select p.partition from unnest(partitions) as p));
  foreach expired in array partitions loop
    reason := _noetl.drop_partition(expired.level, expired.parent, expired.partition, held_until);
    if reason is null then
      dropped := dropped || expired.name::text;
      -- now that writers wait, what else is not free at once stays
      held_until := coalesce(held_until, clock_timestamp() + current_setting('lock_timeout')::interval);
      perform set_config('lock_timeout', '1', true);
    else
      left_over := left_over || format('%s: %s', expired.name, reason);
      raise warning '% stays: %', expired.name, reason;
    end if;
  end loop;
  perform _noetl.record_run('cleanup', started, dropped, left_over);
  return dropped;
end
$$;

comment on function noetl.cleanup_expired_metrics(timestamptz) is
  'Drops the partitions of noetl.expired_partition, the oldest first, and returns their names; their disk space is free when the transaction ends. What is in use or would hold up writers for longer than the setting maintenance_lock_timeout stays for the next call: it is named in a warning and in noetl.maintenance. Must not be called in a repeatable read or serializable transaction.';
