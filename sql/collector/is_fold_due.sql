create or replace function _noetl.is_fold_due(at timestamptz default clock_timestamp())
returns boolean
language sql
stable
parallel restricted
begin atomic
  select (f.folded_at between at - interval '14 seconds' and at and pg_current_wal_insert_lsn() - f.folded_wal between 0 and 262144) is not true
    or exists (select from _noetl.pending_series)
  from _noetl.feed as f;
end;

comment on function _noetl.is_fold_due(timestamptz) is
  'Whether a fold is worth what it costs: new series wait for it, the last is about 15 seconds ago, or since then the server has logged 256 kB, which are two thousand samples at most.';
