create or replace function noetl.detect_queues()
returns table (adapter text, schema text, library text, registered_as text, call text)
language sql
stable
parallel safe
begin atomic
  select f.name, f.schema, f.library, f.registered_as,
    case when f.registered_as is null then
      format('select noetl.register_queue(%L%s)',
        f.name || case when f.place > 1 or exists (select from _noetl.queue as q where q.name = f.name) then '_' || f.schema else '' end,
        case when f.alone then '' else format(', adapter => %L, schema => %L', f.name, f.schema) end)
    end
  from (
    select a.name, n.nspname::text as schema, a.library,
      (select min(q.name) from _noetl.queue as q where q.adapter = a.name and q.options ->> 'schema' = n.nspname) as registered_as,
      row_number() over (partition by a.name order by n.nspname) as place,
      count(*) over (partition by a.name) = 1
        and not exists (select from _noetl.queue as q where q.name = a.name) as alone
    from _noetl.queue_adapter as a
    join pg_class as c on c.relname = a.relation and c.relkind in ('r', 'p')
    join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname not in ('_noetl', 'noetl')
      and a.columns <@ (
        select array_agg(t.attname::text) from pg_attribute as t where t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped)
  ) as f
  order by 1, 2;
end;

comment on function noetl.detect_queues() is
  'The job queues of known libraries that are in this database, and the call that would register each; null: it is registered already.';
