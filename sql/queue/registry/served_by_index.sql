create or replace function _noetl.served_by_index(lookup jsonb)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_sort = off
as $$
declare
  reader oid := _noetl.reading_role(array[lookup ->> 'relation']);
  plan jsonb;
begin
  if reader is null then
    execute _noetl.lookup_statement(lookup) into plan;
  else
    plan := (select r.plan from _noetl.read_as(reader, _noetl.lookup_statement(lookup), 'plan json') as r (plan json));
  end if;
  return not exists (
    select from jsonb_path_query(plan, 'strict $.**') as node
    where jsonb_typeof(node) = 'object' and (
      node ->> 'Node Type' in ('Seq Scan', 'Sort', 'Incremental Sort')
      or node ? 'Index Name' and not node ? 'Index Cond'
        and not exists (
          select from pg_index as i join pg_class as c on c.oid = i.indexrelid
          where c.relname = node ->> 'Index Name' and i.indpred is not null)));
end
$$;

comment on function _noetl.served_by_index(jsonb) is
  'Whether an index finds the first row of a lookup, a row of _noetl.queue_lookup(), without passing rows that are not of it. The planner is asked.';
