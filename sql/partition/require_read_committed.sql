create or replace function _noetl.require_read_committed()
returns void
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('transaction_isolation') in ('repeatable read', 'serializable') then
    raise exception 'what others commit while this runs must be seen, which % does not', current_setting('transaction_isolation')
      using errcode = 'active_sql_transaction', hint = 'Call it in a transaction of isolation level read committed.';
  end if;
end
$$;

comment on function _noetl.require_read_committed() is
  'An error (active_sql_transaction) where the transaction would take samples for absent that others commit, and drop them.';
