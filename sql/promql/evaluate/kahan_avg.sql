create or replace function _noetl.kahan_avg(vals double precision[])
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  present constant double precision[] := array_remove(vals, null);
  total constant double precision := _noetl.kahan_sum(present);
  mean double precision := 0;
  val double precision;
  place double precision := 0;
begin
  if abs(total) < 'Infinity' or total = 'NaN' or total is null or 'Infinity' = any (present) or '-Infinity' = any (present) then
    return total operator(_noetl./) nullif(cardinality(present), 0);
  end if;
  -- finite values whose sum is not
  foreach val in array present loop
    place := place + 1;
    mean := mean * ((place - 1) / place) + val / place;
  end loop;
  return mean;
end
$$;

comment on function _noetl.kahan_avg(double precision[]) is
  'The mean of all values that are there, from _noetl.kahan_sum(), or value by value where the sum would overflow; null: there are none.';
