create or replace function noetl.collect_queues()
returns table (name text, succeeded boolean)
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select q.name, noetl.collect_queue(q.name)
  from (select q.name from _noetl.queue as q order by q.name) as q;
end;

comment on function noetl.collect_queues() is
  'Collects every registered queue and says how each went, as noetl.collect_queue(text) does. One statement for all: a schedule had better call that for each, in transactions of their own.';
