create or replace function _noetl.added_buckets(counts bigint[], filled integer[], added bigint[], width integer)
returns bigint[]
language sql
immutable
parallel safe
begin atomic
  select array_agg(coalesce(counts[i], 0) + coalesce(added[array_position(filled, i)], 0) order by i)
  from generate_series(1, width) as i;
end;

comment on function _noetl.added_buckets(bigint[], integer[], bigint[], integer) is
  'Bucket counts with more observations added: added[k] of them into the bucket filled[k]. Null counts are all zero.';
