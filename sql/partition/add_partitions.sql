create or replace function _noetl.add_partitions(days date[])
returns text[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set lock_timeout = '50ms'
set timezone = 'UTC'
as $$
declare
  missing date[];
  day date;
begin
  if array_position(days, null) is not null then
    raise exception 'partition_date: must not be null' using errcode = 'null_value_not_allowed';
  end if;
  -- Sessions that maintain partitions wait for each other, not for writers or readers.
  perform set_config('lock_timeout', '0', true);
  perform pg_advisory_xact_lock(_noetl.partition_lock());
  perform set_config('lock_timeout', (extract(epoch from _noetl.interval_setting('maintenance_lock_timeout')) * 1000)::integer::text, true);

  missing := array(
    select d from unnest(days) as d
    where not exists (
      select from _noetl.metric_partition as p where p.lower <= _noetl.day_start(d) and p.upper > _noetl.day_start(d))
    order by d);
  foreach day in array missing loop
    execute format(
      'create table noetl.%I (like noetl.metric including defaults including generated including constraints including storage, '
      'constraint day check (created_at >= %L and created_at < %L))',
      _noetl.partition_name(day), _noetl.day_start(day), _noetl.day_start(day + 1));
    execute format('comment on table noetl.%I is %L', _noetl.partition_name(day), format('Samples stored on %s, UTC.', day));
    perform _noetl.move_from_overflow(day);
  end loop;
  if missing <> '{}' then
    -- attaching proves that the overflow holds no row of the day: what came meanwhile moves under the lock
    lock table only _noetl.metric_overflow in access exclusive mode;
  end if;
  foreach day in array missing loop
    perform _noetl.move_from_overflow(day);
    execute format('alter table noetl.metric attach partition noetl.%I for values from (%L) to (%L)',
      _noetl.partition_name(day), _noetl.day_start(day), _noetl.day_start(day + 1));
    execute format('alter table noetl.%I drop constraint day', _noetl.partition_name(day));
  end loop;
  return array(select _noetl.partition_name(d)::text from unnest(days) as d order by d);
end
$$;

comment on function _noetl.add_partitions(date[]) is
  'Sees to it that each of these UTC days has a partition, and returns their names. Rows of the day that wait in the overflow move into it. A lock that is not free within the setting maintenance_lock_timeout is an error (lock_not_available) and leaves everything as it was.';
