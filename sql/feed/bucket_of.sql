create or replace function _noetl.bucket_of(value double precision, mirrored double precision[])
returns integer
language sql
immutable
parallel safe
return cardinality(mirrored) + 1 - width_bucket(-value, mirrored);

comment on function _noetl.bucket_of(double precision, double precision[]) is
  'The first bucket, counted from 1, whose bound is at least value; one more than there are bounds if none is. width_bucket counts bounds below, le counts from above: so both are negated.';
