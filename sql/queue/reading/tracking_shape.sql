create or replace view _noetl.tracking_shape as
select t.queue_id, s.shape, coalesce(s.shape = t.shape, false) as is_kept
from _noetl.queue_tracking as t
cross join lateral (
  -- Each reading asks this: index look-ups and hashes, nothing that sorts or recurses. What hangs below a partition that
  -- is new need not be seen, as the partition is.
  select hash_array_extended(array[
    (
      select bit_xor(hash_record_extended((r.place, to_regclass(r.name)::oid), 0))
      from unnest(t.relations) with ordinality as r (name, place)
    ),
    (
      select bit_xor(hash_record_extended((i.inhparent, i.inhrelid), 0))
      from pg_inherits as i
      where i.inhparent = any (t.tables)
    ),
    (
      select bit_xor(hash_record_extended((a.attrelid, a.attnum, a.attname, a.atttypid), 0))
      from pg_attribute as a
      where a.attrelid = any (t.tables[1:cardinality(t.relations)]) and a.attnum > 0 and not a.attisdropped
    ),
    (
      select bit_xor(hash_record_extended((g.oid, g.xmin, g.tgenabled), 0))
      from pg_trigger as g
      where g.tgrelid = any (t.tables) and starts_with(g.tgname, 'noetl_track_' || t.queue_id || '_')
    ),
    -- who owns them, and the schemas of what a reading looks into: that says with whose rights it may
    (
      select bit_xor(hash_record_extended((c.oid, c.relowner, c.relkind, _noetl.is_trusted(c.relowner)), 0))
      from pg_class as c
      where c.oid = any (t.tables)
    ),
    (
      select bit_xor(hash_record_extended((r.place, c.oid, c.relowner, c.relkind, _noetl.is_trusted(c.relowner), n.nspowner), 0))
      from unnest(t.read_relations) with ordinality as r (name, place)
      left join pg_class as c on c.oid = to_regclass(r.name)
      left join pg_namespace as n on n.oid = c.relnamespace
    ),
    (
      select bit_xor(hash_record_extended((s.srrelid, s.srsubid), 0))
      from pg_subscription_rel as s
      where s.srrelid = any (t.tables)
    )
  ], 0)::text as shape
) as s;

comment on view _noetl.tracking_shape is
  'One row is a digest of what the catalog says now about the tables of a tracked queue: which they are, with their partitions; their columns; the triggers there, and whether anybody has switched one off and on again; whether a subscription fills them; who owns them and what else a reading looks into.';
comment on column _noetl.tracking_shape.is_kept is 'Whether it is what it was when the triggers were put there.';
