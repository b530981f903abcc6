create or replace function _noetl.tracking_reader(queue _noetl.queue)
returns text
language sql
volatile
parallel unsafe
return format($sql$create or replace function _noetl_track.queue_%1$s_read(timestamptz)
returns setof _noetl.queue_reading
language plpgsql
stable
parallel unsafe
rows 10
set search_path = pg_catalog, pg_temp
set row_security = off
set timezone = 'UTC'
set lock_timeout = '200ms'
set plan_cache_mode = force_generic_plan
set jit = off
as %2$L;
comment on function _noetl_track.queue_%1$s_read(timestamptz) is %3$L;
revoke all on function _noetl_track.queue_%1$s_read(timestamptz) from public$sql$,
  (queue).queue_id,
  format(e'\n#variable_conflict use_column\nbegin\n  return query\n%s;\nend\n', _noetl.queue_statement(queue, true)),
  format('Reads the tracked queue %s. A function of its own, so that a session plans it once.', (queue).name));

comment on function _noetl.tracking_reader(_noetl.queue) is 'The function that reads a tracked queue, as text.';
