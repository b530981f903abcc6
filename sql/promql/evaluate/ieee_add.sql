create or replace function _noetl.ieee_add(a double precision, b double precision)
returns double precision
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return a + b;
exception when numeric_value_out_of_range then
  return sign(a) * 'Infinity'::double precision;
end
$$;

comment on function _noetl.ieee_add(double precision, double precision) is 'a + b, infinite where PostgreSQL raises an error.';
