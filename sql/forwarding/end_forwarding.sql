create or replace function _noetl.end_forwarding(target text, lease uuid)
returns void
language sql
volatile
parallel unsafe
begin atomic
  update _noetl.forwarding_target as t
  set lease = null, leased_until = null
  where t.name = end_forwarding.target and t.lease = end_forwarding.lease;
end;

comment on function _noetl.end_forwarding(text, uuid) is 'Gives the lease of a target back, so that another server may go on at once.';
