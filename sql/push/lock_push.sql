create or replace function _noetl.lock_push(group_labels jsonb, alone boolean default false)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  if alone then
    perform _noetl.take_lock('push');
  else
    perform from _noetl.lock as l where l.name = 'push' for key share;
  end if;
  -- 64 locks serve all groups, so that none is left behind
  perform _noetl.take_lock('push:' || (hashtext(_noetl.rendered_labels(group_labels)) & 63));
end
$$;

comment on function _noetl.lock_push(jsonb, boolean) is
  'Waits for its turn to change a pushed group, or any (alone), and keeps it to the end of the transaction.';
