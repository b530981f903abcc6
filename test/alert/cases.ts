/** What fires each delivered rule, and what must not: series in promtool's notation, one value each `step` seconds. */

/** Seconds between two evaluations and between two values of a series. */
export const step = 15;

/** What the series read, one value a step: `holds` × `times`. */
type Phase = readonly [value: string, times: number];
export const steps = (...phases: Phase[]): string =>
  phases.map(([value, times]) => Array.from({ length: times }, () => value).join(' ')).join(' ');

/** One series of which the condition holds from the fifth value on, at 60 s. */
const from60s = (before: number, after: number): string => steps([`${before}`, 4], [`${after}`, 60]);
const growing = (from: number): string => `${steps(['0', 4])} ${from}+${from}x60`;

export interface Case {
  readonly alert: string;
  readonly title: string;
  readonly series: Readonly<Record<string, string>>;
  /** Seconds; the evaluation before it must not fire. Undefined: it never fires. */
  readonly fires?: number;
  /** Seconds from which on it must be quiet; 0 if not given. */
  readonly quietFrom?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary?: string;
}

export const hour = 3600;

const latency = (low: string, high: string): Record<string, string> => ({
  'hodei_scheduling_latency_seconds_bucket{le="0.1"}': low,
  'hodei_scheduling_latency_seconds_bucket{le="0.25"}': high,
  'hodei_scheduling_latency_seconds_bucket{le="+Inf"}': high,
});

