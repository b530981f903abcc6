create or replace function _noetl.tracked_bytes(queue_id integer)
returns bigint
language sql
stable
parallel safe
begin atomic
  select coalesce(sum(pg_relation_size(r.oid)), 0)::bigint
  from _noetl.queue_tracking as t
  cross join lateral _noetl.tracking_tree(t.relations) as r
  where t.queue_id = tracked_bytes.queue_id;
end;

comment on function _noetl.tracked_bytes(integer) is 'How large the tables of a tracked queue are, in bytes and without their indexes.';
