import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProduct, ownSettings, Product } from '../product.ts';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { temporaryFolder } from '../support/server.ts';

/** NOETL_FAULTS=full: 200 reporters of 1,000 samples a request, for about a minute. */
const full = process.env['NOETL_FAULTS'] === 'full';
const load = full ? { reporters: 200, samples: 1000, requests: 600 } : { reporters: 20, samples: 200, requests: 20 };
const seriesEach = 20;
const names = ['fault_a', 'fault_b', 'fault_c', 'fault_d'];

const cluster = useCluster();
let product: Product;
let folder: string;
let url: string;
let database: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  database = await cluster.empty('reported');
  const settings = await ownSettings(folder);
  url = `http://127.0.0.1:${settings.PORT}`;
  product = new Product(await buildProduct(folder), ['node', 'dist/cli.js', 'start'], { ...settings, DATABASE_URL: database });
});
afterAll(async () => {
  if (product.alive) product.signal('SIGTERM');
  await product.end();
  await rm(folder, { recursive: true, force: true });
});

interface Batch {
  readonly reporter: number;
  /** The value of each of its samples. */
  readonly sequence: number;
}

interface Tally {
  readonly acknowledged: Batch[];
  /** Never acknowledged: stored once or not at all. */
  readonly unknown: Batch[];
  readonly statuses: Record<string, number>;
  /** Errors that were no described problem. */
  readonly undescribed: string[];
  /** Requests without any answer. */
  readonly unanswered: string[];
}

function bodyOf({ reporter, sequence }: Batch): string {
  const metrics = Array.from({ length: load.samples }, (_, i) => ({
    metric_name: names[i % names.length],
    metric_type: 'gauge',
    metric_value: sequence,
    labels: { line: String(i % seriesEach) },
  }));
  return JSON.stringify({ component: { name: `reporter-${reporter}`, type: 'fault' }, metrics });
}

