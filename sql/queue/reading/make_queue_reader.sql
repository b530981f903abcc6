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
  -- what lists pgmq's queues is read before there is a statement
  if queue.adapter = 'pgmq' then
    role := _noetl.reading_role(array[format('%I.meta', queue.options ->> 'schema')]);
    if role is not null then
      perform _noetl.make_reader(role);
    end if;
  end if;
  role := _noetl.queue_reader(queue, _noetl.queue_jobs(queue));
  if role is not null then
    perform _noetl.make_reader(role);
  end if;
end
$$;

comment on function _noetl.make_queue_reader(_noetl.queue) is 'Makes what reads a queue with the rights of another role, where it is read so and that is not there.';
