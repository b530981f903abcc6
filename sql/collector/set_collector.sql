create or replace function _noetl.set_collector(given jsonb, caller name)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  columns jsonb := _noetl.value_columns(given ->> 'value_columns');
  new _noetl.collector := jsonb_populate_record(null::_noetl.collector, given - 'metrics');
  buckets double precision[] := (select array_agg(b::double precision order by n) from jsonb_array_elements_text(given -> 'buckets') with ordinality as e (b, n));
  fault text := _noetl.collector_fault(new.name, new.query, new.every, new.timeout, new.max_rows, columns);
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;
  new.metrics := _noetl.collector_metrics(new.name, given ->> 'metric_type', given ->> 'help', given ->> 'unit', buckets, columns);
  new.run_as := _noetl.collector_role(caller, new.run_as);
  if new.run_as is not null then
    perform _noetl.make_reader(quote_ident(new.run_as)::regrole);
  end if;
  insert into _noetl.collector as c (name, query, search_path, metrics, every, timeout, max_rows, run_as)
  values (new.name, new.query, new.search_path, new.metrics, new.every, new.timeout, new.max_rows, new.run_as)
  on conflict on constraint collector_pkey do update set
    query = excluded.query, search_path = excluded.search_path, metrics = excluded.metrics, every = excluded.every,
    timeout = excluded.timeout, max_rows = excluded.max_rows, run_as = excluded.run_as, changed_at = excluded.changed_at, enabled = true;
  perform _noetl.declare_collector(new.metrics);
  -- a machine that is busy at the moment is no reason to refuse it
  for trial in 1 .. 3 loop
    exit when noetl.run_collector(new.name) is null;
    -- nobody but the caller can end a run that takes too long: this one has come to its end
    select coalesce(r.error, case when r.duration_seconds > extract(epoch from new.timeout) then 'it took longer than its timeout' end)
    into fault
    from _noetl.collector_run as r
    where r.name = new.name and r.runtime_id = 0;
    exit when fault is distinct from 'it took longer than its timeout';
  end loop;
  if fault is not null then
    raise exception 'query: collector "%" cannot be used: %', new.name, fault
      using errcode = 'invalid_parameter_value', column = 'query',
        hint = 'Each row needs a number in the column "value", or in each of value_columns; every other column is a label.';
  end if;
end
$$;

comment on function _noetl.set_collector(jsonb, name) is
  'What noetl.add_collector() does for its caller, whose name it gives; the private schema keeps everybody else from giving another.';
