create or replace function _noetl.check_outcomes(queue _noetl.queue)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  if queue.adapter = 'table' and queue.options ? 'finished_at' and _noetl.queue_outcome(queue) is null
    and (select c.relkind not in ('r', 'p') from pg_class as c where c.oid = to_regclass(queue.relation))
  then
    raise exception 'finished_at: the latest of % are not found without reading all of what % shows', queue.options ->> 'finished_at', queue.relation
      using errcode = 'invalid_parameter_value', hint = 'Make an index, or give the table itself.';
  end if;
end
$$;

comment on function _noetl.check_outcomes(_noetl.queue) is
  'Raises an error if it would never be counted how jobs of a view end, as none of its readings finds them; the index that a table lacks is advised.';
