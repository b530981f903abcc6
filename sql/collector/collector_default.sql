create or replace view _noetl.collector_default as
select d.name, d.query, d.metrics::jsonb as metrics, d.every::interval as every, interval '2 seconds' as timeout, null as probe, null as preset
from (values
  -- untyped, because promtool lets nothing but counters end in _total, and this one falls
  ('components', '15 seconds',
    $$select count(*) filter (where state in ('ready', 'busy')) as alive, count(*) filter (where state <> 'forgotten') as total, count(*) as registered
      from noetl.component where component_type like 'worker%'$$,
    '{"alive": {"name": "noetl_workers_alive", "help": "Workers that have beaten lately."},
      "total": {"name": "noetl_workers_total", "type": "untyped", "help": "Workers that are there or were lately; it falls when one is forgotten."},
      "registered": {"name": "noetl_workers_registered_total", "type": "counter", "help": "Workers that have ever registered and were not deleted."}}'),
  ('partitions', '60 seconds',
    $$select p.level, count(*) as partitions, sum(p.rows) as rows, sum(p.bytes) as bytes,
        sum(p.rows) filter (where p.is_overflow) as overflow_rows
      from noetl.partition as p group by p.level$$,
    '{"partitions": {"name": "noetl_partitions", "help": "Partitions of noetl.metric (level raw) and of its history."},
      "rows": {"name": "noetl_partition_rows", "help": "Rows in these partitions, as the server estimates them."},
      "bytes": {"name": "noetl_partition_bytes", "help": "Bytes of these partitions on disk, with indexes.", "unit": "bytes"},
      "overflow_rows": {"name": "noetl_overflow_rows", "help": "Rows that wait for a partition, as the server estimates them."}}'),
  ('maintenance', '60 seconds',
    $$select m.step, extract(epoch from m.started_at) as last_run, m.duration_seconds as duration, cardinality(m.left_over) as left_over, m.failures
      from noetl.maintenance as m$$,
    '{"last_run": {"name": "noetl_maintenance_last_run_timestamp_seconds", "help": "When a step of maintenance last ran without an error.", "unit": "seconds"},
      "duration": {"name": "noetl_maintenance_duration_seconds", "help": "How long that run took.", "unit": "seconds"},
      "left_over": {"name": "noetl_maintenance_left_over", "help": "What that run left for the next because somebody would have had to wait."},
      "failures": {"name": "noetl_maintenance_failures_total", "type": "counter", "help": "Runs of a step of maintenance that failed."}}'),
  ('locks', '15 seconds',
    $$select h.what as lock, h."user" as held_by, max(extract(epoch from clock_timestamp() - h.since)) as seconds
      from _noetl.hindrance() as h group by 1, 2$$,
    '{"seconds": {"name": "noetl_held_up_seconds", "help": "How long somebody has kept the installation waiting, by what and by whom; absent: nobody does.", "unit": "seconds"}}'),
  ('postgres_connections', '15 seconds',
    $$select s.state, count(a.pid) as connections
      from unnest(array['active', 'idle', 'idle in transaction', 'idle in transaction (aborted)', 'fastpath function call', 'disabled', 'hidden']) as s (state)
      left join pg_stat_activity as a on coalesce(a.state, 'hidden') = s.state and a.backend_type = 'client backend'
      group by s.state$$,
    '{"connections": {"name": "noetl_postgres_connections", "help": "Client connections of the whole server by state; hidden: of a role that may not be looked at."}}'),
  ('postgres_server', '15 seconds',
    $$select current_setting('max_connections')::integer as max_connections,
        (select count(*) from pg_locks where not granted) as waiting,
        (select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0) from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid()) as longest,
        extract(epoch from clock_timestamp() - pg_postmaster_start_time()) as uptime$$,
    '{"max_connections": {"name": "noetl_postgres_max_connections", "help": "Connections that the server allows."},
      "waiting": {"name": "noetl_postgres_locks_waiting", "help": "Locks that somebody waits for."},
      "longest": {"name": "noetl_postgres_longest_transaction_seconds", "help": "Age of the oldest open transaction; 0: there is none.", "unit": "seconds"},
      "uptime": {"name": "noetl_postgres_uptime_seconds", "help": "Time since the server started.", "unit": "seconds"}}'),
  ('postgres_databases', '15 seconds',
    $$select d.datname as database, s.xact_commit as commits, s.xact_rollback as rollbacks, s.blks_hit as hits, s.blks_read as reads,
        s.deadlocks, s.temp_bytes, age(d.datfrozenxid) as age
      from pg_database as d join pg_stat_database as s on s.datid = d.oid
      where d.datallowconn and not d.datistemplate
      order by d.datname = current_database() desc, s.xact_commit desc limit 20$$,
    '{"commits": {"name": "noetl_postgres_commits_total", "type": "counter", "help": "Transactions committed."},
      "rollbacks": {"name": "noetl_postgres_rollbacks_total", "type": "counter", "help": "Transactions rolled back."},
      "hits": {"name": "noetl_postgres_blocks_hit_total", "type": "counter", "help": "Blocks found in the cache."},
      "reads": {"name": "noetl_postgres_blocks_read_total", "type": "counter", "help": "Blocks not found in the cache."},
      "deadlocks": {"name": "noetl_postgres_deadlocks_total", "type": "counter", "help": "Deadlocks."},
      "temp_bytes": {"name": "noetl_postgres_temp_written_bytes_total", "type": "counter", "help": "Bytes written to temporary files.", "unit": "bytes"},
      "age": {"name": "noetl_postgres_transaction_id_age", "help": "Transactions since the oldest that is not frozen; at 2 billion the database stops."}}'),
  ('postgres_replication', '15 seconds',
    $$select coalesce(r.application_name, 'hidden') as standby, max(extract(epoch from r.replay_lag)) as seconds,
        max(pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn)) as bytes
      from pg_stat_replication as r group by 1$$,
    '{"seconds": {"name": "noetl_postgres_replication_lag_seconds", "help": "How far the standby is behind; absent while nothing is written.", "unit": "seconds"},
      "bytes": {"name": "noetl_postgres_replication_lag_bytes", "help": "Log that the standby has not replayed.", "unit": "bytes"}}'),
  ('postgres_size', '60 seconds',
    $$select current_database() as database, pg_database_size(current_database()) as bytes$$,
    '{"bytes": {"name": "noetl_postgres_database_size_bytes", "help": "Size of this database.", "unit": "bytes"}}'),
  -- no size of a table that is locked exclusively: it would wait
  ('postgres_tables', '60 seconds',
    $$select t.schemaname as schema, t.relname as table, pg_total_relation_size(t.relid) as bytes, t.n_live_tup as live, t.n_dead_tup as dead
      from pg_stat_user_tables as t join pg_class as c on c.oid = t.relid
      where t.schemaname not in ('noetl', '_noetl') and t.schemaname not like 'pg\_temp%'
        and not exists (select from pg_locks as l where l.relation = t.relid and l.mode = 'AccessExclusiveLock')
      order by c.relpages desc, 1, 2 limit 50$$,
    '{"bytes": {"name": "noetl_postgres_table_size_bytes", "help": "Size of the table with its indexes; the largest 50 tables.", "unit": "bytes"},
      "live": {"name": "noetl_postgres_table_live_rows", "help": "Rows of the table, as the statistics have it."},
      "dead": {"name": "noetl_postgres_table_dead_rows", "help": "Dead rows of the table, as the statistics have it."}}')
) as d (name, every, query, metrics)
union all
select p.name, p.query, p.metrics, p.every, interval '5 seconds', null, 'postgres'
from _noetl.postgres_collector as p
union all
select p.name, null, null,
  coalesce((select case p.name when 'worker' then s.worker_interval else s.server_interval end from _noetl.collector_schedule as s), interval '60 seconds'),
  interval '5 seconds', p.name, null
from (values ('host'), ('host_disk'), ('process'), ('worker')) as p (name);

comment on view _noetl.collector_default is 'One row is one built-in collector as it is unless noetl.change_collector() or noetl.disable_collector() says otherwise.';
comment on column _noetl.collector_default.preset is 'The preset that turns it on; null: it is on.';
comment on column _noetl.collector_default.probe is 'What each server reads for itself and SQL cannot see; null: a query.';
