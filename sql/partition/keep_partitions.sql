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
  needed date[] := _noetl.days_needed(at);
  before name[] := array(select p.name from _noetl.any_partition as p where p.parent = kept.parent);
  waiting date[];
begin
  execute format(
    'select array_agg(distinct _noetl.utc_day(%I)) from only %s where %s > %L and %I >= %L and %I < %L',
    kept.key, (select p.partition from _noetl.any_partition as p where p.parent = kept.parent and p.is_overflow),
    format(kept.expiry, kept.retention), at,
    kept.key, at - kept.retention, kept.key, _noetl.day_start(needed[cardinality(needed)] + 1))
  into waiting;
  return array(
    select n from unnest(_noetl.add_partitions(level, needed || waiting, at)) as n
    where n <> all (before)
    order by n);
end
$$;

comment on function _noetl.keep_partitions(text, timestamptz) is
  'Makes the partitions that a level needs: around today, and for rows in its overflow that have not expired and are not of a distant future. Returns the names of those that it made.';
