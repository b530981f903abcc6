create or replace function noetl.detect_queues()
returns table (adapter text, schema text, library text, registered_as text, call text)
language sql
stable
parallel safe
begin atomic
  select f.adapter, f.schema, f.title, f.registered_as,
    case when f.registered_as is null then
      format('select noetl.register_queue(%L%s%s)',
        f.adapter || case when f.place > 1 or f.is_taken then '_' || coalesce(f.renamed, f.schema) else '' end,
        case when f.renamed is not null then format(', %L', format('%I.%I', f.schema, f.renamed)) else '' end,
        case when f.renamed is not null then format(', adapter => %L', f.adapter)
          when f.alone then '' else format(', adapter => %L, schema => %L', f.adapter, f.schema) end)
    end
  from (
    select l.*,
      (
        select min(q.name) from _noetl.queue as q
        where q.adapter = l.adapter and q.options ->> 'schema' = l.schema
          and (l.renamed is null or q.options -> 'tables' @> jsonb_build_object((select k.library ->> 'table' from _noetl.known_library() as k where k.adapter = l.adapter), l.renamed))
      ) as registered_as,
      row_number() over (partition by l.adapter order by l.renamed nulls first, l.schema) as place,
      exists (select from _noetl.queue as q where q.name = l.adapter) as is_taken,
      count(*) over (partition by l.adapter) = 1 and not exists (select from _noetl.queue as q where q.name = l.adapter) as alone
    from _noetl.found_library as l
  ) as f
  order by 1, 2, f.renamed nulls first;
end;

comment on function noetl.detect_queues() is
  'The job queues of known libraries that are in this database, and the call that would register each; null: it is registered already.';
