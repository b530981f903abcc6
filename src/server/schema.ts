/** JSON Schemas of what the API takes and answers: they judge queries, and describe bodies, which SQL judges. */

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const orNull = (type: string, more: Schema = {}): Schema => ({ type: [type, 'null'], ...more });
const object = (properties: Schema, required: readonly string[] = [], more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required,
  ...more,
});
const listOf = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
const exactly = (properties: Schema, required: readonly string[] = []): Schema =>
  object(properties, required, { additionalProperties: false });

const time = (description: string): Schema => ({ type: 'string', format: 'date-time', description });
const value: Schema = {
  anyOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity', '+Inf', '-Inf'] }],
  description: 'A number, or its name where JSON has none.',
};
const labels: Schema = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  description: 'Names match [a-zA-Z_][a-zA-Z0-9_]* and do not begin with __.',
};
const metadata: Schema = { description: 'Kept with the sample, never part of its series.' };
const metricName: Schema = { type: 'string', pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$', maxLength: 255 };
const metricType: Schema = { type: 'string', enum: ['counter', 'gauge', 'histogram', 'summary'] };
const category: Schema = { type: 'string', enum: ['processing_time', 'success_rate', 'resource_usage', 'queue_metrics'] };
const runtimeId: Schema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const metricId: Schema = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };

const sampleFields: Schema = {
  metric_name: metricName,
  metric_type: metricType,
  metric_value: value,
  labels,
  help_text: orNull('string'),
  unit: orNull('string'),
  timestamp: time('When it was measured; without it, now.'),
  metadata,
};
const required = ['metric_name', 'metric_type', 'metric_value'];
const sample = object({ runtime_id: runtimeId, ...sampleFields }, required);
const batchSize = { maxItems: 10_000 };

const component = object(
  {
    name: { type: 'string', minLength: 1 },
    type: { type: 'string', minLength: 1, examples: ['worker_pool', 'server_api', 'broker'] },
    base_url: orNull('string'),
    labels: { type: 'object' },
    capabilities: { type: 'object' },
    capacity: orNull('integer', { minimum: 0 }),
    runtime: { type: 'object' },
  },
  ['name', 'type'],
  { description: 'Registered at first sight.' },
);

const operational = object(
  {
    metric_type: category,
    name: metricName,
    value: { type: 'number' },
    unit: orNull('string'),
    metadata: orNull('object'),
    service: orNull('string'),
    description: orNull('string'),
    labels,
    timestamp: time('When it was measured; without it, now.'),
  },
  ['metric_type', 'name', 'value'],
);

const recorded = object({ name: metricName, value: { type: 'number' }, labels, metadata }, ['name', 'value']);

/** Bodies. */
export const bodies = {
  samples: { anyOf: [listOf(sample, batchSize), object({ metrics: listOf(sample, batchSize) }, ['metrics'])] },
  report: object({ runtime_id: runtimeId, component, metrics: listOf(object(sampleFields, required), batchSize) }, ['metrics'], {
    anyOf: [{ required: ['runtime_id'] }, { required: ['component'] }],
  }),
  batch: object({
    runtime_id: runtimeId,
    component,
    declare: listOf(
      object(
        { name: metricName, metric_type: metricType, help: orNull('string'), unit: orNull('string'), buckets: listOf({ type: 'number' }) },
        ['name', 'metric_type'],
      ),
      { description: 'Families; what is declared already stays as it is.' },
    ),
    increments: listOf(object({ name: metricName, by: { type: 'number', minimum: 0, default: 1 }, labels, metadata }, ['name'])),
    observations: listOf(recorded),
    gauges: listOf(recorded),
    metrics: listOf(object(sampleFields, required)),
    operational: listOf(operational),
  }),
  otlp: object({ resourceMetrics: listOf({ type: 'object' }) }, [], { description: 'ExportMetricsServiceRequest of OTLP/HTTP in JSON.' }),
  reporter: object({ runtime_id: runtimeId, component }),
  operational,
  operationalBatch: { anyOf: [listOf(operational, batchSize), object({ metrics: listOf(operational, batchSize) }, ['metrics'])] },
} as const;

const partial = {
  type: 'boolean',
  default: false,
  description: 'Store the good samples and list the bad ones, instead of storing all or nothing.',
};
const limit = (most: number): Schema => ({ type: 'integer', minimum: 1, maximum: most, default: 100 });
const timeRange = {
  start_time: time('From this moment on.'),
  end_time: time('Before this moment.'),
  cursor: { type: 'string', pattern: String.raw`^-?\d{1,18}_\d{1,18}$`, description: 'next_cursor of the page before.' },
};
const sampleFilter = {
  metric_name: text,
  name: { type: 'string', description: 'The same as metric_name.' },
  metric_type: metricType,
  labels: { type: 'string', description: 'A JSON object that the labels contain.', examples: ['{"queue":"mail"}'] },
  ...timeRange,
  limit: limit(10_000),
};

