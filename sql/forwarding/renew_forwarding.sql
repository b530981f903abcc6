create or replace function _noetl.renew_forwarding(target text, lease uuid)
returns boolean
language sql
volatile
parallel unsafe
begin atomic
  with renewed as (
    update _noetl.forwarding_target as t
    set leased_until = clock_timestamp() + interval '20 seconds'
    where t.name = renew_forwarding.target and t.lease = renew_forwarding.lease
    returning t.name
  )
  select exists (select from renewed);
end;

comment on function _noetl.renew_forwarding(text, uuid) is 'Prolongs the lease of a target; false: it is another server''s by now, or nobody''s.';
