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
  const requests = counter();
  const duration = histogram([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]);
  const collectorErrors = counter();
  const own: readonly Metric[] = [
    {
      name: 'noetl_collector_errors_total',
      type: 'counter',
      help: 'Runs of a scheduled collection or chore that failed on this server.',
      lines: collectorErrors.lines,
    },
    {
      name: 'noetl_http_request_duration_seconds',
      type: 'histogram',
      help: 'Time from the arrival of an HTTP request to the end of its answer.',
      lines: duration.lines,
    },
    {
      name: 'noetl_http_requests_total',
      type: 'counter',
      help: 'HTTP requests answered by this server.',
      lines: requests.lines,
    },
    {
      name: 'noetl_nodejs_eventloop_active_seconds_total',
      type: 'counter',
      help: 'Time the event loop of this server was busy; its rate is the utilization, 1 is saturated.',
      lines: (name) => line(name, '', performance.eventLoopUtilization().active / 1000),
    },
  ];

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
      own.flatMap((metric) => (claims(metric.name).some((claim) => taken.has(claim)) ? [] : rendered(metric, format))),
  };
}

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'histogram';
  readonly help: string;
  /** Empty while there is no sample. */
  lines(name: string): string;
}

function counter(): Pick<Metric, 'lines'> & { add(labels: string, times: number): void } {
  const counts = new Map<string, number>();
  return {
    add: (labels, times) => void counts.set(labels, (counts.get(labels) ?? 0) + times),
    lines: (name) => [...counts].map(([labels, count]) => line(name, labels, count)).join(''),
  };
}

function histogram(bounds: readonly number[]): Pick<Metric, 'lines'> & { observe(labels: string, value: number): void } {
  const upTo = [...bounds.map((bound) => (Number.isInteger(bound) ? bound.toFixed(1) : String(bound))), '+Inf'];
  const series = new Map<string, { readonly buckets: number[]; sum: number }>();
  return {
    observe: (labels, value) => {
      const { buckets, sum } = series.get(labels) ?? { buckets: upTo.map(() => 0), sum: 0 };
      const place = bounds.findIndex((bound) => value <= bound);
      for (let above = place < 0 ? bounds.length : place; above < buckets.length; above += 1) buckets[above] = (buckets[above] ?? 0) + 1;
      series.set(labels, { buckets, sum: sum + value });
    },
    lines: (name) =>
      [...series]
        .map(([labels, { buckets, sum }]) => {
          const cumulated = buckets.map((count, place) => line(`${name}_bucket`, `${labels},le="${upTo[place] ?? ''}"`, count));
          return `${cumulated.join('')}${line(`${name}_sum`, labels, sum)}${line(`${name}_count`, labels, buckets.at(-1) ?? 0)}`;
        })
        .join(''),
  };
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${value}\n`;
}

function escaped(label: string): string {
  return label.replaceAll(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

/** The names that a family of ours would stand under, in either format. */
function claims(name: string): string[] {
  const base = name.replace(/_total$/, '');
  return [base, ...['total', 'created', 'bucket', 'sum', 'count'].map((suffix) => `${base}_${suffix}`)];
}

function rendered(metric: Metric, format: Format): Family[] {
  const { name, type, help } = metric;
  const samples = metric.lines(name);
  if (samples === '') return [];
  if (format === 'text') return [[name, `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples}`]];
  const family = name.replace(/_total$/, '');
  return [[family, `# TYPE ${family} ${type}\n# HELP ${family} ${help}\n${samples}`]];
}
