import { randomUUID } from 'node:crypto';
import { Buffer, type Entry, type Kind, type Labels, type LabelValue } from './buffer.ts';
import { Later, overHttp, overPool, Refused, type Component, type Queryable, type Send } from './transport.ts';

export interface CollectorOptions {
  /** Whose metrics these are; registered at first sight. Without it, the database's default component's. */
  readonly component?: Component;
  /** The service, a component of its own, of processing times, success rates and queues; without it they are the component's. */
  readonly service?: string;
  readonly token?: string;
  /** Milliseconds after which what is waiting is sent. */
  readonly flushInterval?: number;
  /** So many entries are sent at once, and as soon as they are waiting. */
  readonly batchSize?: number;
  /**
   * Milliseconds between heartbeats of the component while nothing else is sent. With the first of them it promises to beat: from then on it
   * is lost when it is silent for longer than its `heartbeat_timeout`. Half of that at most.
   */
  readonly heartbeatInterval?: number;
  /** With more entries waiting the oldest are dropped, and counted. */
  readonly bufferSize?: number;
  /** Milliseconds for one request. */
  readonly timeout?: number;
  /**
   * Milliseconds before the first retry; each further one waits up to twice as long, up to `longestRetry`. A server that
   * says `Retry-After` is given as long as it asks for, up to `longestRetry`, too.
   */
  readonly firstRetry?: number;
  readonly longestRetry?: number;
  /** Told of every failed request and every refused entry; without it the first of each kind is a warning of the process. What it throws is ignored. */
  readonly onError?: (error: Error) => void;
}

/** How a component is. */
export type Status = 'ready' | 'busy' | 'offline';

/** The server's URL, or a pool of the database. */
export type Destination = string | URL | Queryable;

/** Of these names exactly; a metric without label names takes none. */
type Names<L extends string> = [L] extends [never] ? [] : [labels: Readonly<Record<L, LabelValue>>];

export interface MetricOptions<L extends string> {
  readonly labels?: readonly L[];
  readonly help?: string;
  readonly unit?: string;
}

export interface Counter<L extends string> {
  inc(...labels: Names<L>): void;
  add(by: number, ...labels: Names<L>): void;
}

export interface Gauge<L extends string> {
  set(value: number, ...labels: Names<L>): void;
}

export interface Histogram<L extends string> {
  observe(value: number, ...labels: Names<L>): void;
  /** Observes the seconds from now to the call of what is returned. */
  startTimer(...labels: Names<L>): () => void;
}