/** One request; whether it was acknowledged. */
async function sent(batch: Batch, body: string, tally: Tally): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/metrics/report`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `${batch.reporter}/${batch.sequence}` },
      body,
    });
    tally.statuses[answer.status] = (tally.statuses[answer.status] ?? 0) + 1;
    const text = await answer.text();
    if (answer.status === 201) return true;
    const described = answer.headers.get('content-type')?.startsWith('application/problem+json') === true && answer.status === 503;
    if (!described) tally.undescribed.push(`${answer.status} ${text.slice(0, 200)}`);
  } catch (error) {
    tally.unanswered.push(String(error instanceof Error ? (error.cause ?? error) : error));
  }
  return false;
}

/** Reports one batch after the other, each under its key until it is acknowledged or, a minute after the end, given up. */
async function report(reporter: number, end: { at: number }, tally: Tally): Promise<void> {
  for (let sequence = 1; Date.now() < end.at; sequence += 1) {
    const batch = { reporter, sequence };
    const body = bodyOf(batch);
    while (!(await sent(batch, body, tally))) {
      if (Date.now() > end.at + 60_000) {
        tally.unknown.push(batch);
        return;
      }
      await delay(100 + Math.random() * 400);
    }
    tally.acknowledged.push(batch);
  }
}

async function residentMegabytes(): Promise<number> {
  const status = await readFile(`/proc/${product.pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

it('what is acknowledged while the database is killed and restarted is stored exactly once', async () => {
  await product.ready();
  const tally: Tally = { acknowledged: [], unknown: [], statuses: {}, undescribed: [], unanswered: [] };
  const began = Date.now();
  const end = { at: Number.POSITIVE_INFINITY };
  let reporting = true;
  const memory: number[] = [await residentMegabytes()];
  const watch = async (): Promise<void> => {
    while (reporting) {
      await delay(250);
      memory.push(await residentMegabytes());
    }
  };
  const untilMore = async (count: () => number, times: number): Promise<void> => {
    for (const enough = count() + times; count() < enough;) await delay(50);
  };
  const acknowledged = (): number => tally.acknowledged.length;
  const restarts = async (): Promise<void> => {
    await untilMore(acknowledged, load.requests);
    await cluster.crash();
    await untilMore(() => tally.statuses[503] ?? 0, load.reporters);
    await cluster.start();
    await untilMore(acknowledged, load.requests);
    await cluster.stop();
    await cluster.start();
    await untilMore(acknowledged, load.requests);
    end.at = Date.now();
  };
  const watching = watch();
  await Promise.all([restarts(), ...Array.from({ length: load.reporters }, async (_, reporter) => report(reporter, end, tally))]);
  const took = (Date.now() - began) / 1000;

  // the server is well at once, and the page is right
  const health = await fetch(`${url}/health`);
  expect([health.status, await health.json()]).toMatchObject([200, { status: 'ok' }]);
  const asked = Date.now();
  const page = await fetch(`${url}/metrics`, { headers: { 'x-prometheus-scrape-timeout-seconds': '60' } });
  const shown = await page.text();
  const pageSeconds = (Date.now() - asked) / 1000;
  reporting = false;
  await watching;
  memory.push(await residentMegabytes());

  const { rows } = await connected(database, (client) =>
    client.query<{ reporter: number; sequence: number; samples: number }>(
      `select substr(r.name, 10)::int as reporter, m.metric_value::int as sequence, count(*)::int as samples
       from noetl.metric as m
       join noetl.runtime as r using (runtime_id)
       where r.component_type = 'fault'
       group by 1, 2`,
    ),
  );
  const stored = new Map(rows.map(({ reporter, sequence, samples }) => [`${reporter}/${sequence}`, samples]));
  console.log(
    `${load.reporters} reporters, ${load.samples} samples a request, ${took.toFixed(0)} s, database killed once and stopped once:\n`
      + `  answers: ${Object.entries(tally.statuses).map(([status, count]) => `${count} × ${status}`).join(', ')}; without an answer: ${tally.unanswered.length}\n`
      + `  acknowledged: ${tally.acknowledged.length * load.samples} samples; stored: ${[...stored.values()].reduce((sum, count) => sum + count, 0)};`
      + ` never acknowledged: ${tally.unknown.length} requests\n`
      + `  memory of the server: ${memory[0]} MB before, ${Math.max(...memory)} MB at most, ${memory.at(-1)} MB afterwards; page after ${pageSeconds.toFixed(1)} s`,
  );

  expect(tally.undescribed).toEqual([]);
  expect(tally.unanswered).toEqual([]);
  const key = ({ reporter, sequence }: Batch): string => `${reporter}/${sequence}`;
  expect(tally.acknowledged.map((batch) => [key(batch), stored.get(key(batch))]).filter(([, samples]) => samples !== load.samples)).toEqual([]);
  // beyond them, only what was never answered may be there, and whole
  const known = new Set(tally.acknowledged.map(key));
  const others = [...stored].filter(([batch]) => !known.has(batch));
  expect(others.filter(([batch, samples]) => samples !== load.samples || !tally.unknown.map(key).includes(batch))).toEqual([]);
  expect(tally.acknowledged.length).toBeGreaterThanOrEqual(load.reporters);
  expect(tally.statuses[503]).toBeGreaterThan(0);
  expect(Math.max(...memory)).toBeLessThan(512);

  const last = new Map<number, number>();
  for (const { reporter, sequence } of tally.acknowledged) last.set(reporter, Math.max(sequence, last.get(reporter) ?? 0));
  const expected = Array.from({ length: load.reporters }, (_, reporter) =>
    Array.from({ length: seriesEach }, (__, line) =>
      `${names[line % names.length]}{component="reporter-${reporter}",component_type="fault",line="${line}"} ${last.get(reporter)}`)).flat();
  expect(page.status).toBe(200);
  expect(shown.split('\n').filter((line) => line.startsWith('fault_')).toSorted()).toEqual(expected.toSorted());
});
