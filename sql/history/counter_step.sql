create or replace function _noetl.counter_step(before double precision, after double precision)
returns double precision
language sql
immutable
parallel safe
return case
  when before is null then 0
  when after >= before then _noetl.summable(after) - _noetl.summable(before)
  else _noetl.summable(after)
end;

comment on function _noetl.counter_step(double precision, double precision) is
  'How much a running total grew from one sample to the next; a fall is a restart from 0. 0 where there is no sample before.';
