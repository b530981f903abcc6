create or replace function _noetl.value_fault(part "char", metric_type text, value double precision)
returns text
language sql
immutable
parallel safe
-- put together by || and not by format(), which is stable and keeps the planner from inlining this
return case
  when value is null then 'metric_value: must not be null'
  -- larger ones could add up beyond what a double holds, which is an error
  when part = 'o' and not abs(value) <= 1e300 then 'metric_value: an observation must be between -1e300 and 1e300, not ' || value::text
  when metric_type = 'counter' and not (value >= 0 and value <> 'NaN') then 'metric_value: a counter must be 0 or more, not ' || value::text
  when part in ('b', 'c') and not (value between 0 and 1e300 and value = floor(value)) then
    'metric_value: a count must be a whole number from 0 to 1e300, not ' || value::text
end;

comment on function _noetl.value_fault("char", text, double precision) is
  'What is wrong with a sample''s value, as "field: rule"; null: nothing.';
