create or replace function _noetl.ieee_power(a double precision, b double precision)
returns double precision
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  is_whole constant boolean := b = trunc(b) and b <> 'NaN';
  is_odd constant boolean := is_whole and abs(b) < 9007199254740992 and b - 2 * floor(b / 2) = 1;
begin
  if b = 0 or a = 1 then
    return 1::double precision;
  elsif a = 'NaN' or b = 'NaN' then
    return 'NaN'::double precision;
  elsif a = 0 then
    return case
      when b > 0 then case when is_odd then a else 0 end
      when is_odd and a::text = '-0' then '-Infinity'::double precision
      else 'Infinity' end;
  elsif abs(b) = 'Infinity' then
    return case when a = -1 then 1 when (abs(a) < 1) = (b > 0) then 0 else 'Infinity'::double precision end;
  elsif a = 'Infinity' then
    return case when b < 0 then 0 else 'Infinity'::double precision end;
  elsif a = '-Infinity' then
    return case when b < 0 then 0 when is_odd then '-Infinity'::double precision else 'Infinity' end;
  elsif a < 0 and not is_whole then
    return 'NaN'::double precision;
  end if;
  return power(a, b);
exception when numeric_value_out_of_range then
  return case when (abs(a) > 1) = (b > 0) then 'Infinity'::double precision else 0 end * case when a < 0 and is_odd then -1 else 1 end;
end
$$;

comment on function _noetl.ieee_power(double precision, double precision) is 'a raised to b, as C''s pow() has it where PostgreSQL raises an error.';
