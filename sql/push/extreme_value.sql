create or replace function _noetl.extreme_value(written text)
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return written::double precision;
exception when numeric_value_out_of_range then
  -- what is nearer to 0 than any double is 0, as everywhere but in PostgreSQL
  return case when written ~* 'e-' or written ~ '^[+-]?0*\.0' then 0 end;
end
$$;

comment on function _noetl.extreme_value(text) is 'A decimal number that may be too large or too small for double precision; null: it is too large.';
