create or replace procedure noetl.collect_queues()
language plpgsql
as $$
declare
  name text;
begin
  for name in select q.name from _noetl.queue as q order by q.name loop
    perform noetl.collect_queue(name);
    commit;
  end loop;
end
$$;

comment on procedure noetl.collect_queues() is 'Collects every registered queue, each in a transaction of its own: call noetl.collect_queues().';
