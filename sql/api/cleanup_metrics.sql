create or replace function noetl.cleanup_metrics()
returns jsonb
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_build_object('dropped', to_jsonb(noetl.cleanup_expired_metrics()));
end;

comment on function noetl.cleanup_metrics() is 'noetl.cleanup_expired_metrics() as {dropped: [...]}.';
