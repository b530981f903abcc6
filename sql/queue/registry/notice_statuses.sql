create or replace function _noetl.notice_statuses(queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  reader oid := case queue.adapter when 'table' then _noetl.queue_reader(queue, '') end;
  named record;
  is_there boolean;
  known text;
begin
  if queue.adapter <> 'table' then
    return;
  end if;
  for named in
    select n.name, s.status
    from unnest('{ready_status,running_status,failed_status}'::text[]) as n (name)
    cross join lateral jsonb_path_query(queue.options, format('$.%s[*]', n.name)::jsonpath) as s (status)
  loop
    execute format('select s.is_there from %s as s', _noetl.as_reader(reader, format('select exists (select from %s where %s) as is_there', queue.relation,
      _noetl.status_condition(queue.options - 'condition' || jsonb_build_object(named.name, named.status), array[named.name])), '{is_there boolean}', 'null')) into is_there;
    if not is_there then
      execute format('select string_agg(s.status, '', '' order by s.status) from %s as s', _noetl.as_reader(reader,
        format('select distinct (%s)::text as status from %s limit 20', queue.options ->> 'status', queue.relation), '{status text}', 'null')) into known;
      raise notice '%: no row of % has status % yet%', named.name, queue.relation, named.status #>> '{}', coalesce('; there are ' || known, '');
    end if;
  end loop;
end
$$;

comment on function _noetl.notice_statuses(_noetl.queue) is 'Tells which statuses a queue names that no row of its table has, and which there are: one of them may be meant.';
