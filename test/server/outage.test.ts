import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';
import { textFamilies } from '../support/openmetrics.ts';
import { useGate } from './gate.ts';

const db = useDatabase();
const gate = useGate();
let pool: Pool;
let scrapePool: Pool;
let app: FastifyInstance;

beforeAll(() => {
  pool = new Pool({ connectionString: gate.url(db.url), max: 3 });
  scrapePool = new Pool({ connectionString: gate.url(db.url), max: 3 });
  for (const each of [pool, scrapePool]) surviveLostConnections(each, () => {});
  app = buildServer({ pool, scrapePool });
});
afterAll(async () => {
  await app.close();
  await Promise.all([pool.end(), scrapePool.end()]);
});
/** Connected, and with an idle connection. */
beforeEach(async () => {
  expect((await app.inject('/health')).statusCode).toBe(200);
});

const scrape = (seconds: number) =>
  app.inject({ url: '/metrics', headers: { 'x-prometheus-scrape-timeout-seconds': String(seconds) } });

const healthy = { status: 'ok', database: 'up', partition_days_ahead: 7 };
const noPage = {
  statusCode: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The metrics are not available: the database did not answer.\n',
};

describe('while the database is away', () => {
  it('there is no page but a 503 in words, health is bad, and both recover by themselves', async () => {
    await gate.close();
    expect(await scrape(10)).toMatchObject(noPage);
    const answer = await app.inject('/health');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ status: 'unavailable', database: 'down', partition_days_ahead: null });

    await gate.open();
    expect((await scrape(10)).statusCode).toBe(200);
    expect((await app.inject('/health')).json()).toEqual(healthy);
  });
});

describe('while the database hangs', () => {
  it('health is bad, the page is refused in the scraper’s time, and both recover by themselves', async () => {
    gate.jam();
    const [page, health] = await Promise.all([scrape(1), app.inject('/health')]);
    expect(page).toMatchObject(noPage);
    expect(health.statusCode).toBe(503);

    gate.clear();
    expect((await scrape(10)).statusCode).toBe(200);
    expect((await app.inject('/health')).json()).toEqual(healthy);
  });

  it('any number of scrapes and health checks leave connections to others', async () => {
    gate.jam();
    const waiting = Array.from({ length: 50 }, () => [scrape(1), app.inject('/health')]).flat();
    await new Promise((resolve) => setImmediate(resolve));
    expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0]);
    expect((await Promise.all(waiting)).map(({ statusCode }) => statusCode)).toEqual(waiting.map(() => 503));
    gate.clear();
    expect((await scrape(10)).statusCode).toBe(200);
  });
});

describe('a page that takes too long', () => {
  it('is cut off in the database as well, within the scraper’s time', async () => {
    await db.rows(`
      alter function noetl.page_since rename to quick_page_since;
      create function noetl.page_since(openmetrics boolean, token text, fresh_until timestamptz)
      returns table (family_id integer, family text, body text, stale_at timestamptz, next_token text, complete boolean)
      language sql
      begin atomic
        select 1, 'slow', 'slow 1', null::timestamptz, null, null::boolean from pg_sleep(3600);
      end`);
    expect(await scrape(1)).toMatchObject(noPage);
    await expect
      .poll(() => db.rows(`select query from pg_stat_activity where wait_event = 'PgSleep' and query like '%noetl%'`))
      .toEqual([]);
    await db.rows(`
      drop function noetl.page_since;
      alter function noetl.quick_page_since rename to page_since`);
    expect((await scrape(10)).statusCode).toBe(200);
  });
});

describe('many scrapes at once', () => {
  it('are few queries, and each shows what was committed before it came', async () => {
    const report = `select noetl.report(noetl.register_runtime('here', 'server_api'), $1)`;
    const pages: Promise<[number, number | undefined]>[] = [];
    for (let value = 1; value <= 20; value += 1) {
      await db.rows(report, [JSON.stringify([{ metric_name: 'seen', metric_type: 'gauge', metric_value: value }])]);
      for (let scraper = 0; scraper < 5; scraper += 1) {
        pages.push(
          scrape(10).then(({ body }) => [
            value,
            textFamilies(body).find(({ name }) => name === 'seen')?.samples[0]?.value,
          ]),
        );
      }
    }
    for (const [committed, shown] of await Promise.all(pages)) expect(shown).toBeGreaterThanOrEqual(committed);
    expect(scrapePool.totalCount).toBeLessThanOrEqual(2);
  });
});
