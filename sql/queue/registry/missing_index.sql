create or replace function _noetl.missing_index()
returns table (source text, relation text, purpose text, statement text)
language plpgsql
volatile
parallel unsafe
security definer
rows 10
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select
    q.name,
    t.relation,
    min(l.purpose),
    format('create index concurrently on %s (%s)%s', t.relation, l.key, coalesce(' where ' || l.condition, ''))
  from _noetl.queue as q
  cross join lateral _noetl.advised_index(q) as l
  cross join lateral (
    select p.relid::regclass::text as relation from pg_partition_tree(to_regclass(l.relation)) as p where p.isleaf
    union all
    select l.relation where (select c.relkind from pg_class as c where c.oid = to_regclass(l.relation)) = 'r'
      and not exists (select from pg_partition_tree(to_regclass(l.relation)))
  ) as t
  where not _noetl.is_served(l.relation, replace(l.query, l.relation || ' as', t.relation || ' as'), l.small)
  group by q.name, t.relation, l.key, l.condition;
end
$$;

comment on function _noetl.missing_index() is
  'What the view noetl.queue_advice shows. It takes nothing from its caller, whose rights do not reach the queues'' tables.';
