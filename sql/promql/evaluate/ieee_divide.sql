create or replace function _noetl.ieee_divide(a double precision, b double precision)
returns double precision
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if b = 0 then
    -- a zero has a sign, too; only its text shows it
    return case when a = 0 or a = 'NaN' then 'NaN'::double precision
      else sign(a) * case when b::text = '-0' then '-Infinity'::double precision else 'Infinity' end end;
  end if;
  return a / b;
exception when numeric_value_out_of_range then
  return sign(a) * sign(b) * case when ln(abs(a)) - ln(abs(b)) > 0 then 'Infinity'::double precision else 0 end;
end
$$;

comment on function _noetl.ieee_divide(double precision, double precision) is 'a / b, infinite, zero or not a number where PostgreSQL raises an error.';
