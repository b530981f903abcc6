create or replace function _noetl.cleanup_metrics()
returns jsonb
language sql
volatile
parallel unsafe
begin atomic
  select jsonb_build_object('dropped', to_jsonb(noetl.cleanup_expired_metrics()));
end;

comment on function _noetl.cleanup_metrics() is 'noetl.cleanup_expired_metrics() as {dropped: [...]}.';
