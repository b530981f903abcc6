create or replace function _noetl.counts_condition(name text)
returns text
language sql
immutable
parallel safe
return format('(case when %1$s.state in (''queued'', ''queued_retry'', ''last_lease'') then %1$s.due <= $1 '
  'when %1$s.state in (''leased'', ''scheduled'', ''scheduled_retry'') then %1$s.due < $1 end) is not false', name);

comment on function _noetl.counts_condition(text) is
  'The condition that a job, in a row of that name with its state and due, counts at $1 as _noetl.queue_change.due says: what _noetl.counted_from() says, as text, because whoever owns the jobs reads it.';
