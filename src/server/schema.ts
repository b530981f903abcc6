/** JSON Schemas of what the API takes and answers: they judge queries, and describe bodies, which SQL judges. */

export type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const orNull = (type: string, more: Schema = {}): Schema => ({ type: [type, 'null'], ...more });
const object = (properties: Schema, required: readonly string[] = [], more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required,
  ...more,
});
const listOf = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const exactly = (properties: Schema, required: readonly string[] = []): Schema =>
  object(properties, required, { additionalProperties: false });
/** An answer always has all of its fields. */
const whole = (properties: Schema, more: Schema = {}): Schema => object(properties, Object.keys(properties), more);

const time = (description: string): Schema => ({ type: 'string', format: 'date-time', description });
const anExampleTime = { examples: ['2026-01-31T12:00:00Z'] };
/** What SQL takes for a number in a string. */
const numeric = String.raw`^\s*[+-]?([nN][aA][nN]|[iI][nN][fF]([iI][nN][iI][tT][yY])?|(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?)\s*$`;
const value: Schema = {
  anyOf: [{ type: 'number' }, { type: 'string', pattern: numeric }],
  description: 'A number; as a string also what JSON has no number for: "NaN", "+Inf", "-Inf".',
  examples: [42.5],
};
const storedValue: Schema = {
  anyOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }],
  description: 'A number, or its name where JSON has none.',
};
const labels: Schema = {
  type: ['object', 'null'],
  propertyNames: { pattern: '^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$' },
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  description: 'What tells the series of a name apart. Null and empty values count as absent.',
  examples: [{ queue: 'mail' }],
};
const metadata: Schema = { description: 'Anything; kept with the sample, never part of its series.', examples: [{ job: 17 }] };
const metricName = (example: string): Schema => ({ type: 'string', pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$', maxLength: 255, examples: [example] });
const metricType: Schema = { type: 'string', enum: ['counter', 'gauge', 'histogram', 'summary', 'untyped'] };
const category: Schema = { type: 'string', enum: ['processing_time', 'success_rate', 'resource_usage', 'queue_metrics'] };
const runtimeId: Schema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, examples: [1] };
/** As PostgreSQL's own drivers give it, too. */
const givenRuntimeId: Schema = { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'string', pattern: String.raw`^\d{1,18}$` }, { type: 'null' }], examples: [1] };
const metricId: Schema = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, examples: [1] };
const help = orNull('string', { examples: ['Jobs that wait.'] });
const unit = orNull('string', { examples: ['seconds'] });

const sampleFields: Schema = {
  metric_name: metricName('mails_waiting'),
  metric_type: { ...metricType, examples: ['gauge'] },
  metric_value: value,
  labels,
  help_text: help,
  unit: orNull('string'),
  timestamp: { ...time('When it was measured; without it, now.'), type: ['string', 'null'], ...anExampleTime },
  metadata,
};
const required = ['metric_name', 'metric_type', 'metric_value'];
const sample = object({ runtime_id: givenRuntimeId, ...sampleFields }, required);
const batchSize = { maxItems: 10_000 };

const component = object(
  {
    name: { type: 'string', minLength: 1, examples: ['mailer'] },
    type: { type: 'string', minLength: 1, examples: ['worker_pool', 'server_api', 'broker'] },
    base_url: orNull('string', { examples: ['http://mailer:9000'] }),
    labels: orNull('object', { examples: [{ zone: 'b' }] }),
    capabilities: { description: 'Anything.', examples: [{ languages: ['de'] }] },
    capacity: orNull('integer', { minimum: 0, maximum: 999_999_999, examples: [4] }),
    runtime: { description: 'Facts about the process: pid, host, version.', examples: [{ pid: 4711 }] },
  },
  ['name', 'type'],
  { type: ['object', 'null'], description: 'Registered at first sight, and again whenever it says more than name and type.' },
);
const whose = { anyOf: [{ required: ['component'] }, { required: ['runtime_id'] }] };

