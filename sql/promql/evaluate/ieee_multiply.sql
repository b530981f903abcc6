create or replace function _noetl.ieee_multiply(a double precision, b double precision)
returns double precision
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return a * b;
exception when numeric_value_out_of_range then
  -- an overflow if the logarithms add up to more than 0, else an underflow
  return sign(a) * sign(b) * case when ln(abs(a)) + ln(abs(b)) > 0 then 'Infinity'::double precision else 0 end;
end
$$;

comment on function _noetl.ieee_multiply(double precision, double precision) is 'a * b, infinite or zero where PostgreSQL raises an error.';
