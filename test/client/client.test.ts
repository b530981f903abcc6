import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MetricsCollector, pushRegistry, type CollectorOptions } from '../../src/client/index.ts';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();
let app: FastifyInstance;
let pool: Pool;
let url: string;
const collectors: MetricsCollector[] = [];

beforeAll(async () => {
  pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  return async () => {
    await app.close();
    await pool.end();
  };
});

afterEach(async () => {
  await Promise.all(collectors.splice(0).map(async (collector) => collector.close(0)));
});

function collect(destination: ConstructorParameters<typeof MetricsCollector>[0], options: CollectorOptions = {}): MetricsCollector {
  const collector = new MetricsCollector(destination, { flushInterval: 3_600_000, firstRetry: 1, longestRetry: 2, ...options });
  collectors.push(collector);
  return collector;
}

const page = async (): Promise<string[]> => (await (await fetch(`${url}/metrics`)).text()).split('\n');
const linesOf = async (name: string): Promise<string[]> => (await page()).filter((line) => line.startsWith(name));

describe.each([
  ['HTTP', 'http', (): string => url],
  ['a pool', 'pool', (): Pool => pool],
])('over %s', (_, way, destination) => {
  it('counters, gauges and histograms show on the page', async () => {
    const metrics = collect(destination(), { component: { name: 'shop', type: 'service' } });
    const orders = metrics.counter(`${way}_orders_total`, { labels: ['region'], help: 'Orders taken.' });
    const stock = metrics.gauge(`${way}_stock`);
    const latency = metrics.histogram(`${way}_latency_seconds`, { labels: ['route'], buckets: [0.1, 1] });
    orders.inc({ region: 'north' });
    orders.add(2, { region: 'north' });
    stock.set(4);
    stock.set(7);
    latency.observe(0.05, { route: '/' });
    latency.observe(0.5, { route: '/' });
    await metrics.flush();

    const own = 'component="shop",component_type="service"';
    expect((await page()).filter((line) => line.startsWith(`${way}_`) || line.startsWith(`# HELP ${way}_orders`)).toSorted()).toEqual([
      `# HELP ${way}_orders_total Orders taken.`,
      `${way}_latency_seconds_bucket{${own},route="/",le="+Inf"} 2`,
      `${way}_latency_seconds_bucket{${own},route="/",le="0.1"} 1`,
      `${way}_latency_seconds_bucket{${own},route="/",le="1.0"} 2`,
      `${way}_latency_seconds_count{${own},route="/"} 2`,
      `${way}_latency_seconds_sum{${own},route="/"} 0.55`,
      `${way}_orders_total{${own},region="north"} 3`,
      `${way}_stock{${own}} 7`,
    ]);
    expect(metrics.dropped).toBe(0);
  });

  it('counts of several processes add up', async () => {
    const processes = Array.from({ length: 5 }, () => collect(destination()));
    for (const each of processes) each.counter(`${way}_together_total`).add(10);
    await Promise.all(processes.map(async (each) => each.flush()));
    expect(await linesOf(`${way}_together_total`)).toEqual([`${way}_together_total 50`]);
  });

  it('processing times, success rates and queues are kept with their metadata', async () => {
    const metrics = collect(destination(), { component: { name: `${way}-crawler`, type: 'worker_pool' } });
    expect(await metrics.trackProcessingTime('download_seconds', () => 'page', { labels: { phase: 'download' }, metadata: { job: 1 } })).toBe('page');
    metrics.trackSuccessRate('validation_ratio', 3, 4);
    metrics.trackQueue('celery', { depth: 12, waitSeconds: 3 });
    await metrics.flush();
    const answer = await fetch(`${url}/api/v1/metrics/?service=${way}-crawler`);
    const { metrics: stored } = (await answer.json()) as { metrics: { name: string; value: number }[] };
    expect(stored.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
      { metric_type: 'processing_time', name: 'download_seconds', labels: { phase: 'download' }, metadata: { job: 1 }, unit: 'seconds' },
      { metric_type: 'queue_metrics', name: 'queue_depth', value: 12, labels: { queue: 'celery' } },
      { metric_type: 'queue_metrics', name: 'queue_wait_time_seconds', value: 3 },
      { metric_type: 'success_rate', name: 'validation_ratio', value: 0.75 },
    ]);
  });

  it('is of one component, whatever is measured', async () => {
    const metrics = collect(destination(), { component: { name: `${way}-one`, type: 'worker_pool' } });
    metrics.counter(`${way}_one_total`).inc();
    metrics.trackSuccessRate('validation_ratio', 3, 4);
    await metrics.flush();
    expect(await db.rows('select component_type from noetl.runtime where name = $1', [`${way}-one`])).toEqual([{ component_type: 'worker_pool' }]);
  });

  it('warns of the first refusal of each kind where nobody listens', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const metrics = collect(destination());
    for (const name of ['a-1', 'a-2']) {
      metrics.counter(name).inc();
      await metrics.flush();
    }
    metrics.gauge('load').set(Number.NaN);
    const told = warned.mock.calls.map(([message]) => String(message));
    warned.mockRestore();
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('a-1');
    expect(told[1]).toBe('metrics: load: NaN is no finite number');
  });

  it('sends what waits when a script ends without close()', async () => {
    const metrics = collect(destination());
    metrics.counter(`${way}_late_total`).inc();
    process.emit('beforeExit', 0);
    await expect.poll(async () => linesOf(`${way}_late_total`)).toEqual([`${way}_late_total 1`]);
  });

  it('only what is refused is dropped, and counted', async () => {
    const heard: string[] = [];
    const metrics = collect(destination(), { onError: ({ message }) => heard.push(message) });
    metrics.counter(`${way}_kind_total`).inc();
    await metrics.flush();
    for (let n = 0; n < 9; n += 1) metrics.gauge(`${way}_fine_${n}`).set(n);
    metrics.gauge('not a name').set(1);
    metrics.recordSample({ metric_name: `${way}_kind_total`, metric_type: 'gauge', metric_value: 1 });
    await metrics.flush();
    expect(metrics.dropped).toBe(2);
    expect(heard).toHaveLength(2);
    await db.rows('select noetl.fold()');
    expect(await db.value(`select count(*)::int from _noetl.series where metric_name like $1`, [`${way}\\_fine\\_%`])).toBe(9);
  });

  it('one line alone reports a registry, and closes at its end', async () => {
    const register = new Registry();
    new Gauge({ name: `${way}_one_line`, help: 'Said in one line.', registers: [register] }).set(1);
    const stop = pushRegistry(register, destination(), { component: { name: `${way}-app`, type: 'service' }, interval: 20, flushInterval: 20 });
    await expect.poll(async () => linesOf(`${way}_one_line`)).toEqual([`${way}_one_line{component="${way}-app",component_type="service"} 1`]);
    await stop();
    expect(await db.value('select c.state from noetl.component as c where c.name = $1', [`${way}-app`])).toBe('offline');
  });

  it('an existing prom-client registry is reported through a collector', async () => {
    const register = new Registry();
    const registers = [register];
    new Counter({ name: `${way}_app_total`, help: 'Done.', labelNames: ['kind'], registers }).inc({ kind: 'a' }, 5);
    new Gauge({ name: `${way}_app_ratio`, help: 'Share.', registers }).set(Number.POSITIVE_INFINITY);
    const histogram = new Histogram({ name: `${way}_app_seconds`, help: 'Took.', buckets: [1, 2], registers });
    histogram.observe(1.5);
    new Summary({ name: `${way}_app_bytes`, help: 'Size.', percentiles: [0.5], registers }).observe(9);

    const metrics = collect(destination());
    const stop = pushRegistry(register, metrics);
    await stop();
    await metrics.flush();
    const values = (lines: string[]): string[] => lines.filter((line) => line.includes(`${way}_app`)).toSorted();
    const canonical = (await register.metrics()).replaceAll(/le="(\d+)"/g, 'le="$1.0"').replaceAll('Inf\n', 'Inf\n').split('\n');
    expect(values(await page())).toEqual(values(canonical));
  });
});

