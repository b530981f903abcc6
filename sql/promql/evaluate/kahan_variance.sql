create or replace function _noetl.kahan_variance(vals double precision[])
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  mean constant double precision := _noetl.kahan_avg(vals);
begin
  return _noetl.kahan_avg(array(
    select (v operator(_noetl.-) mean) operator(_noetl.*) (v operator(_noetl.-) mean) from unnest(vals) as v where v is not null));
end
$$;

comment on function _noetl.kahan_variance(double precision[]) is 'The variance of all values that are there, as a population; infinite where it overflows; null: there are none.';
