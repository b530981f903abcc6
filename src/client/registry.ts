import type { MetricsCollector } from './collector.ts';

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
 * returns stops that after a last report, which the collector's `close` then sends.
 */
export function pushRegistry(register: PromRegistry, collector: MetricsCollector, options: PushOptions = {}): () => Promise<void> {
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
