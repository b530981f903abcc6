create or replace function _noetl.tracking_trigger(queue_id integer, place integer, has_rows boolean, relation regclass, operation text)
returns text
language sql
stable
parallel safe
-- The condition is a constant that ties the trigger to our table: whoever drops that with cascade drops it too. Enabled
-- always, it fires in replicas, and whoever disables all triggers and enables them again leaves a trace.
return format($sql$create or replace trigger %1$I after %2$s on %3$s%4$s for each statement
when ('_noetl.queue_change'::regclass is not null) execute function _noetl_track.queue_%5$s_%6$s_%2$s();
alter table only %3$s enable always trigger %1$I$sql$,
  format('noetl_track_%s_%s', queue_id, operation),
  operation,
  relation,
  case
    when operation = 'truncate' or not has_rows then ''
    when operation = 'insert' then ' referencing new table as new_jobs'
    when operation = 'update' then ' referencing old table as old_jobs new table as new_jobs'
    else ' referencing old table as old_jobs'
  end,
  queue_id,
  place);

comment on function _noetl.tracking_trigger(integer, integer, boolean, regclass, text) is
  'The statements that put the trigger for one operation on a table of a tracked queue, or on a partition of one, as text; has_rows: its rows are jobs.';