const operational = object(
  {
    metric_type: { ...category, examples: ['processing_time'] },
    name: metricName('download_seconds'),
    value: { type: 'number', examples: [0.7] },
    unit,
    metadata: orNull('object', { examples: [{ job: 17 }], description: 'Kept with the sample, never part of its series.' }),
    service: orNull('string', { minLength: 1, examples: ['crawler'] }),
    description: orNull('string', { examples: ['How long a download took.'] }),
    labels,
    timestamp: { ...time('When it was measured; without it, now.'), type: ['string', 'null'], ...anExampleTime },
  },
  ['metric_type', 'name', 'value'],
);

const recorded = (name: string): Schema => object({ name: metricName(name), value, labels, metadata }, ['name', 'value']);

/** Bodies. */
export const bodies = {
  samples: { anyOf: [listOf(sample, batchSize), object({ metrics: listOf(sample, batchSize) }, ['metrics'])] },
  report: object(
    { component, runtime_id: givenRuntimeId, metrics: listOf(object(sampleFields, required), batchSize) },
    ['metrics'],
    whose,
  ),
  batch: exactly({
    component,
    runtime_id: givenRuntimeId,
    status: orNull('string', { enum: ['ready', 'busy', 'offline', null], examples: ['busy'], description: 'Of the component, with its heartbeat.' }),
    declare: listOf(
      object(
        {
          name: metricName('mail_seconds'),
          metric_type: { ...metricType, examples: ['histogram'] },
          help: orNull('string', { examples: ['Time to send a mail.'] }),
          unit,
          buckets: { type: ['array', 'null'], items: { type: 'number' }, examples: [[0.1, 1, 10]] },
        },
        ['name', 'metric_type'],
      ),
      { description: 'Families; what is declared already stays as it is.' },
    ),
    increments: listOf(
      object(
        { name: metricName('mails_sent_total'), by: { anyOf: [{ type: 'number', minimum: 0 }, { type: ['string', 'null'], pattern: numeric }], default: 1 }, labels, metadata },
        ['name'],
      ),
    ),
    observations: listOf(recorded('mail_seconds')),
    gauges: listOf(recorded('mail_workers_busy')),
    metrics: listOf(object(sampleFields, required)),
    operational: listOf(operational),
  }),
  otlp: object({ resourceMetrics: { type: ['array', 'null'], items: { type: 'object' } } }, [], {
    description: 'ExportMetricsServiceRequest of OTLP/HTTP in JSON.',
    examples: [{
      resourceMetrics: [{
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeMetrics: [{
          scope: { name: 'orders' },
          metrics: [{ name: 'queue.length', gauge: { dataPoints: [{ asInt: '7', timeUnixNano: '1790000000000000000' }] } }],
        }],
      }],
    }],
  }),
  pushed: {
    type: 'string',
    description: 'The Prometheus text format 0.0.4, also where the content type says something else, as curl does, but not OpenMetrics or protobuf. No timestamps.',
    examples: ['# TYPE backup_size_bytes gauge\nbackup_size_bytes{volume="home"} 1.5e9\n'],
  },
  reporter: object({ component, runtime_id: givenRuntimeId }, [], whose),
  operational: { anyOf: [operational, listOf(operational, batchSize), object({ metrics: listOf(operational, batchSize) }, ['metrics'])] },
} as const;

const partial = {
  type: 'boolean',
  default: false,
  description: 'Store the good samples and list the bad ones, instead of storing all or nothing.',
};
const limit = (most: number): Schema => ({ type: 'integer', minimum: 1, maximum: most, default: 100 });
const timeRange = {
  start_time: { ...time('From this moment on.'), ...anExampleTime },
  end_time: { ...time('Before this moment.'), examples: ['2026-02-01T00:00:00+01:00'] },
  cursor: {
    type: 'string', pattern: String.raw`^-?\d{1,18}_\d{1,18}$`, description: 'next_cursor of the page before.', examples: ['823176000000000_42'],
  },
};
const sampleFilter = {
  metric_name: { type: 'string', examples: ['mails_waiting'] },
  name: { type: 'string', description: 'The same as metric_name.', examples: ['mails_waiting'] },
  metric_type: metricType,
  labels: { type: 'string', description: 'A JSON object that the labels contain.', examples: ['{"queue":"mail"}'] },
  ...timeRange,
  limit: limit(10_000),
};
const name255: Schema = { type: 'string', minLength: 1, maxLength: 255 };

