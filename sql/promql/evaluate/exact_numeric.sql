create or replace function _noetl.exact_numeric(value double precision)
returns numeric
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  bits constant bigint := ('x' || encode(float8send(value), 'hex'))::bit(64)::bigint;
  exponent constant integer := (bits >> 52 & 2047)::integer;
  mantissa constant numeric := (bits & 4503599627370495) + case when exponent > 0 then 4503599627370496 else 0 end;
  power constant integer := greatest(exponent, 1) - 1075;
begin
  return sign(value)::numeric * case
    when power >= 0 then mantissa * 2::numeric ^ power
    -- 2^-n is 5^n with the decimal point n places to the left
    else mantissa * (5::numeric ^ -power) * ('1e' || power)::numeric
  end;
end
$$;

comment on function _noetl.exact_numeric(double precision) is 'A finite number with all its digits; a cast rounds it to 15.';
