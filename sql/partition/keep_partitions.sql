create or replace function _noetl.keep_partitions(level text, at timestamptz)
returns text[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
declare
  kept _noetl.partitioned_table := (select t from _noetl.partitioned_table as t where t.level = keep_partitions.level);
  waiting date[];
  next date[] := array(select d from _noetl.partitions_needed_at(level, at) as d limit 1);
begin
  execute format(
    'select array_agg(distinct _noetl.utc_day(%I)) from only %s where %s > %L and %I >= %L and %I < %L',
    kept.key, (select p.partition from _noetl.any_partition as p where p.parent = kept.parent and p.is_overflow),
    format(kept.expiry, kept.retention), at,
    kept.key, coalesce(at - kept.retention, '-infinity'), kept.key, _noetl.day_start(_noetl.utc_day(at) + _noetl.integer_setting('partitions_ahead') + 1))
  into waiting;
  if next || waiting = '{}' then
    return array[]::text[];
  end if;
  return _noetl.add_partitions(level, next || waiting, at);
end
$$;

comment on function _noetl.keep_partitions(text, timestamptz) is
  'Makes the next partition that a level lacks, because writers wait while one is attached; and those of rows in its overflow that have neither expired nor are of a distant future. Returns their names; none: nothing was missing.';
