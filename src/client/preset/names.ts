/**
 * The metrics of the presets, as types: their names, kinds and labels. What `noetl.preset_metric` says, which a test
 * compares; the database remains the one that knows helps, units and buckets.
 */

interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
}

const none = [] as const;

export const presets = {
  hodei: {
    hodei_jobs_scheduled_total: { type: 'counter', labels: ['tenant_id'] },
    hodei_jobs_completed_total: { type: 'counter', labels: ['tenant_id'] },
    hodei_jobs_failed_total: { type: 'counter', labels: ['tenant_id', 'error_type'] },
    hodei_jobs_queued: { type: 'gauge', labels: none },
    hodei_workers_registered_total: { type: 'counter', labels: none },
    hodei_workers_healthy: { type: 'gauge', labels: none },
    hodei_workers_total: { type: 'gauge', labels: none },
    hodei_scheduling_latency_seconds: { type: 'histogram', labels: none },
    hodei_scheduling_decisions_total: { type: 'counter', labels: ['decision_type'] },
    hodei_cpu_usage_percent: { type: 'gauge', labels: ['worker_id'] },
    hodei_memory_usage_mb: { type: 'gauge', labels: ['worker_id'] },
    hodei_queue_size: { type: 'gauge', labels: none },
    hodei_queue_wait_time_seconds: { type: 'histogram', labels: none },
    hodei_http_requests_total: { type: 'counter', labels: ['method', 'endpoint', 'status_code'] },
    hodei_http_request_duration_seconds: { type: 'histogram', labels: none },
    hodei_events_published_total: { type: 'counter', labels: ['event_type'] },
    hodei_events_received_total: { type: 'counter', labels: ['event_type'] },
    hodei_event_bus_subscribers: { type: 'gauge', labels: none },
  },
  xyn: {
    xyn_queue_depth: { type: 'gauge', labels: ['status'] },
    xyn_queue_ready_depth: { type: 'gauge', labels: none },
    xyn_queue_future_depth: { type: 'gauge', labels: none },
    xyn_queue_oldest_ready_seconds: { type: 'gauge', labels: none },
    xyn_running_with_expired_lease: { type: 'gauge', labels: none },
    xyn_running_with_active_lease: { type: 'gauge', labels: none },
    xyn_workers_alive: { type: 'gauge', labels: none },
    xyn_blueprint_run_count: { type: 'counter', labels: ['blueprint', 'status'] },
    xyn_blueprint_duration_seconds: { type: 'histogram', labels: ['blueprint'] },
  },
  operations: {
    noetl_operation_duration_seconds: { type: 'histogram', labels: ['service', 'operation'] },
    noetl_operations_total: { type: 'counter', labels: ['service', 'operation', 'outcome'] },
    noetl_operation_queue_depth: { type: 'gauge', labels: ['service', 'queue'] },
    noetl_operation_queue_wait_seconds: { type: 'histogram', labels: ['service', 'queue'] },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Metric>>>>;

export type Preset = keyof typeof presets;

type Metrics = (typeof presets)['hodei'] & (typeof presets)['xyn'] & (typeof presets)['operations'];

export type MetricName = keyof Metrics;

type NameOf<T extends Metric['type']> = { [N in MetricName]: Metrics[N]['type'] extends T ? N : never }[MetricName];

export type CounterName = NameOf<'counter'>;
export type GaugeName = NameOf<'gauge'>;
export type HistogramName = NameOf<'histogram'>;

/** Every label of the metric and no other. */
export type LabelsOf<N extends MetricName> = Readonly<Record<Metrics[N]['labels'][number], string>>;

/** The labels are an argument only of metrics that have some. */
export type LabelArguments<N extends MetricName> = [Metrics[N]['labels'][number]] extends [never] ? [] : [labels: LabelsOf<N>];
