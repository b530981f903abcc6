create or replace function _noetl.empty_buckets(bounds double precision[])
returns bigint[]
language sql
immutable
parallel safe
return array_fill(0::bigint, array[coalesce(cardinality(bounds), 0) + 1]);

comment on function _noetl.empty_buckets(double precision[]) is 'The bucket counts of a series without observations; one bucket where there are no bounds.';
