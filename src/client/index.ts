/** Report metrics from a Node service in three lines: `import { MetricsCollector } from 'noetl-metrics/client'`. */
export type { Labels, LabelValue } from './buffer.ts';
export {
  MetricsCollector,
  type CollectorOptions,
  type Counter,
  type Destination,
  type Details,
  type Gauge,
  type Histogram,
  type MetricOptions,
} from './collector.ts';
export { recorder, type Recorder } from './preset/recorder.ts';
export type { CounterName, GaugeName, HistogramName } from './preset/names.ts';
export { pushRegistry, type PromRegistry, type PushOptions } from './registry.ts';
export type { Component, Queryable } from './transport.ts';
export { watchWorker, type WorkerOptions } from './worker.ts';
export type { WorkerState } from '../host/probes.ts';
