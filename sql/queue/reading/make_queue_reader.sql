create or replace function _noetl.make_queue_reader(queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  role oid;
begin
  -- what lists a library's queues is read before there is a statement
  if queue.adapter <> 'table' then
    role := (
      select _noetl.reading_role(array[format('%I.%I', queue.options ->> 'schema', k.library ->> 'list')])
      from _noetl.known_library() as k
      where k.adapter = queue.adapter and k.library ? 'list');
    if role is not null then
      perform _noetl.make_reader(role);
    end if;
  end if;
  role := _noetl.queue_reader(queue, _noetl.reading_query(queue, _noetl.queue_library(queue), false));
  if role is not null then
    perform _noetl.make_reader(role);
  end if;
end
$$;

comment on function _noetl.make_queue_reader(_noetl.queue) is 'Makes what reads a queue with the rights of another role, where it is read so and that is not there.';
