create or replace function _noetl.add_partitions(level text, days date[], at timestamptz default now())
returns text[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set lock_timeout = '25ms'
set timezone = 'UTC'
as $$
declare
  kept _noetl.partitioned_table := (select t from _noetl.partitioned_table as t where t.level = add_partitions.level);
  wanted date[];
  missing date[];
  overflow regclass;
  day date;
begin
  if exists (select from unnest(days) as d where d is null or d not between '1970-01-01' and '9998-12-31') then
    raise exception 'partition_date: must be a day from 1970 to 9998' using errcode = 'invalid_parameter_value';
  end if;
  wanted := array(select distinct _noetl.period(d, kept.days) as d from unnest(days) as d order by d);
  perform _noetl.lock_partitions();
  missing := array(
    with standing as materialized (
      select p.lower_bound, p.upper_bound from _noetl.any_partition as p where p.parent = kept.parent
    )
    select d from unnest(wanted) as d
    where not exists (select from standing as s where s.lower_bound <= _noetl.day_start(d) and s.upper_bound > _noetl.day_start(d))
    order by d);
  if missing <> '{}' then
    overflow := (select p.partition from _noetl.any_partition as p where p.parent = kept.parent and p.is_overflow);
    perform _noetl.create_partition(kept, d) from unnest(missing) as d;
    if pg_relation_size(overflow) > 0 then
      perform _noetl.take_lock('fold');
      perform noetl.fold();
    end if;
    if pg_relation_size(overflow) > _noetl.integer_setting('overflow_scan_bytes') then
      perform _noetl.replace_overflow(kept, overflow, missing, at);
    else
      for round in 1 .. 20 loop
        exit when _noetl.move_to_partitions(kept, overflow, missing, 'true') < 10;
      end loop;
      -- The parent too, or who has it already, and waits for the overflow to put a row of these days there, would fail.
      perform _noetl.lock_briefly(array[kept.parent, overflow]);
      -- attaching proves that the overflow holds no row of the days: what came meanwhile moves under the lock
      perform _noetl.move_to_partitions(kept, overflow, missing, 'true');
    end if;
    foreach day in array missing loop
      execute format('alter table %s attach partition %I.%I for values from (%L) to (%L)',
        kept.parent, kept.schema, _noetl.partition_name(kept.prefix, day), _noetl.day_start(day), _noetl.day_start(day + kept.days));
    end loop;
  end if;
  return array(
    with standing as materialized (
      select p.name, p.lower_bound, p.upper_bound from _noetl.any_partition as p where p.parent = kept.parent
    )
    select s.name::text
    from unnest(wanted) as d
    join standing as s on s.lower_bound <= _noetl.day_start(d) and s.upper_bound > _noetl.day_start(d)
    order by d);
end
$$;

comment on function _noetl.add_partitions(text, date[], timestamptz) is
  'Sees to it that each of these UTC days has a partition of a level, and returns their names. Rows that wait for it in the overflow move into it. Locks that are not free within the settings maintenance_lock_timeout and maintenance_patience are an error (lock_not_available) and leave everything as it was.';
