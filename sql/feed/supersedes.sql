create or replace function _noetl.supersedes(at timestamptz, earlier timestamptz)
returns boolean
language sql
stable
parallel safe
return earlier is null or at >= earlier or earlier > statement_timestamp();

comment on function _noetl.supersedes(timestamptz, timestamptz) is
  'Whether a sample of this timestamp replaces one stored before: not if it came late, but always one dated in the future, which a clock that jumped has left.';
