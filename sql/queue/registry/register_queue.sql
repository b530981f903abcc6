create or replace function noetl.register_queue(
  name text,
  relation regclass default null,
  status text default null,
  run_at text default null,
  queued_at text default null,
  lease_expires_at text default null,
  ready_status text default null,
  running_status text default null,
  failed_status text default null,
  finished_status text default '',
  started_at text default '',
  finished_at text default '',
  attempts text default null,
  blocked text default null,
  queue text default null,
  task text default null,
  operation text default '',
  condition text default null,
  time_zone text default null,
  prefix text default null,
  adapter text default null,
  schema text default null,
  lease interval default null,
  max_reads integer default null,
  per text default null
)
returns void
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.add_queue(name, relation, jsonb_strip_nulls(jsonb_build_object(
    'status', status, 'run_at', run_at, 'queued_at', queued_at, 'lease_expires_at', lease_expires_at,
    'ready_status', ready_status, 'running_status', running_status,
    'failed_status', failed_status, 'finished_status', finished_status, 'started_at', started_at,
    'finished_at', finished_at, 'attempts', attempts, 'blocked', blocked, 'queue', queue, 'task', task, 'operation', operation,
    'condition', condition, 'time_zone', time_zone, 'prefix', prefix, 'adapter', adapter, 'schema', schema, 'lease', lease,
    'max_reads', max_reads, 'per', per)), current_user);
end;

comment on function noetl.register_queue(text, regclass, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text, interval, integer, text) is
  'Registers a job queue, or changes it: of a library by the library''s name (see noetl.detect_queues()), else by its table. It is read once, and refused with the reason if it cannot be read as asked.
A library: adapter (default: the name), schema (default: the one that has it), relation where its table has another name, lease: how long a claim or a worker''s beat lasts; max_reads: a pgmq message read so often is failed.
A table: columns or expressions for status, run_at (from when on it may run; null and -infinity: at once), queued_at, started_at, finished_at, lease_expires_at, attempts (above 0: a retry), blocked, queue, task, operation (what durations are told apart by), and condition for the rows that count; started_at, finished_at and blueprint (operation) are used where there are columns of these names, and not if they are given as null; time_zone of timestamps without one.
ready_status, running_status, failed_status: the values of status, several as an array ({NEW,RETRY}); finished_status: those of jobs that ended, by default done, completed, cancelled and the like in any case. Unfinished rows in none of these count as other. A status that no row has yet is told in a notice.
prefix, which no other queue has: also on the page as <prefix>_queue_depth and so on. per: one line for each queue, task, or none of them.
Its tables are read with the rights of the role that owns them, unless that could act as the installation''s owner anyway. An expression runs with these rights too, so that only who has them may give one; everybody else names columns.';
