create or replace function _noetl.sketch_bin(value double precision)
returns integer
language sql
immutable
parallel safe
return case
  when value = 0 then 0
  else sign(value)::integer * (100000 + ceil(ln(abs(value)) / ln(1.02::double precision))::integer)
end;

comment on function _noetl.sketch_bin(double precision) is
  'The logarithmic bin of a value, ascending with it: bin 100000 + k holds what is above 1.02^(k-1) and at most 1.02^k, negative values mirror it, 0 is itself. As in DDSketch.';
