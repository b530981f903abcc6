create or replace function _noetl.begin_tick(server bigint default null)
returns jsonb
language sql
volatile
parallel unsafe
begin atomic
  with claimed as materialized (select _noetl.claim_work(server) as due)
  select jsonb_build_object('wait', _noetl.plan_tick(server), 'due', c.due) from claimed as c;
end;

comment on function _noetl.begin_tick(bigint) is
  'Begins a tick of a server, or the one for all (null): plans the next one, and returns {"wait": milliseconds until then, "due": what _noetl.claim_work() gives} for the server to run.';
