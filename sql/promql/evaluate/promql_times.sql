create or replace function _noetl.promql_times(steps _noetl.promql_steps)
returns bigint[]
language sql
immutable
parallel safe
return array(select steps.since_ms + (i - 1) * steps.step_ms from generate_series(1, steps.steps) as i);

comment on function _noetl.promql_times(_noetl.promql_steps) is 'The time of each step, in Unix milliseconds.';
