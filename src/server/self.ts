import {
  collectDefaultMetrics, Counter, Histogram, Registry, type Metric, type MetricObjectWithValues, type MetricValue, type RegistryContentType,
} from 'prom-client';
import type { Format } from './negotiation.ts';

/** One family as the exposition views give it: its name and its complete lines. */
export type Family = [name: string, body: string];

/** What this process counts about itself, in memory: it must be countable while the database is away. */
export interface SelfMetrics {
  countRequest(request: { method: string; route: string; statusCode: number; seconds: number }): void;
  countCollectorError(collector: string, times?: number): void;
  /** Families with at least one sample, sorted by name, except those that clash with a name already on the page. */
  families(format: Format, taken: ReadonlySet<string>): Promise<Family[]>;
}

export function createSelfMetrics(): SelfMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'noetl_' });
  // gauges that are called like counters, of sums of the gauges without "_total"
  for (const name of ['resources', 'handles', 'requests']) registry.removeSingleMetric(`noetl_nodejs_active_${name}_total`);
  const collectorErrors = new Counter({
    name: 'noetl_collector_errors_total', help: 'Runs of a scheduled collection or chore that failed on this server.',
    labelNames: ['collector'], registers,
  });
  const duration = new Histogram({
    name: 'noetl_http_request_duration_seconds', help: 'Time from the arrival of an HTTP request to the end of its answer.',
    labelNames: ['method', 'route'], buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], registers,
  });
  const requests = new Counter({
    name: 'noetl_http_requests_total', help: 'HTTP requests answered by this server.', labelNames: ['method', 'route', 'status_code'], registers,
  });
  const active = new Counter({
    name: 'noetl_nodejs_eventloop_active_seconds_total',
    help: 'Time the event loop of this server was busy; its rate is the utilization, 1 is saturated.', registers,
    collect: () => {
      active.reset();
      active.inc(performance.eventLoopUtilization().active / 1000);
    },
  });
  return {
    countRequest: ({ method, route, statusCode, seconds }) => {
      requests.inc({ method, route, status_code: String(statusCode) });
      duration.observe({ method, route }, seconds);
    },
    countCollectorError: (collector, times = 1) => collectorErrors.inc({ collector }, times),
    families: async (format, taken) => {
      const metrics = await registry.getMetricsAsJSON();
      const own = metrics
        .map((metric) => ({ ...metric, values: metric.values.filter(({ value }) => !Number.isNaN(value)) })) // nothing was measured; "Nan" is no number
        .filter(({ name, values }) => values.length > 0 && !claims(name).some((claim) => taken.has(claim)));
      const families = await Promise.all(own.map(async (metric) => rendered(metric, format)));
      return families.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
    },
  };
}

/** prom-client renders a metric through whatever says what it holds. */
async function rendered(metric: MetricObjectWithValues<MetricValue<string>>, format: Format): Promise<Family> {
  const type = String(metric.type);
  const name = format === 'openmetrics' && type === 'counter' ? metric.name.replace(/_total$/, '') : metric.name;
  const values = (type === 'histogram' ? metric.values.map(floatBound) : metric.values).toSorted(byLabels);
  const renderer = new Registry<RegistryContentType>();
  if (format === 'openmetrics') renderer.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all of a metric that is asked for here
  renderer.registerMetric({ name, get: async () => ({ ...metric, name, values }) } as unknown as Metric);
  return [name, `${await renderer.getSingleMetricAsString(name)}\n`];
}

/** As the rest of the page has its lines; those of one label set stay in their order. */
function byLabels(a: MetricValue<string>, b: MetricValue<string>): number {
  const [one, other] = [a, b].map(({ labels }) => JSON.stringify(Object.entries({ ...labels, le: undefined }).toSorted(([x], [y]) => (x < y ? -1 : 1))));
  return one === other ? 0 : (one ?? '') < (other ?? '') ? -1 : 1;
}

/** As OpenMetrics and the rest of the page have it: 1.0, not 1. */
function floatBound(value: MetricValue<string>): MetricValue<string> {
  const { le } = value.labels;
  return Number.isInteger(le) ? { ...value, labels: { ...value.labels, le: Number(le).toFixed(1) } } : value;
}

/** The names that a family of ours would stand under, in either format. */
function claims(name: string): string[] {
  const base = name.replace(/_total$/, '');
  return [base, ...['total', 'created', 'bucket', 'sum', 'count'].map((suffix) => `${base}_${suffix}`)];
}
