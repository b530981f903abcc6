create or replace function _noetl.ieee_subtract(a double precision, b double precision)
returns double precision
language sql
immutable
strict
parallel safe
return _noetl.ieee_add(a, -b);

comment on function _noetl.ieee_subtract(double precision, double precision) is 'a - b, infinite where PostgreSQL raises an error.';
