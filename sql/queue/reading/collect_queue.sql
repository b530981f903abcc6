create or replace function noetl.collect_queue(name text)
returns boolean
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  queue _noetl.queue := (select q from _noetl.queue as q where q.name = collect_queue.name);
  started timestamptz := clock_timestamp();
  gauges jsonb;
  published jsonb;
  failure text;
begin
  if queue is null then
    raise exception 'name: there is no queue "%"', name
      using errcode = 'invalid_parameter_value', hint = 'select name from noetl.queue; noetl.register_queue() adds one.';
  end if;
  -- two collectors of one queue would take each other's gauges off the page
  if not pg_try_advisory_xact_lock(_noetl.queue_lock(), queue.queue_id) then
    return null;
  end if;
  begin
    perform _noetl.make_queue_reader(queue);
    perform _noetl.collect_outcomes(queue);
    gauges := _noetl.queue_gauge(queue);
    published := _noetl.publish_queue(queue, gauges || _noetl.collection_gauge(queue, started, true));
    perform _noetl.remember_members(queue, gauges);
  exception
    when query_canceled then
      if not _noetl.timed_out() then
        raise;
      end if;
      failure := 'it took longer than statement_timeout';
    when others then
      failure := sqlerrm;
  end;
  if failure is not null then
    raise warning 'queue "%" could not be read: %', name, failure;
    published := _noetl.publish_queue(queue, _noetl.collection_gauge(queue, started, false));
    perform noetl.inc('noetl_queue_collect_failures_total', jsonb_build_object('source', name), 1, 0);
  end if;
  insert into _noetl.queue_collection as c (queue_id, collected_at, succeeded, error, duration_seconds, published)
  values (queue.queue_id, started, failure is null, failure, extract(epoch from clock_timestamp() - started), published)
  on conflict on constraint queue_collection_pkey do update set
    collected_at = excluded.collected_at, succeeded = excluded.succeeded, error = excluded.error,
    duration_seconds = excluded.duration_seconds, published = excluded.published;
  return failure is null;
end
$$;

comment on function noetl.collect_queue(text) is
  'Reads a queue and puts it on the page. False: it could not be read, which is on the page, in noetl.queue and a warning; its gauges are not. Null: another session is at it. Run it as a transaction of its own, under a statement_timeout: that is how long the queue may take.';
