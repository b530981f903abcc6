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
  partitions regclass[];
  expired record;
  reason text;
  dropped text[] := array[]::text[];
  left_over text[] := array[]::text[];
begin
  perform _noetl.see_commits();
  perform _noetl.lock_partitions();
  partitions := array(select e.partition from _noetl.partitions_expired_at(at) as e);
  if exists (
    select from _noetl.any_partition as p
    where p.partition = any (partitions) and _noetl.is_unread(p.level, p.partition, p.upper_bound)
      or p.level = 'raw' and p.is_overflow and pg_relation_size(p.partition) > 0)
  then
    perform noetl.fold();
  end if;
  perform _noetl.empty_overflow(at);
  perform _noetl.stop_vacuum(partitions);
  for expired in
    select p.level, p.parent, p.partition, p.name::text as name, p.upper_bound
    from unnest(partitions) with ordinality as e (partition, place)
    join _noetl.any_partition as p on p.partition = e.partition
    order by e.place
  loop
    reason := _noetl.drop_partition(expired.level, expired.parent, expired.partition, expired.upper_bound, held_until);
    if reason is null then
      dropped := dropped || expired.name;
      -- now that writers wait, what else is not free at once stays
      held_until := coalesce(held_until, clock_timestamp() + _noetl.interval_setting('maintenance_lock_timeout'));
      perform set_config('lock_timeout', '1', true);
    else
      left_over := left_over || format('%s: %s', expired.name, reason);
      raise warning '% stays until the next call: %', expired.name, reason;
    end if;
  end loop;
  perform _noetl.record_run('cleanup', started, dropped, left_over);
  return dropped;
end
$$;

comment on function noetl.cleanup_expired_metrics(timestamptz) is
  'Drops the partitions of noetl.expired_partition, the oldest first, and returns their names; their disk space is free when the transaction ends. What is in use or would hold up writers for longer than the setting maintenance_lock_timeout stays for the next call: it is named in a warning and in noetl.maintenance. Must not be called in a repeatable read or serializable transaction.';
