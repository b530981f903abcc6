import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { install } from '../../src/install.ts';
import { createLogger } from '../../src/log.ts';
import { start } from '../../src/start.ts';
import { useDatabase } from '../support/database.ts';
import { freePort } from '../support/ports.ts';
import { useGate } from './gate.ts';

const db = useDatabase({ per: 'test' });
const gate = useGate();
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A server of its own in this process, as `noetl-metrics start` runs it. */
async function started(): Promise<{ url: string; log: string[] }> {
  const port = await freePort();
  const ending = new AbortController();
  const log: string[] = [];
  const running = start(readConfig({ DATABASE_URL: gate.url(db.url), PORT: String(port) }), {
    signal: ending.signal,
    say: (line) => void log.push(line),
    logger: createLogger((line) => void log.push(line)),
  });
  ends.push(async () => {
    ending.abort(new Error('the test is over'));
    await running;
  });
  return { url: `http://127.0.0.1:${port}`, log };
}

/** The status; 0: nobody listens. */
async function status(url: string): Promise<number> {
  return fetch(url, { signal: AbortSignal.timeout(10_000) }).then(({ status: code }) => code, () => 0);
}

it('a server that starts while its database is away listens, answers 503, and serves when it is back', async () => {
  await gate.close();
  const { url, log } = await started();
  await expect.poll(() => status(`${url}/-/healthy`)).toBe(200);
  for (const path of ['/metrics', '/health', '/ready', '/-/ready', '/api/metrics/query', '/openapi.json', '/nowhere']) {
    expect([path, await status(url + path)]).toEqual([path, 503]);
  }
  await expect.poll(() => log.filter((line) => line.includes('the database is away')).length).toBe(1);
  await gate.open();
  for (const path of ['/metrics', '/health', '/api/metrics/query', '/openapi.json', '/docs', '/ready', '/-/ready']) {
    await expect.poll(() => status(url + path), { timeout: 60_000 }).toBe(200);
  }
  expect(await status(`${url}/nowhere`)).toBe(404);
  expect(log.filter((line) => line.includes('the database is away'))).toHaveLength(1);
}, 240_000);

it('a server that runs answers at the addresses that an install has added', async () => {
  const { url } = await started();
  await expect.poll(() => status(`${url}/openapi.json`), { timeout: 60_000 }).toBe(200);
  expect(await status(`${url}/test/added`)).toBe(404);
  await db.rows(`create function noetl.added() returns text language sql stable return 'added'`);
  await db.rows(`create function _noetl.added() returns _noetl.endpoint_definition language sql immutable
    return '{"operations": {"added": "GET /test/added"}, "right": "reader", "tag": "metrics", "summary": "Added."}'::_noetl.endpoint_definition`);
  for (const { statement } of await db.rows<{ statement: string }>('select f.statement from _noetl.privilege_fault as f')) await db.rows(statement);
  await expect.poll(() => status(`${url}/test/added`), { timeout: 60_000 }).toBe(200);
  await install(db.url); // which retires what this release does not have
  await expect.poll(() => status(`${url}/test/added`), { timeout: 60_000 }).toBe(404);
}, 240_000);

it('an exception that nobody catches and a promise that nobody holds end no request but their own', async () => {
  const { url, log } = await started();
  await expect.poll(() => status(`${url}/openapi.json`), { timeout: 60_000 }).toBe(200);
  // the test runner would take them for failures of its own
  const runners = { uncaughtException: process.listeners('uncaughtException'), unhandledRejection: process.listeners('unhandledRejection') };
  const ours = [runners.uncaughtException.at(-1), runners.unhandledRejection.at(-1)] as const;
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) process.removeAllListeners(name);
  process.on('uncaughtException', ours[0] ?? (() => {}));
  process.on('unhandledRejection', (ours[1] ?? (() => {})) as () => void);
  setImmediate(() => {
    throw new Error('thrown where nobody catches');
  });
  void Promise.reject(new Error('rejected where nobody holds'));
  await expect.poll(() => log.filter((line) => /uncaught: Error: (thrown|rejected) where nobody/.test(line)).length).toBe(2);
  await delay(0);
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
    process.removeAllListeners(name);
    for (const listener of runners[name]) process.on(name, listener as () => void);
  }
  expect(await status(`${url}/metrics`)).toBe(200);
}, 120_000);