/** Queries; a parameter that is not listed is an error. */
export const queries = {
  none: exactly({}),
  write: exactly({ partial }),
  record: exactly({}),
  samples: exactly({ runtime_id: runtimeId, component: { type: 'string', examples: ['mailer'] }, component_type: { type: 'string', examples: ['worker_pool'] }, ...sampleFilter }),
  runtimeSamples: exactly(sampleFilter),
  operational: exactly({
    metric_type: category,
    name: { type: 'string', examples: ['download_seconds'] },
    service: { type: 'string', examples: ['crawler'] },
    ...timeRange,
    time_window: { type: 'string', pattern: String.raw`^[1-9]\d{0,5}[smhdw]$`, examples: ['5m'] },
    limit: limit(1000),
  }),
  partitions: exactly({ days_ahead: { type: 'integer', minimum: 1, maximum: 366, default: 3 } }),
  collect: exactly({ service_name: { ...name255, default: 'backend' } }),
  queue: exactly({ queue_name: { ...name255, examples: ['celery'] } }, ['queue_name']),
} as const;

/** Path parameters. */
export const params = {
  runtime: object({ runtime_id: runtimeId }, ['runtime_id']),
  metric: object({ metric_id: metricId }, ['metric_id']),
  pushGroup: pushGroup('backup/instance/db1', 'The job'),
  encodedPushGroup: pushGroup('YmFja3Vw/instance/db1', 'The job in base64url'),
} as const;

function pushGroup(example: string, job: string): Schema {
  const description = `${job}, then /<label>/<value> for each further label of the group; <label>@base64 takes its value in base64url.`;
  return object({ path: { type: 'string', description, examples: [example] } }, ['path']);
}

export const headers = {
  write: object({
    'idempotency-key': {
      ...name255,
      description: 'A retry under the same key stores nothing and is answered the same.',
      examples: ['5f0c8a52-6d0e-4a5c-9a38-0c9e4c2f9d11'],
    },
  }),
  scrape: object({
    'x-prometheus-scrape-timeout-seconds': { type: 'string', description: 'Seconds that the scraper waits; what is no number counts as 10.', examples: ['10'] },
  }),
} as const;

/** The page, as text. */
export const pageText = {
  text: { type: 'string', description: 'Text format 0.0.4.' },
  openmetrics: { type: 'string', description: 'OpenMetrics 1.0.' },
} as const;

const fault = object({ index: { type: 'integer', minimum: 0 }, field: text, rule: text }, ['field', 'rule']);
const writtenFields = {
  stored: { type: 'integer', minimum: 0 },
  rejected: listOf(whole({ index: { type: 'integer', minimum: 0 }, field: text, rule: text })),
};
const storedSample = whole({
  metric_id: metricId,
  runtime_id: runtimeId,
  component: text,
  component_type: text,
  metric_name: text,
  metric_type: metricType,
  metric_value: storedValue,
  labels: { type: 'object' },
  help_text: orNull('string'),
  unit: orNull('string'),
  timestamp: time('When it was measured.'),
  created_at: time('When it was stored.'),
  metadata: {},
});
const storedOperational = whole({
  metric_id: metricId,
  metric_type: { type: 'string', description: 'The category; of a sample that has none, its Prometheus type.' },
  name: text,
  value: storedValue,
  unit: orNull('string'),
  metadata: {},
  labels: { type: 'object' },
  service: orNull('string'),
  description: orNull('string'),
  timestamp: time('When it was measured.'),
});
const percentile = { anyOf: [storedValue, { type: 'null' }], description: 'Null: only history is left of the window.' };
const window = whole({
  window_start: time('The first moment of the window.'),
  window_end: time('The first moment after it.'),
  metric_type: text,
  name: text,
  service: orNull('string'),
  unit: orNull('string'),
  count: { type: 'integer' },
  ...Object.fromEntries(['min', 'max', 'avg', 'sum'].map((figure) => [figure, storedValue])),
  ...Object.fromEntries(['p50', 'p95', 'p99'].map((figure) => [figure, percentile])),
});
const nextCursor = orNull('string', { description: 'For the next page; null: this is the last.' });
const reading = object({ name: text, value: { type: 'number' }, unit: text, labels: { type: 'object' }, description: text }, [
  'name', 'value', 'labels', 'description',
]);
const state: Schema = { type: 'string', enum: ['ready', 'busy', 'offline', 'lost', 'forgotten'] };

