create or replace function _noetl.quantile(phi double precision, ascending double precision[])
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  rank constant double precision := case when phi between 0 and 1 then phi * (cardinality(ascending) - 1) end;
  low constant integer := floor(rank);
begin
  return case
    when phi = 'NaN' then 'NaN'
    when phi < 0 then '-Infinity'
    when phi > 1 then 'Infinity'
    else coalesce(ascending[low + 1], 'NaN') operator(_noetl.*) (1 - (rank - low))
      operator(_noetl.+) (coalesce(ascending[least(low + 2, cardinality(ascending))], 'NaN') operator(_noetl.*) (rank - low))
  end;
end
$$;

comment on function _noetl.quantile(double precision, double precision[]) is
  'The quantile of values in ascending order, first those that are not a number, as null; between two of them by their distance.';
