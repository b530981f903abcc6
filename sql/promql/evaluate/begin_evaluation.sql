create or replace function _noetl.begin_evaluation()
returns void
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('noetl.promql_samples', '0', true);
  perform set_config('noetl.promql_notes', '{}', true);
  perform set_config('noetl.promql_deadline', (clock_timestamp() + least(_noetl.interval_setting('query_timeout'), nullif(current_setting('noetl.promql_timeout', true), '')::interval))::text, true);
end
$$;

comment on function _noetl.begin_evaluation() is
  'Opens the account of one query: no samples touched, no notes, its time begins. The account lies in settings of the transaction, as the evaluator must not write: _noetl.spend_samples() and _noetl.note_promql() keep it, _noetl.evaluate_promql() reads it.';
