create or replace view _noetl.partitioned_table as
select
  t.level,
  t.parent,
  t.schema,
  t.prefix,
  t.key,
  t.days,
  -- what is thinned does not expire before it is
  case when t.level = 'full' and (select _noetl.is_thinned()) then '''infinity''::timestamptz' else t.expiry end as expiry,
  t.fillfactor,
  -- in seconds, because days differ in length between time zones
  make_interval(secs => extract(epoch from case
    -- emptied by thinning first; a day later nobody's snapshot is so old that it would look for what was there
    when t.level = 'full' and (select _noetl.is_thinned()) then (select _noetl.interval_setting('thin_after')) + interval '24 hours'
    else (select _noetl.interval_setting(t.retention))
  end)) as retention
from (values
  ('raw', 'noetl.metric'::regclass, 'noetl', 'metric_', 'created_at', 1, 'expires_at', 100, 'retention'),
  ('full', '_noetl.chunk_full'::regclass, '_noetl', 'chunk_full_', 'from_at', 7, 'until_at + %L', 100, 'archive_retention'),
  ('thinned', '_noetl.chunk_thinned'::regclass, '_noetl', 'chunk_thinned_', 'from_at', 91, 'until_at + %L', 100, 'archive_retention'),
  ('imported', '_noetl.chunk_imported'::regclass, '_noetl', 'chunk_imported_', 'from_at', 91, 'until_at + %L', 100, 'import_retention')
) as t (level, parent, schema, prefix, key, days, expiry, fillfactor, retention);

comment on view _noetl.partitioned_table is 'One row is one table kept in partitions by time: the samples, and each level of the archive.';
comment on column _noetl.partitioned_table.key is 'The column whose value picks the partition.';
comment on column _noetl.partitioned_table.days is 'How many days one partition holds, counted from 1970-01-01.';
comment on column _noetl.partitioned_table.expiry is 'When a row in the overflow expires; %L stands for the retention.';
