import { Counter, Histogram, Registry } from 'prom-client';
import type { Format } from './negotiation.ts';

/** One family as the exposition views give it: its name and its complete lines. */
export type Family = [name: string, body: string];

/** What this process counts about itself, in memory: it must be countable while the database is away. */
export interface SelfMetrics {
  countRequest(request: { method: string; route: string; statusCode: number; seconds: number }): void;
  countCollectorError(collector: string, times?: number): void;
  /** Families with at least one sample, except those that clash with a name already on the page. */
  families(format: Format, taken: ReadonlySet<string>): Promise<Family[]>;
}

export function createSelfMetrics(): SelfMetrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'noetl_http_requests_total',
    help: 'HTTP requests answered by this server.',
    labelNames: ['method', 'route', 'status_code'],
    registers,
  });
  const duration = new Histogram({
    name: 'noetl_http_request_duration_seconds',
    help: 'Time from the arrival of an HTTP request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const collectorErrors = new Counter({
    name: 'noetl_collector_errors_total',
    help: 'Runs of a scheduled collection or chore that failed on this server.',
    labelNames: ['collector'],
    registers,
  });
  const eventLoop = new Counter({
    name: 'noetl_nodejs_eventloop_active_seconds_total',
    help: 'Time the event loop of this server was busy; its rate is the utilization, 1 is saturated.',
    registers,
  });
  const own = registry.getMetricsAsArray().map(({ name }) => name);

  return {
    countRequest({ method, route, statusCode, seconds }) {
      requests.inc({ method, route, status_code: statusCode });
      duration.observe({ method, route }, seconds);
    },
    countCollectorError(collector, times = 1) {
      collectorErrors.inc({ collector }, times);
    },
    async families(format, taken) {
      eventLoop.reset();
      eventLoop.inc(performance.eventLoopUtilization().active / 1000);
      const free = own.filter((name) => !claims(name).some((claim) => taken.has(claim)));
      const texts = await Promise.all(free.map((name) => registry.getSingleMetricAsString(name)));
      return texts.flatMap((text) => render(text, format));
    },
  };
}

/** The names that a family of ours would stand under, in either format. */
function claims(name: string): string[] {
  const base = name.replace(/_total$/, '');
  return [base, ...['total', 'created', 'bucket', 'sum', 'count'].map((suffix) => `${base}_${suffix}`)];
}

/** Makes our page's own form of prom-client's text form: canonical bucket bounds, and OpenMetrics' header lines. */
function render(text: string, format: Format): Family[] {
  const [help = '', type = '', ...samples] = text.split('\n');
  const [, , name = '', kind = ''] = type.split(' ');
  if (samples.length === 0) return [];
  const lines = samples.join('\n').replaceAll(/\ble="(\d+)"/g, 'le="$1.0"');
  if (format === 'text') return [[name, `${help}\n${type}\n${lines}\n`]];
  const family = kind === 'counter' ? name.replace(/_total$/, '') : name;
  return [[family, `# TYPE ${family} ${kind}\n${help.replace(name, family)}\n${lines}\n`]];
}
