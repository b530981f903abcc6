create or replace function _noetl.fail_forwarding(target text, lease uuid, error text, refused boolean, retry_after_seconds double precision)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  moment constant timestamptz := clock_timestamp();
begin
  update _noetl.forwarding_target as t
  set
    lease = null, leased_until = null, attempts = t.attempts + 1,
    -- again after 1, 2, 4 … seconds, at most a minute, and not before the target says
    due_at = moment + greatest(
      make_interval(secs => least(60, 2 ^ least(t.attempts, 6))), make_interval(secs => least(coalesce(retry_after_seconds, 0), 3600))),
    refused_since = case when refused then coalesce(t.refused_since, moment) else t.refused_since end,
    failed = t.failed + 1, failed_at = moment, error = left(fail_forwarding.error, 1000)
  where t.name = fail_forwarding.target and t.lease = fail_forwarding.lease;
  if found then
    perform noetl.inc('noetl_forward_failures_total', jsonb_build_object('target', fail_forwarding.target));
  end if;
end
$$;

comment on function _noetl.fail_forwarding(text, uuid, text, boolean, double precision) is
  'Notes why a request to a target has failed, and gives the lease back: it is tried again after pauses that grow to a minute, and not before the seconds that the target asked for. refused: the target refuses what it is offered.';
