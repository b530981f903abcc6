create or replace function _noetl.summable(value double precision)
returns double precision
language sql
immutable
parallel safe
return case when abs(value) >= 1e300 and value <> 'NaN' then sign(value) * double precision 'Infinity' else value end;

comment on function _noetl.summable(double precision) is
  'A value that sums cannot overflow with, which would be an error: from 1e300 on it is infinite.';
