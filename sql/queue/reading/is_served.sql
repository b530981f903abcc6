create or replace function _noetl.is_served(relation text, query text, small bigint)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_sort = off
as $$
declare
  reader oid := _noetl.reading_role(array[relation]);
  plan jsonb;
begin
  if reader is null then
    execute 'explain (format json, verbose) ' || query into plan;
  else
    plan := (select r.plan from _noetl.read_as(reader, 'explain (format json, verbose) ' || query, 'plan json') as r (plan json));
  end if;
  return not exists (
    select from jsonb_path_query(plan, 'strict $.**') as node
    cross join lateral (
      select case when jsonb_typeof(node) = 'object' and node ? 'Relation Name' then to_regclass(format('%I.%I', node ->> 'Schema', node ->> 'Relation Name')) end
    ) as found (table_oid)
    where jsonb_typeof(node) = 'object' and (
      node ->> 'Node Type' in ('Sort', 'Incremental Sort')
      or pg_relation_size(found.table_oid) >= small and (
        node ->> 'Node Type' = 'Seq Scan'
        or node ? 'Index Name' and not node ? 'Index Cond' and not exists (
          select from pg_index as i join pg_class as c on c.oid = i.indexrelid
          where i.indrelid = found.table_oid and c.relname = node ->> 'Index Name' and i.indpred is not null))));
end
$$;

comment on function _noetl.is_served(text, text, bigint) is
  'Whether an index finds what a query of a relation asks for, in its order, without passing other rows of tables of so many bytes or more. The planner is asked.';
