import { MetricsCollector, type CollectorOptions, type Destination } from './collector.ts';

/** What of a prom-client registry is needed. */
export interface PromRegistry {
  getMetricsAsJSON(): Promise<readonly PromMetric[]>;
}

export interface PromMetric {
  readonly name: string;
  readonly help: string;
  readonly type: unknown;
  readonly values?: readonly PromValue[];
}

interface PromValue {
  readonly value: number;
  readonly labels: object;
  readonly metricName?: string | undefined;
}

export interface PushOptions {
  /** Milliseconds between reports. */
  readonly interval?: number;
  readonly onError?: (error: Error) => void;
}

/**
 * Reports an existing prom-client registry every few seconds, so that an instrumented service needs one line. What it
 * returns stops that after a last report. Given a URL or a pool instead of a collector it makes a collector of these
 * options, and closes it at the end; a collector of one's own sends the last report when it is flushed or closed.
 */
export function pushRegistry(
  register: PromRegistry,
  to: MetricsCollector | Destination,
  options: PushOptions & CollectorOptions = {},
): () => Promise<void> {
  const collector = to instanceof MetricsCollector ? to : new MetricsCollector(to, options);
  const report = async (): Promise<void> => {
    try {
      for (const metric of await register.getMetricsAsJSON()) {
        for (const sample of samplesOf(metric)) collector.recordSample(sample);
      }
    } catch (error) {
      options.onError?.(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const timer = setInterval(() => void report(), options.interval ?? 15_000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await report();
    if (collector !== to) await collector.close();
  };
}

function samplesOf({ name, help, type, values = [] }: PromMetric): Record<string, unknown>[] {
  const timestamp = new Date().toISOString();
  return values.map(({ value, labels, metricName }) => ({
    metric_name: metricName ?? name,
    metric_type: String(type),
    metric_value: Number.isFinite(value) ? value : String(value),
    labels,
    help_text: help,
    timestamp,
  }));
}
