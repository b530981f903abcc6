create or replace function _noetl.added_buckets(counts bigint[], filled integer[], added bigint[])
returns bigint[]
language sql
immutable
parallel safe
begin atomic
  select array_agg(c.observations + coalesce(added[array_position(filled, c.bucket::integer)], 0) order by c.bucket)
  from unnest(counts) with ordinality as c (observations, bucket);
end;

comment on function _noetl.added_buckets(bigint[], integer[], bigint[]) is
  'Bucket counts with more observations added: added[k] of them into the bucket filled[k].';
