create or replace function _noetl.move_from_overflow(day date)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  moved bigint;
begin
  -- a row keeps its place in the feed: restored rows have none
  execute format(
    'with moved as (
       delete from only _noetl.metric_overflow as o
       where o.created_at >= %L and o.created_at < %L
       returning o.*, _noetl.is_native(o.xmin, (select w.born from _noetl.feed_window as w)) as native
     )
     insert into noetl.%I (
       metric_id, runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit,
       "timestamp", created_at, expires_at, metadata, xid)
     select
       metric_id, runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit,
       "timestamp", created_at, expires_at, metadata, case when native then xid else ''0'' end
     from moved',
    _noetl.day_start(day), _noetl.day_start(day + 1), _noetl.partition_name(day));
  get diagnostics moved = row_count;
  return moved;
end
$$;

comment on function _noetl.move_from_overflow(date) is
  'Moves the rows of a UTC day from the overflow into the day''s table, attached or not yet; returns how many.';
