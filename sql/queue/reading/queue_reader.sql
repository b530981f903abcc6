create or replace function _noetl.queue_reader(queue _noetl.queue, statement text)
returns oid
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  role oid := _noetl.reading_role(case queue.adapter
    when 'table' then array[queue.relation]
    else _noetl.named_relations(statement, queue.options ->> 'schema') end);
  untrusted text := case when role is null and queue.adapter = 'table' then (
    select min(_noetl.untrusted_name(o.value)) from jsonb_each_text(queue.options) as o where o.key not like '%\_status') end;
begin
  if untrusted is not null then
    raise exception 'relation: %, which an expression uses, belongs to somebody who could have it run with the rights of %', untrusted, current_user
      using errcode = 'insufficient_privilege', hint = format('Give it, and its schema, to %I.', current_user);
  end if;
  return role;
end
$$;

comment on function _noetl.queue_reader(_noetl.queue, text) is
  'With whose rights a statement reads a queue, as _noetl.reading_role() has it for the tables that the statement names. Asked anew for each reading.';
