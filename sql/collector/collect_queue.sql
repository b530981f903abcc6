create or replace function noetl.collect_queue(name text)
returns boolean
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from _noetl.queue as q where q.name = collect_queue.name) then
    raise exception 'name: there is no queue "%"', name
      using errcode = 'invalid_parameter_value', hint = 'select name from noetl.queue; noetl.register_queue() adds one.';
  end if;
  return noetl.run_collector('queue:' || name);
end
$$;

comment on function noetl.collect_queue(text) is
  'Reads a queue and puts it on the page, as noetl.run_collector() does with queue:<name>. False: it could not be read, which is on the page, in noetl.queue and a warning; its gauges are not. Null: another session is at it. Run it as a transaction of its own, under a statement_timeout: that is how long the queue may take.';
