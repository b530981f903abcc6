create or replace function noetl.recount_queue(name text)
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set row_security = off
set timezone = 'UTC'
as $$
declare
  queue _noetl.queue := (select q from _noetl.queue as q where q.name = recount_queue.name);
  off bigint;
begin
  if not exists (select from _noetl.queue_tracking as t where t.queue_id = queue.queue_id) then
    raise exception 'name: queue "%" is not tracked', name
      using errcode = 'invalid_parameter_value', hint = format('select noetl.track_queue(%L)', name);
  elsif current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'counting needs a snapshot of its own' using errcode = 'active_sql_transaction', hint = 'Call it in a read committed transaction.';
  end if;
  -- of two at once both would make the same correction; collections go on meanwhile, and count
  perform _noetl.take_lock('recount:' || queue.queue_id);
  execute _noetl.recount_statement(queue) into off;
  update _noetl.queue_tracking as t set counted_at = clock_timestamp() where t.queue_id = queue.queue_id and t.counted_at is null;
  return off;
end
$$;

comment on function noetl.recount_queue(text) is
  'Counts the jobs of a tracked queue and corrects what its triggers kept, while jobs come and go: both are read in one snapshot. Returns by how many jobs they were apart: 0, unless the triggers were bypassed. It reads the whole tables once, and blocks nobody.';
