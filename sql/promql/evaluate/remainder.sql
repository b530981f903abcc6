create or replace function _noetl.remainder(a double precision, b double precision)
returns double precision
language plpgsql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if a = 'NaN' or b = 'NaN' or b = 0 or abs(a) = 'Infinity' then
    return 'NaN'::double precision;
  elsif abs(a) < abs(b) then
    return a;
  elsif abs(a) < 9007199254740992 and a = trunc(a) and b = trunc(b) then
    return (a::bigint % b::bigint)::double precision;
  end if;
  return mod(_noetl.exact_numeric(a), _noetl.exact_numeric(b))::double precision;
end
$$;

comment on function _noetl.remainder(double precision, double precision) is 'What C''s fmod() gives: the exact remainder of a by b, with the sign of a.';
