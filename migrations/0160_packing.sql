-- A closed day is written once more in the order in which it is read, and takes the place of what came in.
create table _noetl.packing (
  partition regclass primary key,
  copy regclass,
  snapshot pg_snapshot,
  filenode oid,
  witnesses text[],
  tries integer not null default 0,
  obstacle text,
  packed_at timestamptz
);

comment on table _noetl.packing is 'One row is one partition of noetl.metric that is being packed, has been, or cannot be.';
comment on column _noetl.packing.copy is 'Its rows in their new order, attached to nothing yet; null: not copied yet, or packed.';
comment on column _noetl.packing.snapshot is 'What the copy was made from. What changed the partition since is in _noetl.packing_change.';
comment on column _noetl.packing.filenode is 'The file of the partition then: TRUNCATE and whatever writes a table anew gives it another.';
comment on column _noetl.packing.witnesses is
  'The virtual transactions that ran when the copy was complete: each may hold a snapshot that does not see its rows. Null: not asked yet.';
comment on column _noetl.packing.tries is 'How many copies were thrown away because the partition had changed.';
comment on column _noetl.packing.obstacle is 'Why it stays as it is; null: nothing is in the way.';
comment on column _noetl.packing.packed_at is 'When the copy took its place, so that partition is the copy; null: it has not yet.';

-- Without a key, so that nobody waits for another who writes to the same partition.
create table _noetl.packing_change (
  partition regclass not null,
  place tid,
  xid xid8 not null default pg_current_xact_id()
);

comment on table _noetl.packing_change is 'One row is one change of a partition that is being packed, written by a trigger that it has meanwhile.';
comment on column _noetl.packing_change.place is 'Where a row was inserted; null: a row was updated or deleted.';
comment on column _noetl.packing_change.xid is 'The transaction of the change: one that _noetl.packing.snapshot sees is in the copy.';
