alter table _noetl.feed add column folded_wal pg_lsn;

comment on column _noetl.feed.folded_wal is
  'How far the log of the server was when folded_at was: what has been written since tells how much there may be to fold. Null, or of another cluster after a restore: as if much.';