export interface Details {
  readonly labels?: Labels;
  /** Kept with the sample, never part of its series: a job's id belongs here. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly service?: string;
}

/** What is not closed yet, so that a script which ends without doing so loses nothing that can be sent. */
const collectors = new Set<MetricsCollector>();
const mostWarnings = 20;

/** A family as it is declared before its first sample. */
type Family = Readonly<Record<string, unknown>>;

/**
 * Buffers what is measured and sends it in the background, over HTTP (a URL) or a pool. No method throws or waits except
 * `flush` and `close`; the result and the errors of measured work pass through untouched.
 */
export class MetricsCollector {
  static {
    process.on('beforeExit', () => {
      for (const collector of collectors) if (collector.pending > 0 || collector.#status !== undefined) void collector.#end(5000);
    });
    process.on('exit', () => {
      for (const { pending } of collectors) {
        if (pending > 0) process.stderr.write(`noetl-metrics: the process ended before close(): ${pending} entries are lost\n`);
      }
    });
  }

  readonly #send: Send;
  readonly #options: CollectorOptions;
  readonly #batchSize: number;
  readonly #buffer: Buffer;
  readonly #families = new Map<string, Family>();
  readonly #timers: readonly NodeJS.Timeout[];
  /** Kinds of errors that the process was warned of. */
  readonly #warned = new Set<string>();
  #flushing: Promise<void> | undefined;
  #lost = 0;
  /** What the component last said of itself; undefined before its first heartbeat. */
  #status: Status | undefined;
  /** A heartbeat is to be sent, even if there is nothing else. */
  #beats = false;
  /** Nothing was delivered since the last look. */
  #quiet = false;
  /** Something was delivered, so that the component is known. */
  #known = false;
  /** Aborted when nothing is to be sent any more. */
  readonly #ended = new AbortController();
  #wake = (): void => {};

  constructor(destination: Destination, options: CollectorOptions = {}) {
    const way = { token: options.token, timeout: options.timeout ?? 10_000 };
    this.#send =
      typeof destination === 'string' || destination instanceof URL ? overHttp(destination, way) : overPool(destination, way);
    this.#options = options;
    this.#batchSize = options.batchSize ?? 1000;
    this.#buffer = new Buffer(options.bufferSize ?? 10_000);
    this.#timers = [
      setInterval(() => void this.flush(), options.flushInterval ?? 5000),
      setInterval(() => this.#beatIfQuiet(), options.heartbeatInterval ?? 15_000),
    ];
    for (const timer of this.#timers) timer.unref();
    collectors.add(this);
  }

  /** Entries that were not delivered and will not be: the buffer was full, they were refused, or it was closed. */
  get dropped(): number {
    return this.#buffer.dropped + this.#lost;
  }

  /** Entries waiting to be sent. */
  get pending(): number {
    return this.#buffer.size;
  }

  /** Whose metrics these are. */
  get component(): Component | undefined {
    return this.#options.component;
  }

  counter<const L extends string = never>(name: string, options: MetricOptions<L> = {}): Counter<L> {
    this.#declare(name, 'counter', options);
    const add = (by: number, labels?: Labels): void => this.#record('increments', { name, by, labels });
    return { inc: (...[labels]) => add(1, labels), add: (by, ...[labels]) => add(by, labels) };
  }

  gauge<const L extends string = never>(name: string, options: MetricOptions<L> = {}): Gauge<L> {
    this.#declare(name, 'gauge', options);
    return { set: (value, ...[labels]) => this.#record('gauges', { name, value, labels }) };
  }

  histogram<const L extends string = never>(
    name: string,
    { buckets, ...options }: MetricOptions<L> & { readonly buckets?: readonly number[] } = {},
  ): Histogram<L> {
    this.#declare(name, 'histogram', { ...options, buckets });
    const observe = (value: number, labels?: Labels): void => this.#record('observations', { name, value, labels });
    return {
      observe: (value, ...[labels]) => observe(value, labels),
      startTimer: (...[labels]) => {
        const began = performance.now();
        return () => observe((performance.now() - began) / 1000, labels);
      },
    };
  }

  /** Runs the work and stores how many seconds it took, also when it fails. */
  async trackProcessingTime<T>(name: string, work: () => T | Promise<T>, details: Details = {}): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.#operational('processing_time', name, (performance.now() - began) / 1000, 'seconds', details);
    }
  }

  /** Stores the share of successes, 0 to 1. Of nothing there is no share. */
  trackSuccessRate(name: string, successes: number, total: number, details: Details = {}): void {
    if (total > 0) this.#operational('success_rate', name, successes / total, 'ratio', details);
  }

  /** Stores how many jobs wait in a queue, and for how long the oldest has. */
  trackQueue(queue: string, { depth, waitSeconds }: { depth: number; waitSeconds?: number }, details: Details = {}): void {
    const labelled = { ...details, labels: { ...details.labels, queue } };
    this.#operational('queue_metrics', 'queue_depth', depth, undefined, labelled);
    if (waitSeconds !== undefined) this.#operational('queue_metrics', 'queue_wait_time_seconds', waitSeconds, 'seconds', labelled);
  }

  /** `trackProcessingTime` as `<name>_seconds`, and whether it succeeded as `<name>_success_ratio`. */
  async trackOperation<T>(name: string, work: () => T | Promise<T>, details: Details = {}): Promise<T> {
    let successes = 0;
    try {
      const result = await this.trackProcessingTime(`${name}_seconds`, work, details);
      successes = 1;
      return result;
    } finally {
      this.trackSuccessRate(`${name}_success_ratio`, successes, 1, details);
    }
  }

  recordSuccessRate(name: string, successes: number, total: number, details: Details = {}): void {
    this.trackSuccessRate(name, successes, total, details);
  }

  recordQueueDepth(queue: string, depth: number, details: Details = {}): void {
    this.trackQueue(queue, { depth }, details);
  }

  /** A finished sample, as `POST /api/metrics` takes it. */
  recordSample(sample: Readonly<Record<string, unknown>>): void {
    this.#record('metrics', sample);
  }

  /** Says that the component lives and how it is, at once. Offline it stays until it says otherwise. */
  heartbeat(status: Status): void {
    if (this.#closed || this.#options.component === undefined) return;
    this.#status = status;
    this.#beats = true;
    void this.flush();
  }

  /** Sends what is waiting now. Resolves when all of it is delivered or dropped; never rejects. */
  async flush(): Promise<void> {
    this.#flushing ??= this.#drain().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  /**
   * Sends what is waiting and that the component is offline, trying for so many milliseconds; what is left then is dropped, and counted. Its
   * lines leave the page with that: a script whose counters are to stay there ends with `flush()`. Never rejects.
   */
  async close(patience = 5000): Promise<void> {
    if (this.#known || this.pending > 0) this.#status ??= 'ready';
    await this.#end(patience);
  }

  /** As `close()`, but a component that has not promised to beat does not sign off. */
  async #end(patience: number): Promise<void> {
    for (const each of this.#timers) clearInterval(each);
    collectors.delete(this);
    if (this.#options.component !== undefined && this.#status !== undefined && this.#status !== 'offline') {
      this.#status = 'offline';
      this.#beats = true;
    }
    const timer = setTimeout(() => {
      this.#ended.abort();
      this.#wake();
    }, patience);
    while (this.#buffer.size > 0 || this.#beats || this.#flushing !== undefined) {
      if (this.#closed) break;
      await this.flush();
    }
    clearTimeout(timer);
    this.#ended.abort();
    await this.#flushing;
    this.#lost += this.#buffer.take(Number.POSITIVE_INFINITY).length;
  }

  get #closed(): boolean {
    return this.#ended.signal.aborted;
  }

  #declare(name: string, metric_type: string, { help, unit, buckets }: { help?: string; unit?: string; buckets?: unknown }): void {
    this.#families.set(name, { name, metric_type, help, unit, buckets });
  }

  #operational(metric_type: string, name: string, value: number, unit: string | undefined, details: Details): void {
    const service = details.service ?? this.#options.service;
    const { labels, metadata } = details;
    this.#record('operational', { metric_type, name, value, unit, service, labels, metadata, timestamp: new Date().toISOString() });
  }

  #record(kind: Kind, item: Readonly<Record<string, unknown>>): void {
    try {
      const value = item['by'] ?? item['value'];
      if (kind !== 'metrics' && !Number.isFinite(value)) throw new TypeError(`${String(item['name'])}: ${String(value)} is no finite number`);
      if (kind === 'increments' && Number(value) < 0) throw new RangeError(`${String(item['name'])}: a counter only grows`);
      if (this.#closed) throw new Error('the collector is closed');
      this.#buffer.add({ kind, item: structuredClone(item) });
      if (this.#buffer.size >= this.#batchSize && this.#flushing === undefined) setImmediate(() => void this.flush());
    } catch (error) {
      this.#lost += 1;
      this.#report(error);
    }
  }

  async #drain(): Promise<void> {
    while ((this.#buffer.size > 0 || this.#beats) && !this.#closed) {
      this.#beats = false;
      await this.#deliver(this.#buffer.take(this.#batchSize));
    }
  }

  #beatIfQuiet(): void {
    if (this.#options.component === undefined || this.#status === 'offline') return;
    this.#status ??= 'ready';
    this.#beats ||= this.#quiet;
    this.#quiet = true;
    void this.flush();
  }

  /** A refused batch is halved until the entries that are to blame are found. */
  async #deliver(entries: readonly Entry[]): Promise<void> {
    try {
      await this.#persistently(this.#body(entries));
      this.#quiet = false;
      this.#known = true;
    } catch (error) {
      if (error instanceof Refused && entries.length > 1 && !this.#closed) {
        const half = Math.ceil(entries.length / 2);
        await this.#deliver(entries.slice(0, half));
        await this.#deliver(entries.slice(half));
        return;
      }
      this.#lost += entries.length;
      this.#report(error);
    }
  }

  /** Under one key, so that a batch whose answer was lost is not recorded twice. */
  async #persistently(body: string): Promise<void> {
    const { firstRetry = 250, longestRetry = 30_000 } = this.#options;
    const key = randomUUID();
    for (let longest = firstRetry; ; longest = Math.min(longest * 2, longestRetry)) {
      try {
        await this.#send(body, key, this.#ended.signal);
        return;
      } catch (error) {
        if (error instanceof Refused || this.#closed) throw error;
        this.#report(error);
        const asked = error instanceof Later ? error.pause : 0;
        // beyond what is asked for, too, so that those who were refused together do not come back together
        await this.#pause(Math.min(longestRetry, Math.max(asked, longest / 2) + Math.random() * (longest / 2)));
      }
    }
  }

  #body(entries: readonly Entry[]): string {
    const names = new Set(entries.map(({ item }) => item['name']));
    const lists: Partial<Record<Kind, unknown[]>> = {};
    for (const { kind, item } of entries) (lists[kind] ??= []).push(item);
    const declare = [...this.#families.values()].filter(({ name }) => names.has(name));
    const { component } = this.#options;
    return JSON.stringify({ component, ...(component && { status: this.#status }), declare, ...lists });
  }

  async #pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #report(given: unknown): void {
    const error = given instanceof Error ? given : new Error(String(given));
    const { onError } = this.#options;
    if (onError === undefined) {
      // whatever differs between two of one kind: numbers, and what is quoted
      const kind = error.message.replaceAll(/\d+|"[^"]*"/g, '');
      if (this.#warned.size < mostWarnings && !this.#warned.has(kind)) {
        this.#warned.add(kind);
        process.emitWarning(`metrics: ${error.message}`, 'NoetlMetricsWarning');
      }
      return;
    }
    try {
      onError(error);
    } catch {
      // whoever listens must not break what is measured
    }
  }
}
