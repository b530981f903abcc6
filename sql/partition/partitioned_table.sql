create or replace view _noetl.partitioned_table as
select
  t.level,
  t.parent,
  t.schema,
  t.prefix,
  t.key,
  t.days,
  t.expiry,
  t.fillfactor,
  -- in seconds, because days differ in length between time zones
  make_interval(secs => extract(epoch from case
    -- emptied by thinning first; a day later nobody's snapshot is so old that it would look for what was there
    when t.level = 'full' and (select _noetl.is_thinned()) then (select _noetl.retention_setting('thin_after')) + interval '24 hours'
    else (select _noetl.retention_setting(t.retention))
  end)) as retention
from (values
  ('raw', 'noetl.metric'::regclass, 'noetl', 'metric_', 'created_at', 1, 'expires_at', 100, 'retention'),
  ('1m', '_noetl.rollup_1m'::regclass, '_noetl', 'rollup_1m_', 'bucket', 1, 'bucket + %L', 50, 'rollup_1m_retention'),
  ('1h', '_noetl.rollup_1h'::regclass, '_noetl', 'rollup_1h_', 'bucket', 7, 'bucket + %L', 100, 'rollup_1h_retention'),
  ('1d', '_noetl.rollup_1d'::regclass, '_noetl', 'rollup_1d_', 'bucket', 91, 'bucket + %L', 100, 'rollup_1d_retention'),
  ('full', '_noetl.chunk_full'::regclass, '_noetl', 'chunk_full_', 'from_at', 7, 'until_at + %L', 100, 'archive_retention'),
  ('thinned', '_noetl.chunk_thinned'::regclass, '_noetl', 'chunk_thinned_', 'from_at', 91, 'until_at + %L', 100, 'archive_retention'),
  ('imported', '_noetl.chunk_imported'::regclass, '_noetl', 'chunk_imported_', 'from_at', 91, 'until_at + %L', 100, 'import_retention')
) as t (level, parent, schema, prefix, key, days, expiry, fillfactor, retention);

comment on view _noetl.partitioned_table is 'One row is one table kept in partitions by time: the samples, and each level of their history.';
comment on column _noetl.partitioned_table.key is 'The column whose value picks the partition.';
comment on column _noetl.partitioned_table.days is 'How many days one partition holds, counted from 1970-01-01.';
comment on column _noetl.partitioned_table.expiry is 'When a row in the overflow expires; %L stands for the retention.';
