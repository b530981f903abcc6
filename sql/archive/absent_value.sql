create or replace function _noetl.absent_value()
returns double precision
language sql
volatile
parallel safe
return -1e-300 * (1 + random());

comment on function _noetl.absent_value() is
  'A number to stand for null in a matrix: elements are found at once only where none is null. Nobody can know it beforehand; whoever uses it looks whether it is a value all the same.';
