create or replace function _noetl.bucket_fraction(low double precision, high double precision, bounds double precision[], counts double precision[])
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  buckets constant integer := cardinality(bounds);
begin
  if bounds[buckets] <> 'Infinity' or counts[buckets] = 0 or low = 'NaN' or high = 'NaN' then
    return 'NaN'::double precision;
  elsif low >= high then
    return 0::double precision;
  end if;
  return (_noetl.bucket_rank(high, bounds, counts) - _noetl.bucket_rank(low, bounds, counts)) / counts[buckets];
end
$$;

comment on function _noetl.bucket_fraction(double precision, double precision, double precision[], double precision[]) is
  'The part of a histogram''s observations that lie between two numbers, for those ascending upper bounds and cumulative counts: linear inside a bucket.';
