create or replace function _noetl.check_trackable(name text, queue _noetl.queue)
returns void
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := case
    when queue is null then format('there is no queue "%s"', name)
    when queue.adapter <> 'table' then format('"%s" was registered by its library; register its table to have it tracked', name)
    when to_regclass(queue.relation) is null then format('the table %s of "%s" is not there', queue.relation, name)
    when (select c.relkind from pg_class as c where c.oid = to_regclass(queue.relation)) <> 'r' then format('%s is no ordinary table', queue.relation)
    when exists (select from pg_inherits as i where to_regclass(queue.relation) in (i.inhparent, i.inhrelid)) then
      format('%s is part of an inheritance tree, whose other tables write past its triggers', queue.relation)
  end;
begin
  if fault is not null then
    raise exception 'name: %', fault using errcode = 'invalid_parameter_value';
  end if;
end
$$;

comment on function _noetl.check_trackable(text, _noetl.queue) is 'Raises an error that says why a queue cannot be tracked, if it cannot.';
