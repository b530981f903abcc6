create or replace function _noetl.move_to_partitions(kept _noetl.partitioned_table, overflow regclass, days date[], condition text)
returns bigint
language sql
volatile
parallel unsafe
set timezone = 'UTC'
begin atomic
  select coalesce(sum(
    _noetl.move_rows(
      overflow,
      format('%I.%I', kept.schema, _noetl.partition_name(kept.prefix, d))::regclass,
      format('%I >= %L and %I < %L and %s',
        kept.key, _noetl.day_start(d), kept.key, _noetl.day_start(d + kept.days), condition))), 0)::bigint
  from unnest(days) as d;
end;

comment on function _noetl.move_to_partitions(_noetl.partitioned_table, regclass, date[], text) is
  'Moves the rows of the partitions that begin on these days, attached or not, out of the overflow if they meet a condition; returns how many.';