/** Answers. */
export const answers = {
  written: whole(writtenFields),
  reported: whole({ runtime_id: runtimeId, ...writtenFields }),
  recorded: whole({ runtime_id: runtimeId, recorded: { type: 'integer', minimum: 0 } }),
  otlpError: object(
    {
      code: { type: 'integer', description: 'Of gRPC.' },
      message: text,
      details: listOf(
        whole({
          '@type': { const: 'type.googleapis.com/google.rpc.BadRequest' },
          fieldViolations: listOf(whole({ field: text, description: text })),
        }),
      ),
    },
    ['code', 'message'],
    { description: 'google.rpc.Status; details is there where fields are to blame.' },
  ),
  otlp: object({
    partialSuccess: whole({ rejectedDataPoints: { type: 'integer' }, errorMessage: text }),
  }),
  samples: whole({ metrics: listOf(storedSample), next_cursor: nextCursor }),
  components: whole({
    components: listOf(
      whole({
        runtime_id: runtimeId,
        name: text,
        component_type: text,
        base_url: orNull('string'),
        labels: { type: 'object' },
        state,
        registered_at: time('When it registered first.'),
        last_heartbeat: orNull('string', { format: 'date-time' }),
        silent_seconds: orNull('number'),
        last_report: orNull('string', { format: 'date-time' }),
        series: { type: 'integer' },
        samples: { type: 'integer', description: 'From the hour in which the retention begins on.' },
      }),
    ),
  }),
  dropped: whole({ dropped: listOf(text) }),
  partitions: whole({ partitions: listOf(text) }),
  operational: {
    anyOf: [
      whole({ metrics: listOf(storedOperational), next_cursor: nextCursor }),
      whole({ time_window: text, windows: listOf(window) }),
    ],
  },
  operationalMetric: storedOperational,
  status: whole({ timestamp: time('When it was read.'), metrics: listOf(reading), failed: listOf(text) }),
  queue: whole({ queue_name: text, depth: { type: 'number' }, wait_time_seconds: { type: 'number' }, ...writtenFields }),
  health: whole({
    status: { type: 'string', enum: ['ok', 'unavailable'] },
    database: { type: 'string', enum: ['up', 'down', 'failing'] },
    partition_days_ahead: orNull('integer', { description: 'Days after today that have a partition, without a gap.' }),
  }),
  dashboard: object({ uid: text, title: text, panels: listOf({ type: 'object' }) }, ['uid', 'title', 'panels'], { additionalProperties: true, description: 'As Grafana imports it.' }),
  overview: whole({
    at: { type: 'number' },
    components: listOf(
      whole({ id: text, name: text, type: text, state, silent_seconds: orNull('number'), series: { type: 'integer' } }),
    ),
    queues: listOf(
      whole({
        source: text,
        queue: text,
        oldest_ready_seconds: orNull('number'),
        oldest_running_seconds: orNull('number'),
        jobs: { type: 'object', additionalProperties: { type: 'number' } },
      }),
    ),
    families: listOf(
      whole({ name: text, type: metricType, help: orNull('string'), unit: orNull('string'), series: { type: 'integer' } }),
    ),
  }),
  familySeries: listOf(
    whole({ id: text, component: orNull('string'), state: text, labels: text, value: text, at: orNull('number') }),
  ),
  chart: whole({
    since: { type: 'integer' },
    step: { type: 'integer' },
    lines: listOf(whole({ series: text, name: text, kind: text, points: listOf(orNull('number')) })),
  }),
  problem: object(
    { type: text, title: text, status: { type: 'integer' }, detail: text, errors: listOf(fault) },
    ['type', 'title', 'status'],
    { description: 'RFC 9457; errors name the field, the rule and, in a batch, the index of each bad sample.' },
  ),
} as const;
