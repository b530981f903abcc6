create or replace function _noetl.call_notification(target text, payload jsonb)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- asked again: the function may be another one by now
  fault text := _noetl.notification_fault('sql', 'sql', target, '{}');
begin
  if fault is not null then
    raise exception '%', fault;
  end if;
  execute format('select %s($1)', to_regprocedure(target || '(jsonb)')::oid::regproc) using payload;
end
$$;

comment on function _noetl.call_notification(text, jsonb) is 'Calls the function of a target of kind sql, which has the rights of its owner.';
