create or replace function _noetl.forget_prepared(name text)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('deallocate %I', name);
end
$$;

comment on function _noetl.forget_prepared(text) is 'Forgets a prepared statement of this session.';
