import type { CounterName, GaugeName, HistogramName, LabelArguments, MetricName } from './names.ts';

/** A pool, or a client in whose transaction the event is to count: it commits and rolls back with it. */
export interface Queryable {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

export interface Recorder {
  /** Adds one to a counter. */
  count<N extends CounterName>(name: N, ...labels: LabelArguments<N>): Promise<void>;
  /** Adds any number of 0 or more to a counter. */
  add<N extends CounterName>(name: N, by: number, ...labels: LabelArguments<N>): Promise<void>;
  set<N extends GaugeName>(name: N, value: number, ...labels: LabelArguments<N>): Promise<void>;
  /** Observes a value of a histogram: seconds, where its name says so. */
  observe<N extends HistogramName>(name: N, value: number, ...labels: LabelArguments<N>): Promise<void>;
}

/** Records the presets' metrics, one call per event; a name, kind or label that no preset has does not compile. */
export function recorder(db: Queryable): Recorder {
  const record = async (sql: string, name: MetricName, value: number, labels: object = {}): Promise<void> => {
    await db.query(sql, [name, value, JSON.stringify(labels)]);
  };
  const increment = 'select noetl.inc($1, by => $2, labels => $3)';
  return {
    count: async (name, ...[labels]) => record(increment, name, 1, labels),
    add: async (name, by, ...[labels]) => record(increment, name, by, labels),
    set: async (name, value, ...[labels]) => record('select noetl.set($1, $2, $3)', name, value, labels),
    observe: async (name, value, ...[labels]) => record('select noetl.observe($1, $2, $3)', name, value, labels),
  };
}
