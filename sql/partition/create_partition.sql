create or replace function _noetl.create_partition(kept _noetl.partitioned_table, day date)
returns regclass
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
declare
  made text := format('%I.%I', kept.schema, _noetl.partition_name(kept.prefix, day));
begin
  -- with its indexes, so that attaching has none to build; and with a check, so that it has nothing to scan
  execute format(
    'create table %s (like %s including all excluding comments excluding identity, constraint period check (%I >= %L and %I < %L)) with (fillfactor = %s)',
    made, kept.parent, kept.key, _noetl.day_start(day), kept.key, _noetl.day_start(day + kept.days), kept.fillfactor);
  execute format('comment on table %s is %L', made, format('%s, UTC, of %s.', day, kept.parent));
  return made::regclass;
end
$$;

comment on function _noetl.create_partition(_noetl.partitioned_table, date) is
  'Makes the table of a partition that begins on this day, not attached yet.';
