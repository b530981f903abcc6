create or replace function _noetl.extrapolated(
  increase double precision, first double precision, sampled double precision, to_start double precision, to_end double precision)
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  to_zero double precision := to_start;
begin
  if first >= 0 and increase > 0 and increase <> 'NaN' then
    to_zero := least(to_start, sampled operator(_noetl.*) (first operator(_noetl./) increase));
  end if;
  return increase operator(_noetl.*) ((sampled + to_zero + to_end) / sampled);
end
$$;

comment on function _noetl.extrapolated(double precision, double precision, double precision, double precision, double precision) is
  'The increase of a counter over a whole range, from the increase between its first and last sample there: never extrapolated to before the time at which it would have been zero. Durations in seconds.';