export const cases: readonly Case[] = [
  {
    alert: 'HodeiNoHealthyWorkers', title: 'after 30 s without a healthy worker',
    series: { hodei_workers_healthy: from60s(1, 0) }, fires: 90, summary: 'No worker is healthy',
  },
  { alert: 'HodeiNoHealthyWorkers', title: 'not for one that is back in time', series: { hodei_workers_healthy: `1 1 1 1 0 0 ${steps(['1', 60])}` } },
  {
    alert: 'HodeiSchedulingLatencyHigh', title: 'after 2 min with a p95 above 100 ms', series: latency(steps(['0', 64]), growing(10)),
    fires: 180, summary: 'The 95th percentile of the scheduling latency is 242.5ms',
  },
  { alert: 'HodeiSchedulingLatencyHigh', title: 'not at 100 ms or below', series: latency(growing(10), growing(10)) },
  { alert: 'HodeiSchedulingLatencyHigh', title: 'not while nothing is scheduled', series: latency(steps(['5', 64]), steps(['50', 64])) },
  { alert: 'HodeiQueueBacklog', title: 'after 5 min above 1000', series: { hodei_queue_size: from60s(1000, 1001) }, fires: 360, summary: '1001 entries are queued' },

  { alert: 'XynQueueBacklog', title: 'after 5 min above 100', series: { xyn_queue_ready_depth: from60s(100, 101) }, fires: 360, summary: '101 runs are due and wait' },
  {
    alert: 'XynOldestRunWaiting', title: 'after 5 min above 300 s', series: { xyn_queue_oldest_ready_seconds: from60s(300, 301) },
    fires: 360, summary: 'The oldest due run has waited for 5m 1s',
  },
  {
    alert: 'XynExpiredLeases', title: 'after 2 min with one', series: { xyn_running_with_expired_lease: from60s(0, 1) },
    fires: 180, summary: '1 running runs have an expired lease',
  },
  {
    alert: 'XynNoActiveWorkers', title: 'after 5 min in which none was active while runs were due',
    series: { xyn_running_with_active_lease: from60s(1, 0), xyn_queue_ready_depth: steps(['5', 64]) },
    fires: 360, summary: 'No run is being worked on while runs are due',
  },
  { alert: 'XynNoActiveWorkers', title: 'not while nothing is due', series: { xyn_running_with_active_lease: steps(['0', 64]), xyn_queue_ready_depth: steps(['0', 64]) } },

  {
    alert: 'NoetlCollectorFailing', title: 'after 2 min of failing', series: { 'noetl_collector_success{collector="host"}': from60s(1, 0) },
    fires: 180, labels: { collector: 'host' }, summary: 'Collector host fails',
  },
  {
    alert: 'NoetlCollectorFailing', title: 'for a queue as well', series: { 'noetl_queue_collect_success{source="jobs"}': from60s(1, 0) },
    fires: 180, labels: { source: 'jobs' }, summary: 'Collector jobs fails',
  },
  {
    alert: 'NoetlTaskFailing', title: 'after 5 min of failing', series: { 'noetl_collector_errors_total{collector="fold",instance="a"}': growing(1) },
    fires: 360, labels: { collector: 'fold', instance: 'a' }, summary: 'Periodic task fold of the server a keeps failing',
  },
  { alert: 'NoetlTaskFailing', title: 'not for one failure', series: { 'noetl_collector_errors_total{collector="fold",instance="a"}': from60s(0, 1) } },
  {
    alert: 'NoetlServerDown', title: 'after a minute', series: { 'up{job="noetl-metrics",instance="a:8000"}': from60s(1, 0) },
    fires: 120, labels: { job: 'noetl-metrics', instance: 'a:8000' }, summary: 'The metrics page of a:8000 cannot be scraped',
  },
  {
    alert: 'NoetlPartitionsRunningOut', title: 'after 10 min below 2', series: { noetl_partition_coverage_ahead: from60s(2, 1) },
    fires: 660, summary: 'Partitions are made for 1 more days',
  },
  {
    alert: 'NoetlSeriesRejected', title: 'at once when the first is rejected', series: { 'noetl_series_rejected_total{metric="m"}': steps(['_', 4], ['5', 30]) },
    fires: 60, labels: { metric: 'm' }, summary: 'Samples of m are rejected',
  },
  {
    alert: 'NoetlSeriesRejected', title: 'again at each further one', series: { 'noetl_series_rejected_total{metric="m"}': steps(['5', 60], ['6', 30]) },
    quietFrom: 600, fires: 900, labels: { metric: 'm' }, summary: 'Samples of m are rejected',
  },
  {
    alert: 'NoetlComponentLost', title: 'after a minute', fires: 120, labels: { component_type: 'worker_pool', status: 'lost' },
    series: { 'noetl_components{component_type="worker_pool",status="lost"}': from60s(0, 2) },
    summary: '2 components of type worker_pool fell silent',
  },
  {
    alert: 'NoetlComponentLost', title: 'not for those that signed off',
    series: { 'noetl_components{component_type="worker_pool",status="offline"}': steps(['2', 64]) },
  },
  { alert: 'NoetlFoldBehind', title: 'after 5 min above 120 s', series: { noetl_fold_last_run_timestamp_seconds: '-120+15x3 -61+15x59' }, fires: 360, summary: 'Nothing has been folded for 2m 1s' },
  {
    alert: 'NoetlForwardingBehind', title: 'after 5 min above 300 s', series: { 'noetl_forward_lag_seconds{target="vm"}': from60s(300, 301) },
    fires: 360, labels: { target: 'vm' }, summary: 'Forwarding to vm is 5m 1s behind',
  },

  {
    alert: 'PostgresConnectionsNearLimit', title: 'after 5 min above 85 %', fires: 360, summary: '90% of the connections are in use',
    series: { 'noetl_postgres_connections{state="idle"}': from60s(85, 90), noetl_postgres_max_connections: steps(['100', 64]) },
  },
  { alert: 'PostgresSessionsBlocked', title: 'after a minute above 60 s', series: { noetl_postgres_blocked_seconds: from60s(60, 61) }, fires: 120, summary: 'A session has waited for a lock for 1m 1s' },
  {
    alert: 'PostgresTransactionOpenLong', title: 'after 5 min above an hour', series: { noetl_postgres_longest_transaction_seconds: from60s(3600, 3661) },
    fires: 360, summary: 'A transaction has been open for 1h 1m 1s',
  },
  {
    alert: 'PostgresIdleInTransaction', title: 'after 5 min above 10 min', series: { noetl_postgres_longest_idle_in_transaction_seconds: from60s(600, 660) },
    fires: 360, summary: 'A session has been idle in a transaction for 11m 0s',
  },
  {
    alert: 'PostgresSlotHoldsLog', title: 'after 5 min above 10 GiB', series: { 'noetl_postgres_slot_retained_bytes{slot="s"}': from60s(10 * 1024 ** 3, 20 * 1024 ** 3) },
    fires: 360, labels: { slot: 's' }, summary: 'Replication slot s holds back 20GiB of log',
  },
  {
    alert: 'PostgresSlotLost', title: 'at once', series: { 'noetl_postgres_slot_lost{slot="s"}': from60s(0, 1) },
    fires: 60, labels: { slot: 's' }, summary: 'Replication slot s has lost log that it needs',
  },
  {
    alert: 'PostgresReplicationBehind', title: 'after 5 min above 300 s', series: { 'noetl_postgres_replication_lag_seconds{standby="b"}': from60s(300, 301) },
    fires: 360, labels: { standby: 'b' }, summary: 'Standby b is 5m 1s behind',
  },
  {
    alert: 'PostgresWraparoundNear', title: 'after 10 min above a billion', series: { 'noetl_postgres_transaction_id_age{database="d"}': from60s(1e9, 1.5e9) },
    fires: 660, labels: { database: 'd' }, summary: 'Database d is 1.5G transactions behind in freezing',
  },
  {
    alert: 'PostgresWraparoundNear', title: 'for multixacts too', fires: 660, labels: { database: 'd' }, summary: 'Database d is 1.5G transactions behind in freezing',
    series: { 'noetl_postgres_transaction_id_age{database="d"}': steps(['5', 64]), 'noetl_postgres_multixact_age{database="d"}': from60s(1e9, 1.5e9) },
  },
  {
    alert: 'PostgresSnapshotOld', title: 'after 10 min above 50 million', series: { 'noetl_postgres_oldest_snapshot_age{holder="slot"}': from60s(50e6, 60e6) },
    fires: 660, labels: { holder: 'slot' }, summary: 'A slot holds a snapshot that is 60M transactions old',
  },
  {
    alert: 'PostgresDiskWillBeFull', title: 'after 30 min of growing too fast', fires: 1875, labels: { mountpoint: '/' }, summary: 'The disk / will be full within four days',
    series: {
      'noetl_host_disk_used_bytes{mountpoint="/"}': `${steps(['700', 4])} 700+1x140`,
      'noetl_host_disk_size_bytes{mountpoint="/"}': steps(['1000', 144]),
      'noetl_host_disk_usage_ratio{mountpoint="/"}': steps(['0.7', 144]),
    },
  },
  {
    alert: 'PostgresDeadlocks', title: 'at the sixth', series: { 'noetl_postgres_deadlocks_total{database="d"}': from60s(0, 6) },
    fires: 60, labels: { database: 'd' }, summary: '6 deadlocks in d within ten minutes',
  },
  { alert: 'PostgresArchivingFails', title: 'after 15 min of failing', series: { noetl_postgres_archive_failures_total: growing(1) }, fires: 960, summary: 'The log cannot be archived' },
  {
    alert: 'PostgresCheckpointsTooOften', title: 'at the eleventh that was requested', series: { 'noetl_postgres_checkpoints_total{kind="requested"}': from60s(0, 11) },
    fires: 60, labels: { kind: 'requested' }, summary: '11 checkpoints were requested within half an hour',
  },
  {
    alert: 'PostgresTableNotVacuumed', title: 'after 15 min', series: { noetl_postgres_vacuum_need_ratio: from60s(10, 11) },
    fires: 960, summary: 'A table has 11 times the dead rows at which autovacuum comes',
  },
  {
    alert: 'PostgresSequenceNearEnd', title: 'at once', series: { 'noetl_postgres_sequence_used_ratio{schema="s",sequence="q"}': from60s(0.8, 0.9) },
    fires: 60, labels: { schema: 's', sequence: 'q' }, summary: 'Sequence s.q is at 90%',
  },
  { alert: 'PostgresIndexInvalid', title: 'after 15 min', series: { noetl_postgres_invalid_indexes: from60s(0, 2) }, fires: 960, summary: '2 indexes are invalid' },
  {
    alert: 'PostgresChecksumWrong', title: 'at once', series: { 'noetl_postgres_checksum_failures_total{database="d"}': from60s(0, 1) },
    fires: 60, labels: { database: 'd' }, summary: 'Pages of d are damaged',
  },
];
