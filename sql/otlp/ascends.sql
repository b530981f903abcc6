create or replace function _noetl.ascends(numbers double precision[])
returns boolean
language sql
immutable
parallel safe
return numbers = array(select distinct n from unnest(numbers) as n where n > '-Infinity' and n < 'Infinity' order by n);

comment on function _noetl.ascends(double precision[]) is 'Whether these are finite numbers, each greater than the one before; null: there is no list.';
