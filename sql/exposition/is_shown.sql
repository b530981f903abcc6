create or replace function _noetl.is_shown(
  runtime_id bigint, at timestamptz, goes_stale boolean, stale_before timestamptz, offline bigint[], keeping bigint[])
returns boolean
language sql
immutable
parallel safe
return runtime_id <> all (offline) and (not goes_stale or at >= stale_before or runtime_id = any (keeping));

comment on function _noetl.is_shown(bigint, timestamptz, boolean, timestamptz, bigint[], bigint[]) is
  'Whether a counter or gauge that has a value is on the page: not with its component offline, nor a gauge measured before stale_before unless its component keeps its values.';
