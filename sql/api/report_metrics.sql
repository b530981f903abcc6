create or replace function noetl.report_metrics(report jsonb, partial boolean default false, idempotency_key text default null)
returns jsonb
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  answer jsonb := _noetl.earlier_answer(idempotency_key, jsonb_build_array('report_metrics', report, partial));
  component bigint;
begin
  if answer is not null then
    return answer;
  end if;
  component := _noetl.reporting_component(report);
  perform _noetl.beat(component);
  answer := jsonb_build_object('runtime_id', component)
    || _noetl.store_samples(_noetl.without_component(report -> 'metrics'), partial, component);
  return _noetl.keep_answer(idempotency_key, answer);
end
$$;

comment on function noetl.report_metrics(jsonb, boolean, text) is
  'Stores {"runtime_id": 1, "metrics": [...]} or {"component": {"name", "type", ...}, "metrics": [...]}: samples of one component, registered at first sight. Counts as its heartbeat. Returns {runtime_id, stored, rejected}; see noetl.insert_metrics().';
