create or replace function noetl.run_collector(name text, beat timestamptz default null)
returns boolean
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  collector noetl.collector := (select c from noetl.collector as c where c.name = run_collector.name);
  queue _noetl.queue := (select q from _noetl.queue as q where 'queue:' || q.name = run_collector.name);
  started timestamptz := clock_timestamp();
  last _noetl.collector_run;
  published jsonb := jsonb '[]';
  failure text;
begin
  if collector.name is null then
    raise exception 'name: there is no collector "%"', name
      using errcode = 'invalid_parameter_value', hint = 'select name from noetl.collector; noetl.add_collector() adds one.';
  end if;
  if collector.probe is not null then
    raise exception 'name: "%" is a probe, which each server runs for itself', name
      using errcode = 'invalid_parameter_value', hint = 'select * from noetl.collector_status';
  end if;
  if not _noetl.try_lock('collector:' || name) then
    return null;
  end if;
  -- a statement of its own, whose snapshot has what the last holder of the lock committed
  select r.* into last from _noetl.collector_run as r where r.name = run_collector.name and r.runtime_id = 0;
  -- a server that was slow to ask may be overtaken by a later beat; one to come is of a clock that has been set back
  if last.beat = beat or last.beat between beat and started then
    return null;
  end if;
  begin
    if collector.origin = 'queue' then
      published := _noetl.collect_queue(queue, started);
    else
      if last.succeeded is not true then
        perform _noetl.declare_collector(collector.metrics);
        started := clock_timestamp(); -- its time is that of its query, not of a fold that was waited for
      end if;
      published := _noetl.collect(collector);
    end if;
  exception
    when query_canceled then
      if not _noetl.timed_out() then
        raise;
      end if;
      failure := format('it took longer than %s', case collector.origin when 'queue' then 'statement_timeout' else 'its timeout' end);
    when others then
      failure := sqlerrm;
  end;
  if failure is not null then
    raise warning 'collector "%" failed: %', name, failure;
    if collector.origin = 'queue' then
      published := _noetl.fail_queue(queue, started);
    end if;
  end if;
  perform _noetl.record_collection(name, 0, beat, started, failure, published);
  return failure is null;
end
$$;

comment on function noetl.run_collector(text, timestamptz) is
  'Runs a collector now and puts its metrics on the page. False: it failed, which is on the page, in noetl.collector_status and a warning; what it had on the page is gone. Null: another session is at it, or it has been run for this beat or a later one. beat: the time that the run was planned for; null: a run by hand. A probe, which SQL cannot run, is an error.
How long it may take is the caller''s statement_timeout, which no function can set for itself: a server sets the collector''s own before the call, in the same message and transaction.';