describe('the measured work', () => {
  it('keeps its result and its errors, with no server anywhere', async () => {
    const metrics = collect('http://127.0.0.1:1');
    expect(await metrics.trackOperation('work', async () => 7)).toBe(7);
    const failure = new Error('the work failed');
    await expect(metrics.trackOperation('work', () => { throw failure; })).rejects.toBe(failure);
    expect(metrics.pending).toBe(4);
  });

  it('is not disturbed by what cannot be recorded', () => {
    const metrics = collect('http://127.0.0.1:1', { onError: () => { throw new Error('a bad listener'); } });
    metrics.counter('c_total').add(-1);
    metrics.gauge('g').set(Number.NaN);
    metrics.trackSuccessRate('r', 1, 2, { metadata: { callback: () => {} } });
    expect([metrics.dropped, metrics.pending]).toEqual([3, 0]);
  });
});

describe('the buffer', () => {
  it('drops the oldest when it is full, and says how many', () => {
    const metrics = collect('http://127.0.0.1:1', { bufferSize: 10 });
    const seen = metrics.histogram('seen');
    for (let n = 0; n < 25; n += 1) seen.observe(n);
    expect([metrics.pending, metrics.dropped]).toEqual([10, 15]);
  });

  it('is sent as soon as a batch is waiting, and every so often', async () => {
    const sent: string[] = [];
    let arrived = (): void => {};
    const bySize = new Promise<void>((resolve) => (arrived = resolve));
    const destination = {
      query: async (_: string, values: unknown[]) => {
        sent.push(String(values[0]));
        arrived();
      },
    };
    const full = collect(destination, { batchSize: 3 });
    for (let n = 0; n < 3; n += 1) full.histogram('h').observe(n);
    await bySize;
    const byTime = new Promise<void>((resolve) => (arrived = resolve));
    collect(destination, { flushInterval: 5 }).gauge('g').set(1);
    await byTime;
    expect(sent).toHaveLength(2);
  });

  it('is sent to below the path of the URL, with or without a slash at its end', async () => {
    const paths: string[] = [];
    const below = createServer((request, response) => {
      paths.push(`${request.method} ${request.url}`);
      request.resume().on('end', () => response.writeHead(201).end());
    });
    await new Promise<void>((resolve) => below.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(below.address() as AddressInfo).port}`;
    for (const base of [address, `${address}/`, `${address}/noetl`, new URL(`${address}/noetl/`)]) {
      const metrics = collect(base);
      metrics.gauge('g').set(1);
      await metrics.close();
    }
    below.close();
    expect(paths).toEqual(['', '', '/noetl', '/noetl'].map((prefix) => `POST ${prefix}/api/metrics/record`));
  });

  it('that cannot be sent says why', async () => {
    const heard: string[] = [];
    const metrics = collect('http://127.0.0.1:1', { onError: ({ message }) => void heard.push(message) });
    metrics.gauge('g').set(1);
    await metrics.close(20);
    expect(heard[0]).toBe('TypeError: fetch failed: bad port');
  });

  it('is sent at the end', async () => {
    const metrics = collect(pool);
    metrics.counter('at_the_end_total').inc();
    await metrics.close();
    expect([metrics.pending, metrics.dropped]).toEqual([0, 0]);
    expect(await linesOf('at_the_end_total')).toEqual(['at_the_end_total 1']);
  });

  it('is given up at the end when nobody answers, and says how many', async () => {
    const metrics = collect('http://127.0.0.1:1');
    metrics.histogram('lost').observe(1);
    metrics.histogram('lost').observe(2);
    await metrics.close(20);
    expect([metrics.pending, metrics.dropped]).toEqual([0, 2]);
  });
});

describe('closing', () => {
  const hanging = createServer(() => {});

  it.each([
    ['a server', (): string => `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`],
    ['a pool', () => ({ query: async () => new Promise<void>(() => {}) })],
  ])('gives up also what %s does not answer', async (_, destination) => {
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const metrics = collect(destination(), { timeout: 3_600_000 });
    metrics.counter('unheard_total').inc();
    const flushed = metrics.flush();
    metrics.counter('unheard_total').inc();
    await metrics.close(20);
    await flushed;
    expect([metrics.pending, metrics.dropped]).toEqual([0, 2]);
    hanging.closeAllConnections();
    await new Promise((resolve) => hanging.close(resolve));
  });
});

describe('a retry', () => {
  const flaky: Server[] = [];

  async function answering(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    flaky.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    for (const server of flaky.splice(0)) server.close();
  });

  it('after a lost answer records nothing twice', async () => {
    let requests = 0;
    // hands each request on, and loses the first two answers
    const address = await answering((request, response) => {
      const parts: Uint8Array[] = [];
      request.on('data', (part: Uint8Array) => parts.push(part));
      request.on('end', () => {
        const key = String(request.headers['idempotency-key']);
        void fetch(`${url}${request.url}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: Buffer.concat(parts),
        }).then(async (answer) => {
          requests += 1;
          const text = await answer.text();
          return requests <= 2 ? response.destroy() : response.writeHead(answer.status).end(text);
        });
      });
    });
    const metrics = collect(address);
    metrics.counter('once_total').add(5);
    await metrics.flush();
    expect([requests, metrics.dropped]).toEqual([3, 0]);
    expect(await linesOf('once_total')).toEqual(['once_total 5']);
  });

  const now = Date.parse('2026-01-31T12:00:00Z');
  it.each([
    ['so many seconds', 503, { 'retry-after': '7' }, 7000],
    ['a date', 429, { 'retry-after': new Date(now + 9000).toUTCString() }, 9000],
    ['a date on another clock', 503, { 'retry-after': 'Sunday, 06-Nov-94 08:49:41 GMT', date: 'Sun, 06 Nov 1994 08:49:37 GMT' }, 4000],
    ['longer than the longest retry', 503, { 'retry-after': '86400' }, 20_000],
    ['no time', 503, { 'retry-after': '0' }, 50],
    ['a date that has passed', 429, { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, 50],
    ['what is no time', 503, { 'retry-after': 'in May 2030' }, 50],
    ['nothing', 503, {}, 50],
    ['so many seconds after a fault', 500, { 'retry-after': '7' }, 50],
  ])('asked for %s waits so long', async (_, status, headers, pause) => {
    const address = await answering((request, response) => {
      response.sendDate = false;
      request.resume().on('end', () => response.writeHead(status, headers).end());
    });
    vi.useFakeTimers({ toFake: ['Date'], now });
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const metrics = collect(address, {
      firstRetry: 100,
      longestRetry: 20_000,
      onError: ({ message }) => {
        if (!message.startsWith(String(status))) return;
        timers.mockClear();
        setImmediate(() => void metrics.close(0));
      },
    });
    metrics.counter('asked_total').inc();
    await metrics.flush();
    expect(timers.mock.calls[0]?.[1]).toBe(pause);
  });

  it('of what is beyond the rate limit comes when it is let through again', async () => {
    const strict = buildServer({ pool, rateLimit: 1 });
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now()); // both requests in one second
    try {
      const heard: string[] = [];
      const metrics = collect(await strict.listen({ port: 0, host: '127.0.0.1' }), {
        longestRetry: 5000,
        onError: ({ message }) => {
          heard.push(message.slice(0, 3));
          clock.mockRestore();
        },
      });
      metrics.counter('limited_total').inc();
      await metrics.flush();
      metrics.counter('limited_total').inc();
      await metrics.flush();
      expect([heard, metrics.dropped]).toEqual([['429'], 0]);
      expect(await linesOf('limited_total')).toEqual(['limited_total 2']);
    } finally {
      await strict.close();
    }
  });
});

it('label names are checked by the compiler', () => {
  const metrics = collect('http://127.0.0.1:1');
  const jobs = metrics.counter('jobs_total', { labels: ['kind', 'queue'] });
  jobs.inc({ kind: 'mail', queue: 'fast' });
  // @ts-expect-error -- queue is missing
  jobs.inc({ kind: 'mail' });
  // @ts-expect-error -- there is no label color
  jobs.inc({ kind: 'mail', queue: 'fast', color: 'red' });
  // @ts-expect-error -- it has no labels
  metrics.gauge('plain').set(1, { kind: 'mail' });
  expect(metrics.pending).toBe(4);
});
