create or replace function _noetl.counted_from(state _noetl.job_state, due timestamptz)
returns timestamptz
language sql
stable
parallel safe
return case
  when state in ('blocked', 'unleased', 'beating', 'failed', 'other') or due is null then '-infinity'
  when state in ('leased', 'scheduled', 'scheduled_retry') then due + interval '1 microsecond'
  else due
end;

comment on function _noetl.counted_from(_noetl.job_state, timestamptz) is
  'When jobs of a state begin to count as _noetl.queue_change.due says, given the time in their row. A lease is over just after its last moment.';
