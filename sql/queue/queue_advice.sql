create or replace view noetl.queue_advice as
select
  q.name as source,
  t.relation,
  l.purpose,
  format('create index concurrently on %s (%s)%s', t.relation, l.key, coalesce(' where ' || l.condition, '')) as statement
from _noetl.queue as q
cross join lateral _noetl.queue_lookup(q) as l
cross join lateral (
  select p.relid::regclass::text as relation from pg_partition_tree(to_regclass(l.relation)) as p where p.isleaf
  union all
  select l.relation where (select c.relkind from pg_class as c where c.oid = to_regclass(l.relation)) = 'r'
    and not exists (select from pg_partition_tree(to_regclass(l.relation)))
) as t
where not _noetl.served_by_index(jsonb_build_object('relation', t.relation, 'key', l.key, 'condition', l.condition));

comment on view noetl.queue_advice is
  'One row is one index that readings of a registered queue would use, and that is not there: run its statement, outside of a transaction, if the table is large. The planner is asked about each lookup, so that any index which serves counts.';
comment on column noetl.queue_advice.purpose is 'What the index would find.';
