create or replace function _noetl.evaluate_promql(
  tree jsonb, since timestamptz, until timestamptz, step interval default null, expression text default null)
returns table (kind text, labels jsonb, at_ms bigint[], vals double precision[], message text)
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  since_ms constant bigint := round(extract(epoch from since) * 1000);
  until_ms constant bigint := round(extract(epoch from until) * 1000);
  step_ms constant bigint := coalesce(round(extract(epoch from step) * 1000), 1);
  steps _noetl.promql_steps;
begin
  if step_ms <= 0 then
    raise exception 'zero or negative query resolution step widths are not accepted. Try a positive integer' using errcode = 'NP001';
  elsif until_ms < since_ms then
    raise exception 'end timestamp must not be before start time' using errcode = 'NP001';
  elsif (until_ms - since_ms) / step_ms + 1 > 11000 then
    raise exception 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)' using errcode = 'NP001';
  elsif step is not null and tree ->> 'returns' not in ('scalar', 'vector') then
    raise exception 'invalid expression type "%" for range query, must be Scalar or instant Vector',
      case tree ->> 'returns' when 'matrix' then 'range vector' else tree ->> 'returns' end using errcode = 'NP001';
  end if;
  perform _noetl.begin_evaluation();
  steps := row(since_ms, step_ms, (until_ms - since_ms) / step_ms + 1, since_ms, until_ms, false);
  begin
    return query select * from _noetl.evaluate_result(tree, steps);
  exception when numeric_value_out_of_range or division_by_zero then
    -- PostgreSQL raises these where IEEE 754 has a result; to look out for them at every operation would take longer
    steps.ieee := true;
    perform _noetl.begin_evaluation();
    return query select * from _noetl.evaluate_result(tree, steps);
  end;
  return query
    select n.kind, null::jsonb, null::bigint[], null::double precision[], n.message from _noetl.evaluation_note(expression) as n;
  perform set_config('noetl.promql_timeout', '', true), set_config('noetl.promql_lookback_ms', '', true);
end
$$;

comment on function _noetl.evaluate_promql(jsonb, timestamptz, timestamptz, interval, text) is
  'Evaluates an expression''s tree, as noetl.parse_promql() gives it, at since (step null) or at each step from since to until. A row is one series (kind "series"): all its labels, and its values on the steps, null where it has none; at_ms: the Unix milliseconds of its values where those are not the steps, in a range vector. Or it is the result as a whole: a "scalar", its values on the steps, or a "string", its text in message. After these come "warning" and "info", the text in message, with its position if the expression is given. Several steps: sorted as Prometheus sorts. Errors: NP001 for what cannot be asked, NP002 when the evaluation fails, NP003 when it takes longer than the setting query_timeout.';
