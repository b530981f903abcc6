create or replace function _noetl.sketch_value(bin integer)
returns double precision
language sql
immutable
parallel safe
return case
  when bin = 0 then 0
  else sign(bin) * 1.02::double precision ^ (abs(bin) - 100000) * 2 / 2.02
end;

comment on function _noetl.sketch_value(integer) is 'The value that stands for a bin: within 1 % of each value in it. Inverse of _noetl.sketch_bin(double precision).';
