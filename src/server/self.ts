import type { Format } from './negotiation.ts';

/** One family as the exposition views give it: its name and its complete lines. */
export type Family = [name: string, body: string];

/** What this process counts about itself, in memory: it must be countable while the database is away. */
export interface SelfMetrics {
  countRequest(request: { method: string; route: string; statusCode: number; seconds: number }): void;
  countCollectorError(collector: string, times?: number): void;
  /** Families with at least one sample, sorted by name, except those that clash with a name already on the page. */
  families(format: Format, taken: ReadonlySet<string>): Family[];
}

export function createSelfMetrics(): SelfMetrics {
  const collectorErrors = counter('noetl_collector_errors_total', 'Runs of a scheduled collection or periodic task that failed on this server.');
  const duration = histogram(
    'noetl_http_request_duration_seconds', 'Time from the arrival of an HTTP request to the end of its answer.',
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );
  const requests = counter('noetl_http_requests_total', 'HTTP requests answered by this server.');
  const active: Metric = {
    name: 'noetl_nodejs_eventloop_active_seconds_total',
    type: 'counter',
    help: 'Time the event loop of this server was busy; its rate is the utilization, 1 is saturated.',
    lines: () => `noetl_nodejs_eventloop_active_seconds_total ${performance.eventLoopUtilization().active / 1000}\n`,
  };
  const own = [collectorErrors, duration, requests, active].map((metric) => ({ ...metric, claims: claims(metric.name), heads: headsOf(metric) }));

  return {
    countRequest({ method, route, statusCode, seconds }) {
      const labels = `method="${escaped(method)}",route="${escaped(route)}"`;
      requests.add(`${labels},status_code="${statusCode}"`, 1);
      duration.observe(labels, seconds);
    },
    countCollectorError(collector, times = 1) {
      collectorErrors.add(`collector="${escaped(collector)}"`, times);
    },
    families: (format, taken) =>
      own.flatMap((metric): Family[] => {
        if (metric.claims.some((claim) => taken.has(claim))) return [];
        const [family, head] = metric.heads[format];
        const lines = metric.lines();
        return lines === '' ? [] : [[family, head + lines]];
      }),
  };
}

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'histogram';
  readonly help: string;
  /** Empty while there is no sample. */
  lines(): string;
}

function counter(name: string, help: string): Metric & { add(labels: string, times: number): void } {
  const counts = new Map<string, number>();
  return {
    name,
    type: 'counter',
    help,
    add: (labels, times) => void counts.set(labels, (counts.get(labels) ?? 0) + times),
    lines: () => {
      let lines = '';
      for (const [labels, count] of counts) lines += `${name}{${labels}} ${count}\n`;
      return lines;
    },
  };
}

function histogram(name: string, help: string, bounds: readonly number[]): Metric & { observe(labels: string, value: number): void } {
  const upTo = [...bounds.map((bound) => (Number.isInteger(bound) ? bound.toFixed(1) : String(bound))), '+Inf'];
  const series = new Map<string, { readonly buckets: { readonly line: string; count: number }[]; readonly ends: readonly [sum: string, count: string]; sum: number }>();
  const begun = (labels: string) => {
    const one = {
      buckets: upTo.map((bound) => ({ line: `${name}_bucket{${labels},le="${bound}"}`, count: 0 })),
      ends: [`${name}_sum{${labels}}`, `${name}_count{${labels}}`] as const,
      sum: 0,
    };
    series.set(labels, one);
    return one;
  };
  return {
    name,
    type: 'histogram',
    help,
    observe: (labels, value) => {
      const one = series.get(labels) ?? begun(labels);
      const place = bounds.findIndex((bound) => value <= bound);
      for (const bucket of one.buckets.slice(place < 0 ? bounds.length : place)) bucket.count += 1;
      one.sum += value;
    },
    lines: () => {
      let lines = '';
      for (const { buckets, ends: [sumLine, countLine], sum } of series.values()) {
        for (const { line, count } of buckets) lines += `${line} ${count}\n`;
        lines += `${sumLine} ${sum}\n${countLine} ${buckets.at(-1)?.count ?? 0}\n`;
      }
      return lines;
    },
  };
}

function escaped(label: string): string {
  return label.replaceAll(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

/** The names that a family of ours would stand under, in either format. */
function claims(name: string): string[] {
  const base = name.replace(/_total$/, '');
  return [base, ...['total', 'created', 'bucket', 'sum', 'count'].map((suffix) => `${base}_${suffix}`)];
}

/** Under which name each format has the family, and what stands before its lines. */
function headsOf({ name, type, help }: Metric): Readonly<Record<Format, readonly [family: string, head: string]>> {
  const family = name.replace(/_total$/, '');
  return {
    text: [name, `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`],
    openmetrics: [family, `# TYPE ${family} ${type}\n# HELP ${family} ${help}\n`],
  };
}
