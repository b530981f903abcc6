create or replace function _noetl.lock_push(group_labels jsonb, alone boolean default false)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  if alone then
    perform pg_advisory_xact_lock(_noetl.push_lock(), 0);
  else
    perform pg_advisory_xact_lock_shared(_noetl.push_lock(), 0);
  end if;
  perform pg_advisory_xact_lock(_noetl.push_lock(), hashtext(_noetl.rendered_labels(group_labels)));
end
$$;

comment on function _noetl.lock_push(jsonb, boolean) is
  'Waits for its turn to change a pushed group, or any (alone), and keeps it to the end of the transaction.';
