create or replace view _noetl.postgres_query as
select v.name, v.every::interval as every, v.since, v.until, v.query, c.metrics::jsonb as metrics, v.labels::text[] as labels
from (values
  ('postgres_sessions', '15 seconds', 0, 999999, '{}',
    $$select
        (select count(distinct l.pid) from pg_locks as l where not l.granted) as blocked,
        (select count(distinct b.pid) from (select distinct l.pid from pg_locks as l where not l.granted limit 100) as w
          cross join unnest(pg_blocking_pids(w.pid)) as b (pid)) as blocking,
        (select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart)), 0) from pg_locks as l where not l.granted) as blocked_seconds,
        coalesce(max(extract(epoch from clock_timestamp() - a.state_change)) filter (where a.state like 'idle in transaction%'), 0) as idle,
        coalesce(max(extract(epoch from clock_timestamp() - a.query_start)) filter (where a.state = 'active'), 0) as query,
        (select count(*) from pg_prepared_xacts) as prepared
      from pg_stat_activity as a
      where a.backend_type = 'client backend' and a.pid <> pg_backend_pid()$$,
    '{"blocked": {"name": "noetl_postgres_blocked_sessions", "help": "Sessions that wait for a lock; noetl.blocked_session() lists them and who blocks them."},
      "blocking": {"name": "noetl_postgres_blocking_sessions", "help": "Sessions that others wait for."},
      "blocked_seconds": {"name": "noetl_postgres_blocked_seconds", "help": "How long the session has waited for a lock that waits longest; 0: none waits.", "unit": "seconds"},
      "idle": {"name": "noetl_postgres_longest_idle_in_transaction_seconds", "help": "Longest time that a session has been idle in a transaction.", "unit": "seconds"},
      "query": {"name": "noetl_postgres_longest_query_seconds", "help": "Age of the query that has run longest; 0: none runs.", "unit": "seconds"},
      "prepared": {"name": "noetl_postgres_prepared_transactions", "help": "Transactions that are prepared and neither committed nor rolled back."}}'),
  ('postgres_waits', '15 seconds', 0, 999999, '{wait}',
    $$select coalesce(a.wait_event_type, 'none') as wait, count(*) as sessions
      from pg_stat_activity as a
      where a.state = 'active' and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
      group by 1$$,
    '{"sessions": {"name": "noetl_postgres_active_sessions", "help": "Sessions that run a query, by what they wait for; none: they compute."}}'),
  ('postgres_locks', '15 seconds', 0, 999999, '{mode}',
    $$select l.mode, count(*) filter (where l.granted) as held, count(*) filter (where not l.granted) as waited
      from pg_locks as l where l.pid is distinct from pg_backend_pid() group by l.mode$$,
    '{"held": {"name": "noetl_postgres_locks_held", "help": "Locks held, by mode."},
      "waited": {"name": "noetl_postgres_locks_awaited", "help": "Locks waited for, by mode."}}'),
  ('postgres_snapshots', '60 seconds', 0, 999999, '{holder}',
    $$select h.holder, max(h.age) as age
      from (
        select case a.backend_type when 'walsender' then 'standby' else 'session' end, age(a.backend_xmin)
        from pg_stat_activity as a where a.backend_xmin is not null and a.pid <> pg_backend_pid()
        union all select 'slot', greatest(age(s.xmin), age(s.catalog_xmin)) from pg_replication_slots as s
        union all select 'prepared', age(p.transaction) from pg_prepared_xacts as p
      ) as h (holder, age)
      where h.age is not null
      group by h.holder$$,
    '{"age": {"name": "noetl_postgres_oldest_snapshot_age", "help": "Transactions since the oldest snapshot, from which on no dead row can be removed, by who holds it."}}'),
  ('postgres_io', '60 seconds', 160000, 179999, '{backend,object}',
    $$select i.backend_type as backend, i.object, sum(i.reads * i.op_bytes) as read_bytes, sum(i.writes * i.op_bytes) as written_bytes, sum(i.extends * i.op_bytes) as extended_bytes,
        sum(i.hits) as hits, sum(i.evictions) as evictions, sum(i.fsyncs) as fsyncs, sum(i.read_time) / 1000 as read_seconds, sum(i.write_time) / 1000 as write_seconds
      from pg_stat_io as i group by 1, 2
      having sum(coalesce(i.reads, 0) + coalesce(i.writes, 0) + coalesce(i.extends, 0) + coalesce(i.hits, 0)) > 0$$, 'io'),
  ('postgres_io', '60 seconds', 180000, 999999, '{backend,object}',
    $$select i.backend_type as backend, i.object, sum(i.read_bytes) as read_bytes, sum(i.write_bytes) as written_bytes, sum(i.extend_bytes) as extended_bytes,
        sum(i.hits) as hits, sum(i.evictions) as evictions, sum(i.fsyncs) as fsyncs, sum(i.read_time) / 1000 as read_seconds, sum(i.write_time) / 1000 as write_seconds
      from pg_stat_io as i group by 1, 2
      having sum(coalesce(i.reads, 0) + coalesce(i.writes, 0) + coalesce(i.extends, 0) + coalesce(i.hits, 0)) > 0$$, 'io'),
  ('postgres_wal', '15 seconds', 0, 999999, '{}',
    $$select w.wal_bytes as bytes, w.wal_records as records, w.wal_fpi as images, w.wal_buffers_full as full from pg_stat_wal as w$$,
    '{"bytes": {"name": "noetl_postgres_wal_bytes_total", "type": "counter", "help": "Bytes written to the log.", "unit": "bytes"},
      "records": {"name": "noetl_postgres_wal_records_total", "type": "counter", "help": "Records written to the log."},
      "images": {"name": "noetl_postgres_wal_full_page_images_total", "type": "counter", "help": "Images of whole pages written to the log."},
      "full": {"name": "noetl_postgres_wal_buffers_full_total", "type": "counter", "help": "Times that the log was written because its buffers were full."}}'),
  ('postgres_wal_files', '60 seconds', 0, 999999, '{}',
    $$select count(*) as files, coalesce(sum(f.size), 0) as bytes from pg_ls_waldir() as f$$,
    '{"files": {"name": "noetl_postgres_wal_files", "help": "Files of the log on disk."},
      "bytes": {"name": "noetl_postgres_wal_size_bytes", "help": "Bytes of the log on disk.", "unit": "bytes"}}'),
  ('postgres_checkpoints', '60 seconds', 0, 169999, '{kind,writer}',
    $$select v.*
      from pg_stat_bgwriter as b
      cross join lateral (values
        ('timed', null, b.checkpoints_timed, null::bigint, null::double precision, null::double precision, null::bigint),
        ('requested', null, b.checkpoints_req, null, null, null, null),
        (null, 'checkpointer', null, b.buffers_checkpoint, null, null, null),
        (null, 'background writer', null, b.buffers_clean, null, null, null),
        (null, 'backend', null, b.buffers_backend, null, null, null),
        (null, null, null, null, b.checkpoint_write_time / 1000, b.checkpoint_sync_time / 1000, b.maxwritten_clean)
      ) as v (kind, writer, checkpoints, buffers, write_seconds, sync_seconds, stopped)$$, 'checkpoints'),
  ('postgres_checkpoints', '60 seconds', 170000, 999999, '{kind,writer}',
    $$select v.*
      from pg_stat_checkpointer as c
      cross join pg_stat_bgwriter as b
      cross join lateral (values
        ('timed', null, c.num_timed, null::bigint, null::double precision, null::double precision, null::bigint),
        ('requested', null, c.num_requested, null, null, null, null),
        (null, 'checkpointer', null, c.buffers_written, null, null, null),
        (null, 'background writer', null, b.buffers_clean, null, null, null),
        (null, null, null, null, c.write_time / 1000, c.sync_time / 1000, b.maxwritten_clean)
      ) as v (kind, writer, checkpoints, buffers, write_seconds, sync_seconds, stopped)$$, 'checkpoints'),
  ('postgres_archiver', '60 seconds', 0, 999999, '{}',
    $$select a.archived_count as archived, a.failed_count as failed, extract(epoch from clock_timestamp() - a.last_archived_time) as seconds
      from pg_stat_archiver as a where current_setting('archive_mode') <> 'off'$$,
    '{"archived": {"name": "noetl_postgres_archived_files_total", "type": "counter", "help": "Files of the log that were archived."},
      "failed": {"name": "noetl_postgres_archive_failures_total", "type": "counter", "help": "Attempts to archive a file of the log that failed."},
      "seconds": {"name": "noetl_postgres_last_archived_seconds", "help": "Time since a file of the log was archived last.", "unit": "seconds"}}'),
  ('postgres_slots', '15 seconds', 0, 999999, '{slot,kind}',
    $$select s.slot_name as slot, s.slot_type as kind, s.active::integer as active, (s.wal_status = 'lost')::integer as lost,
        pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn) as retained, s.safe_wal_size as safe
      from pg_replication_slots as s
      order by s.restart_lsn nulls last, s.slot_name
      limit _noetl.integer_setting('postgres_top')$$,
    '{"active": {"name": "noetl_postgres_slot_active", "help": "Whether somebody reads from the replication slot: 1 or 0."},
      "lost": {"name": "noetl_postgres_slot_lost", "help": "Whether log that the replication slot needs is gone: 1 or 0."},
      "retained": {"name": "noetl_postgres_slot_retained_bytes", "help": "Log that the replication slot holds back.", "unit": "bytes"},
      "safe": {"name": "noetl_postgres_slot_safe_bytes", "help": "Log that can be written before the slot may be lost; absent: max_slot_wal_keep_size sets no limit.", "unit": "bytes"}}'),
  ('postgres_subscriptions', '60 seconds', 0, 999999, '{subscription,stage}',
    $$select s.subname as subscription, e.stage, e.errors
      from pg_stat_subscription_stats as s
      cross join lateral (values ('apply', s.apply_error_count), ('sync', s.sync_error_count)) as e (stage, errors)
      order by s.apply_error_count + s.sync_error_count desc, s.subname, e.stage
      limit 2 * _noetl.integer_setting('postgres_top')$$,
    '{"errors": {"name": "noetl_postgres_subscription_errors_total", "type": "counter", "help": "Errors of a subscription, while changes were applied or tables copied."}}'),
  ('postgres_database_activity', '60 seconds', 0, 999999, '{database}',
    $$select d.datname as database, s.tup_returned as scanned, s.tup_fetched as fetched, s.tup_inserted as inserted, s.tup_updated as updated, s.tup_deleted as deleted,
        s.conflicts, s.temp_files, s.checksum_failures, s.sessions, s.sessions_abandoned + s.sessions_fatal + s.sessions_killed as broken, s.numbackends as connections,
        s.active_time / 1000 as active, s.idle_in_transaction_time / 1000 as idle, s.blk_read_time / 1000 as read, s.blk_write_time / 1000 as written,
        mxid_age(d.datminmxid) as multixacts,
        case when d.datname <> current_database() and (has_database_privilege(d.oid, 'connect') or pg_has_role('pg_read_all_stats', 'usage'))
          then pg_database_size(d.oid) end as bytes
      from pg_database as d join pg_stat_database as s on s.datid = d.oid
      where d.datallowconn and not d.datistemplate
      order by d.datname = current_database() desc, s.xact_commit desc limit 20$$,
    '{"scanned": {"name": "noetl_postgres_rows_scanned_total", "type": "counter", "help": "Rows read by scans of tables and entries by scans of indexes."},
      "fetched": {"name": "noetl_postgres_rows_fetched_total", "type": "counter", "help": "Rows fetched by scans of indexes."},
      "inserted": {"name": "noetl_postgres_rows_inserted_total", "type": "counter", "help": "Rows inserted."},
      "updated": {"name": "noetl_postgres_rows_updated_total", "type": "counter", "help": "Rows updated."},
      "deleted": {"name": "noetl_postgres_rows_deleted_total", "type": "counter", "help": "Rows deleted."},
      "conflicts": {"name": "noetl_postgres_conflicts_total", "type": "counter", "help": "Queries cancelled because recovery needed it."},
      "temp_files": {"name": "noetl_postgres_temp_files_total", "type": "counter", "help": "Temporary files written."},
      "checksum_failures": {"name": "noetl_postgres_checksum_failures_total", "type": "counter", "help": "Pages whose checksum was wrong; absent: checksums are off."},
      "sessions": {"name": "noetl_postgres_sessions_total", "type": "counter", "help": "Sessions begun."},
      "broken": {"name": "noetl_postgres_broken_sessions_total", "type": "counter", "help": "Sessions that were lost, ended by an error or killed."},
      "connections": {"name": "noetl_postgres_database_connections", "help": "Connections by database."},
      "active": {"name": "noetl_postgres_active_seconds_total", "type": "counter", "help": "Time that sessions ran statements.", "unit": "seconds"},
      "idle": {"name": "noetl_postgres_idle_in_transaction_seconds_total", "type": "counter", "help": "Time that sessions were idle in a transaction.", "unit": "seconds"},
      "read": {"name": "noetl_postgres_block_read_seconds_total", "type": "counter", "help": "Time spent reading blocks, where track_io_timing is on.", "unit": "seconds"},
      "written": {"name": "noetl_postgres_block_write_seconds_total", "type": "counter", "help": "Time spent writing blocks, where track_io_timing is on.", "unit": "seconds"},
      "multixacts": {"name": "noetl_postgres_multixact_age", "help": "Multixacts since the oldest that is not frozen; at 2 billion the database stops."},
      "bytes": {"name": "noetl_postgres_database_size_bytes", "help": "Size of the database.", "unit": "bytes"}}'),
  ('postgres_table_activity', '60 seconds', 0, 999999, '{schema,table}',
    $$select t.schemaname as schema, t.relname as table, t.seq_scan as scans, t.seq_tup_read as scanned, coalesce(t.idx_scan, 0) as lookups,
        t.n_tup_ins as inserted, t.n_tup_upd as updated, t.n_tup_hot_upd as hot, t.n_tup_del as deleted, t.n_mod_since_analyze as modified,
        extract(epoch from clock_timestamp() - greatest(t.last_vacuum, t.last_autovacuum)) as vacuumed,
        extract(epoch from clock_timestamp() - greatest(t.last_analyze, t.last_autoanalyze)) as analyzed
      from pg_stat_user_tables as t
      where t.schemaname not in ('noetl', '_noetl') and t.schemaname not like 'pg\_temp%'
      order by t.seq_tup_read + coalesce(t.idx_tup_fetch, 0) + t.n_tup_ins + t.n_tup_upd + t.n_tup_del desc, 1, 2
      limit _noetl.integer_setting('postgres_top')$$,
    '{"scans": {"name": "noetl_postgres_table_scans_total", "type": "counter", "help": "Scans of the whole table; the busiest tables."},
      "scanned": {"name": "noetl_postgres_table_rows_scanned_total", "type": "counter", "help": "Rows read by scans of the whole table."},
      "lookups": {"name": "noetl_postgres_table_index_scans_total", "type": "counter", "help": "Scans of the table''s indexes."},
      "inserted": {"name": "noetl_postgres_table_rows_inserted_total", "type": "counter", "help": "Rows inserted."},
      "updated": {"name": "noetl_postgres_table_rows_updated_total", "type": "counter", "help": "Rows updated."},
      "hot": {"name": "noetl_postgres_table_rows_hot_updated_total", "type": "counter", "help": "Rows updated without a new entry in any index."},
      "deleted": {"name": "noetl_postgres_table_rows_deleted_total", "type": "counter", "help": "Rows deleted."},
      "modified": {"name": "noetl_postgres_table_rows_since_analyze", "help": "Rows changed since the table was analyzed."},
      "vacuumed": {"name": "noetl_postgres_table_vacuumed_seconds", "help": "Time since the table was vacuumed; absent: it never was.", "unit": "seconds"},
      "analyzed": {"name": "noetl_postgres_table_analyzed_seconds", "help": "Time since the table was analyzed; absent: it never was.", "unit": "seconds"}}'),
  ('postgres_vacuum', '60 seconds', 0, 999999, '{}',
    $$select count(*) filter (where t.dead > t.vacuum_at) as need_vacuum, count(*) filter (where t.modified > t.analyze_at) as need_analyze,
        coalesce(max(t.dead / greatest(t.vacuum_at, 1)), 0) as need, coalesce(sum(t.dead), 0) as dead, coalesce(sum(t.live), 0) as live,
        coalesce(max(t.age), 0) as age, (select count(*) from pg_stat_activity where backend_type = 'autovacuum worker') as workers
      from (
        select s.n_dead_tup as dead, s.n_live_tup as live, s.n_mod_since_analyze as modified, age(c.relfrozenxid) as age,
          coalesce(o.vacuum_threshold, g.vacuum_threshold) + coalesce(o.vacuum_scale, g.vacuum_scale) * greatest(c.reltuples, 0) as vacuum_at,
          coalesce(o.analyze_threshold, g.analyze_threshold) + coalesce(o.analyze_scale, g.analyze_scale) * greatest(c.reltuples, 0) as analyze_at
        from pg_stat_user_tables as s
        join pg_class as c on c.oid = s.relid
        cross join (
          select current_setting('autovacuum_vacuum_threshold')::float8 as vacuum_threshold, current_setting('autovacuum_vacuum_scale_factor')::float8 as vacuum_scale,
            current_setting('autovacuum_analyze_threshold')::float8 as analyze_threshold, current_setting('autovacuum_analyze_scale_factor')::float8 as analyze_scale
        ) as g
        left join lateral (
          select max(r.option_value::float8) filter (where r.option_name = 'autovacuum_vacuum_threshold') as vacuum_threshold,
            max(r.option_value::float8) filter (where r.option_name = 'autovacuum_vacuum_scale_factor') as vacuum_scale,
            max(r.option_value::float8) filter (where r.option_name = 'autovacuum_analyze_threshold') as analyze_threshold,
            max(r.option_value::float8) filter (where r.option_name = 'autovacuum_analyze_scale_factor') as analyze_scale
          from pg_options_to_table(c.reloptions) as r
          where r.option_name like 'autovacuum\_%\_threshold' or r.option_name like 'autovacuum\_%\_scale\_factor'
        ) as o on c.reloptions is not null
        where c.relkind in ('r', 'm')
      ) as t$$,
    '{"need_vacuum": {"name": "noetl_postgres_tables_needing_vacuum", "help": "Tables with more dead rows than autovacuum lets be."},
      "need_analyze": {"name": "noetl_postgres_tables_needing_analyze", "help": "Tables with more changed rows than autovacuum lets be unanalyzed."},
      "need": {"name": "noetl_postgres_vacuum_need_ratio", "help": "Dead rows of the table most in need, by the number at which autovacuum would come.", "unit": "ratio"},
      "dead": {"name": "noetl_postgres_dead_rows", "help": "Dead rows of all tables, as the statistics have it."},
      "live": {"name": "noetl_postgres_live_rows", "help": "Rows of all tables, as the statistics have it."},
      "age": {"name": "noetl_postgres_table_transaction_id_age", "help": "Transactions since the oldest that is not frozen in a table of this database."},
      "workers": {"name": "noetl_postgres_autovacuum_workers", "help": "Workers of autovacuum that run."}}'),
  ('postgres_progress', '15 seconds', 0, 999999, '{command,database,table}',
    $$select p.command, coalesce(p.datname, '') as database, case when p.datname = current_database() then p.relid::regclass::text end as table, count(*) as running, min(p.ratio) as ratio
      from (
        select 'vacuum', v.datname, v.relid, v.heap_blks_scanned / nullif(v.heap_blks_total, 0)::float8 from pg_stat_progress_vacuum as v
        union all select 'analyze', a.datname, a.relid, a.sample_blks_scanned / nullif(a.sample_blks_total, 0)::float8 from pg_stat_progress_analyze as a
        union all select 'create index', i.datname, i.relid, i.blocks_done / nullif(i.blocks_total, 0)::float8 from pg_stat_progress_create_index as i
        union all select 'cluster', c.datname, c.relid, c.heap_blks_scanned / nullif(c.heap_blks_total, 0)::float8 from pg_stat_progress_cluster as c
        union all select 'copy', y.datname, y.relid, y.bytes_processed / nullif(y.bytes_total, 0)::float8 from pg_stat_progress_copy as y
        union all select 'base backup', null, null, b.backup_streamed / nullif(b.backup_total, 0)::float8 from pg_stat_progress_basebackup as b
      ) as p (command, datname, relid, ratio)
      group by 1, 2, 3 order by 1, 2, 3 limit _noetl.integer_setting('postgres_top')$$,
    '{"running": {"name": "noetl_postgres_progress_commands", "help": "Commands that take long and run now, by table."},
      "ratio": {"name": "noetl_postgres_progress_ratio", "help": "How much of its present phase the command has done, of several the one that has done least.", "unit": "ratio"}}'),
  ('postgres_bloat', '2 minutes', 0, 999999, '{schema,table}',
    $$select t.schema, t.table, greatest(0, t.pages - ceil(t.rows * (t.width + 28) / (t.block - 24) * 100 / t.fillfactor)) * t.block as bytes
      from (
        select c.schema, c.table, c.pages, c.rows, c.block, c.fillfactor,
          (select sum((1 - s.null_frac) * s.avg_width) from pg_stats as s where s.schemaname = c.schema and s.tablename = c.table and not s.inherited) as width
        from (
          select n.nspname as schema, r.relname as table, r.relpages as pages, r.reltuples as rows, current_setting('block_size')::float8 as block,
            coalesce(substring(array_to_string(r.reloptions, ' ') from 'fillfactor=(\d+)')::float8, 100) as fillfactor
          from pg_class as r join pg_namespace as n on n.oid = r.relnamespace
          where r.relkind in ('r', 'm') and r.reltuples > 0 and n.nspname not in ('noetl', '_noetl', 'information_schema') and n.nspname not like 'pg\_%'
          order by r.relpages desc, 1, 2
          limit _noetl.integer_setting('postgres_top')
        ) as c
      ) as t
      where t.width is not null$$,
    '{"bytes": {"name": "noetl_postgres_table_bloat_bytes", "help": "Bytes of the table that its rows would not need, estimated of the statistics; the largest tables.", "unit": "bytes"}}'),
  ('postgres_indexes', '60 seconds', 0, 999999, '{schema,table,index}',
    $$select i.schemaname as schema, i.relname as table, i.indexrelname as index, i.idx_scan as scans, c.relpages * current_setting('block_size')::float8 as bytes
      from pg_stat_user_indexes as i join pg_class as c on c.oid = i.indexrelid
      where i.schemaname not in ('noetl', '_noetl') and i.schemaname not like 'pg\_temp%'
      order by c.relpages desc, 1, 2, 3
      limit _noetl.integer_setting('postgres_top')$$,
    '{"scans": {"name": "noetl_postgres_index_scans_total", "type": "counter", "help": "Scans of the index; the largest indexes."},
      "bytes": {"name": "noetl_postgres_index_size_bytes", "help": "Size of the index when it was vacuumed or analyzed last.", "unit": "bytes"}}'),
  ('postgres_unused_indexes', '60 seconds', 0, 999999, '{}',
    $$select count(*) filter (where i.indisvalid) as unused, coalesce(sum(c.relpages) filter (where i.indisvalid), 0) * current_setting('block_size')::float8 as bytes,
        (select count(*) from pg_index where not indisvalid) as invalid
      from pg_stat_user_indexes as s
      join pg_index as i on i.indexrelid = s.indexrelid
      join pg_class as c on c.oid = i.indexrelid
      where s.idx_scan = 0 and not (i.indisunique or i.indisprimary or i.indisexclusion) and s.schemaname not in ('noetl', '_noetl')$$,
    '{"unused": {"name": "noetl_postgres_unused_indexes", "help": "Indexes that were never scanned and enforce nothing."},
      "bytes": {"name": "noetl_postgres_unused_index_bytes", "help": "Their size.", "unit": "bytes"},
      "invalid": {"name": "noetl_postgres_invalid_indexes", "help": "Indexes that are being built, or whose building failed."}}'),
  ('postgres_sequences', '60 seconds', 0, 999999, '{schema,sequence}',
    $$select n.nspname as schema, c.relname as sequence,
        case when q.seqincrement > 0 then (v.last - q.seqmin) / (least(q.seqmax, o.most)::float8 - q.seqmin) else (q.seqmax - v.last) / (q.seqmax - q.seqmin::float8) end as used
      from pg_sequence as q
      join pg_class as c on c.oid = q.seqrelid
      join pg_namespace as n on n.oid = c.relnamespace
      cross join lateral (select case when has_sequence_privilege(c.oid, 'select,usage') then pg_sequence_last_value(c.oid) end::float8 as last) as v
      left join lateral (
        select case a.atttypid when 'int4'::regtype then 2147483647 when 'int2'::regtype then 32767 end::bigint as most
        from pg_depend as d
        join pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
        limit 1
      ) as o on true
      where not q.seqcycle and c.relpersistence <> 't' and v.last is not null
      order by used desc, 1, 2
      limit _noetl.integer_setting('postgres_top')$$,
    '{"used": {"name": "noetl_postgres_sequence_used_ratio", "help": "How much of what the sequence, or the column that it fills, can count to has been used; those nearest to their end.", "unit": "ratio"}}'),
  ('postgres_settings', '60 seconds', 0, 999999, '{setting}',
    $$select g.name as setting, g.setting::float8 * case when g.setting::float8 < 0 then 1 else case g.unit when 'B' then 1 when 'kB' then 1024 when '8kB' then 8192 when 'MB' then 1048576 when 'ms' then 0.001 when 'min' then 60 else 1 end end as value,
        null::bigint as changed, null::bigint as pending
      from pg_settings as g
      where g.vartype in ('integer', 'real') and g.name in ('autovacuum_freeze_max_age', 'autovacuum_max_workers', 'checkpoint_timeout', 'deadlock_timeout', 'effective_cache_size',
        'idle_in_transaction_session_timeout', 'lock_timeout', 'maintenance_work_mem', 'max_connections', 'max_replication_slots', 'max_slot_wal_keep_size', 'max_wal_senders',
        'max_wal_size', 'max_worker_processes', 'min_wal_size', 'random_page_cost', 'shared_buffers', 'statement_timeout', 'wal_keep_size', 'work_mem')
      union all
      select null, null, count(*) filter (where g.source not in ('default', 'override', 'client', 'session') and g.setting is distinct from g.boot_val), count(*) filter (where g.pending_restart)
      from pg_settings as g$$,
    '{"value": {"name": "noetl_postgres_setting", "help": "Some of the server''s settings, in bytes and seconds."},
      "changed": {"name": "noetl_postgres_settings_changed", "help": "Settings that are not as PostgreSQL delivers them."},
      "pending": {"name": "noetl_postgres_settings_pending_restart", "help": "Settings that were changed in a file and need a restart."}}'),
  ('postgres_statements', '60 seconds', 0, 999999, '{queryid,database}',
    $$select s.queryid, s.database, s.calls, s.seconds, s.rows, s.hits, s.reads, s.temp, s.wal
      from _noetl.statement_totals(_noetl.integer_setting('postgres_top')) as s$$,
    '{"calls": {"name": "noetl_postgres_statement_calls_total", "type": "counter", "help": "Calls of a statement; those that took most time, and all others as other. noetl.postgres_statement() has their texts."},
      "seconds": {"name": "noetl_postgres_statement_seconds_total", "type": "counter", "help": "Time that the statement has run.", "unit": "seconds"},
      "rows": {"name": "noetl_postgres_statement_rows_total", "type": "counter", "help": "Rows that the statement has returned or changed."},
      "hits": {"name": "noetl_postgres_statement_blocks_hit_total", "type": "counter", "help": "Blocks that the statement found in the cache."},
      "reads": {"name": "noetl_postgres_statement_blocks_read_total", "type": "counter", "help": "Blocks that the statement did not find in the cache."},
      "temp": {"name": "noetl_postgres_statement_temp_blocks_total", "type": "counter", "help": "Temporary blocks that the statement has written."},
      "wal": {"name": "noetl_postgres_statement_wal_bytes_total", "type": "counter", "help": "Log that the statement has written.", "unit": "bytes"}}')
) as v (name, every, since, until, labels, query, given)
cross join lateral (select case v.given
  when 'io' then
    '{"read_bytes": {"name": "noetl_postgres_io_read_bytes_total", "type": "counter", "help": "Bytes read, by who read and what.", "unit": "bytes"},
      "written_bytes": {"name": "noetl_postgres_io_written_bytes_total", "type": "counter", "help": "Bytes written, by who wrote and what.", "unit": "bytes"},
      "extended_bytes": {"name": "noetl_postgres_io_extended_bytes_total", "type": "counter", "help": "Bytes that files were extended by.", "unit": "bytes"},
      "hits": {"name": "noetl_postgres_io_hits_total", "type": "counter", "help": "Blocks found in the cache."},
      "evictions": {"name": "noetl_postgres_io_evictions_total", "type": "counter", "help": "Blocks that had to leave the cache for others."},
      "fsyncs": {"name": "noetl_postgres_io_fsyncs_total", "type": "counter", "help": "Files that were forced to disk."},
      "read_seconds": {"name": "noetl_postgres_io_read_seconds_total", "type": "counter", "help": "Time spent reading, where track_io_timing is on.", "unit": "seconds"},
      "write_seconds": {"name": "noetl_postgres_io_write_seconds_total", "type": "counter", "help": "Time spent writing, where track_io_timing is on.", "unit": "seconds"}}'
  when 'checkpoints' then
    '{"checkpoints": {"name": "noetl_postgres_checkpoints_total", "type": "counter", "help": "Checkpoints, by whether their time had come or somebody asked."},
      "buffers": {"name": "noetl_postgres_buffers_written_total", "type": "counter", "help": "Blocks of the cache that were written, by who wrote them."},
      "write_seconds": {"name": "noetl_postgres_checkpoint_write_seconds_total", "type": "counter", "help": "Time that checkpoints spent writing.", "unit": "seconds"},
      "sync_seconds": {"name": "noetl_postgres_checkpoint_sync_seconds_total", "type": "counter", "help": "Time that checkpoints spent forcing files to disk.", "unit": "seconds"},
      "stopped": {"name": "noetl_postgres_bgwriter_stopped_total", "type": "counter", "help": "Times that the background writer had written as much as it may at once."}}'
  else v.given end as metrics) as c;

comment on view _noetl.postgres_query is
  'One row is one query of the preset postgres for some versions of PostgreSQL, and the metrics that it gives.';
comment on column _noetl.postgres_query.since is 'The least server_version_num that it is for; until: the last.';
comment on column _noetl.postgres_query.labels is 'The labels that its metrics have.';