/** Queries; a parameter that is not listed is an error. */
export const queries = {
  none: exactly({}),
  write: exactly({ partial }),
  record: exactly({}),
  samples: exactly({ runtime_id: runtimeId, component: text, component_type: text, ...sampleFilter }),
  runtimeSamples: exactly(sampleFilter),
  operational: exactly({
    metric_type: category,
    name: text,
    service: text,
    ...timeRange,
    time_window: { type: 'string', pattern: String.raw`^[1-9]\d{0,5}[smhdw]$`, examples: ['5m'] },
    limit: limit(1000),
  }),
  partitions: exactly({ days_ahead: { type: 'integer', minimum: 1, maximum: 366, default: 3 } }),
  collect: exactly({ service_name: { type: 'string', minLength: 1, maxLength: 255, default: 'backend' } }),
  queue: exactly({ queue_name: { type: 'string', minLength: 1, maxLength: 255 } }, ['queue_name']),
} as const;

/** Path parameters. */
export const params = {
  runtime: object({ runtime_id: runtimeId }, ['runtime_id']),
  metric: object({ metric_id: metricId }, ['metric_id']),
} as const;

export const headers = {
  write: object({
    'idempotency-key': {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      description: 'A retry under the same key stores nothing and is answered the same.',
    },
  }),
} as const;

const fault = object({ index: { type: 'integer', minimum: 0 }, field: text, rule: text }, ['field', 'rule']);
const writtenFields = {
  stored: { type: 'integer', minimum: 0 },
  rejected: listOf(object({ index: { type: 'integer', minimum: 0 }, field: text, rule: text }, ['index', 'field', 'rule'])),
};
const storedSample = object({
  metric_id: metricId,
  runtime_id: runtimeId,
  component: text,
  component_type: text,
  metric_name: text,
  metric_type: metricType,
  metric_value: value,
  labels: { type: 'object' },
  help_text: orNull('string'),
  unit: orNull('string'),
  timestamp: time('When it was measured.'),
  created_at: time('When it was stored.'),
  metadata: {},
});
const storedOperational = object({
  metric_id: metricId,
  metric_type: text,
  name: text,
  value,
  unit: orNull('string'),
  metadata: {},
  labels: { type: 'object' },
  service: orNull('string'),
  description: orNull('string'),
  timestamp: time('When it was measured.'),
});
const window = object({
  window_start: time('The first moment of the window.'),
  window_end: time('The first moment after it.'),
  metric_type: text,
  name: text,
  service: orNull('string'),
  unit: orNull('string'),
  count: { type: 'integer' },
  ...Object.fromEntries(['min', 'max', 'avg', 'sum', 'p50', 'p95', 'p99'].map((figure) => [figure, value])),
});
const nextCursor = orNull('string', { description: 'For the next page; null: this is the last.' });
const written = object(writtenFields, ['stored', 'rejected']);
const reading = object({ name: text, value: { type: 'number' }, unit: text, labels: { type: 'object' }, description: text });

/** Answers. */
export const answers = {
  written,
  reported: object({ runtime_id: runtimeId, ...writtenFields }, ['runtime_id', 'stored', 'rejected']),
  recorded: object({ runtime_id: runtimeId, recorded: { type: 'integer', minimum: 0 } }, ['runtime_id', 'recorded']),
  otlp: object({
    partialSuccess: object({ rejectedDataPoints: { type: 'integer' }, errorMessage: text }),
  }),
  samples: object({ metrics: listOf(storedSample), next_cursor: nextCursor }, ['metrics', 'next_cursor']),
  components: object(
    {
      components: listOf(
        object({
          runtime_id: runtimeId,
          name: text,
          component_type: text,
          base_url: orNull('string'),
          labels: { type: 'object' },
          state: { type: 'string', enum: ['ready', 'busy', 'offline', 'lost', 'forgotten'] },
          registered_at: time('When it registered first.'),
          last_heartbeat: orNull('string', { format: 'date-time' }),
          silent_seconds: orNull('number'),
          last_report: orNull('string', { format: 'date-time' }),
          series: { type: 'integer' },
          samples: { type: 'integer' },
        }),
      ),
    },
    ['components'],
  ),
  dropped: object({ dropped: listOf(text) }, ['dropped']),
  partitions: object({ partitions: listOf(text) }, ['partitions']),
  operational: {
    anyOf: [
      object({ metrics: listOf(storedOperational), next_cursor: nextCursor }, ['metrics', 'next_cursor']),
      object({ time_window: text, windows: listOf(window) }, ['time_window', 'windows']),
    ],
  },
  operationalMetric: storedOperational,
  status: object({ timestamp: time('When it was read.'), metrics: listOf(reading), failed: listOf(text) }, ['timestamp', 'metrics', 'failed']),
  queue: object({ queue_name: text, depth: { type: 'number' }, wait_time_seconds: { type: 'number' }, ...writtenFields }, [
    'queue_name', 'depth', 'wait_time_seconds', 'stored',
  ]),
  problem: object(
    { type: text, title: text, status: { type: 'integer' }, detail: text, errors: listOf(fault) },
    ['type', 'title', 'status'],
    { description: 'RFC 9457; errors name the field, the rule and, in a batch, the index of each bad sample.' },
  ),
} as const;
