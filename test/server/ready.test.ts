import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { surviveLostConnections } from '../../src/database.ts';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });
let app: FastifyInstance;

beforeEach(() => {
  const pool = new Pool({ connectionString: db.url, max: 2 });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool, tokens: { read: 'a-token-to-read-with' } });
  return async () => {
    await app.close();
    await pool.end();
  };
});

/** The status, and the names of the checks that are not ok. */
async function ready(url: string): Promise<[number, string[]]> {
  const answer = await app.inject(url);
  const { ready: whole, checks } = answer.json<{ ready: boolean; checks: { name: string; ok: boolean }[] }>();
  expect([answer.headers['content-type'], checks.map(({ name }) => name)]).toEqual([
    'application/json; charset=utf-8', ['database', 'schedule', 'fold', 'scrape'],
  ]);
  expect(whole).toBe(answer.statusCode === 200);
  return [answer.statusCode, checks.filter(({ ok }) => !ok).map(({ name }) => name)];
}

const since = (age: string): string => `now() - interval '${age}'`;
const ticked = (age: string): string => `insert into _noetl.collector_schedule as s (worker_schema, ticked_at) values ('none', ${since(age)})
  on conflict on constraint collector_schedule_pkey do update set ticked_at = excluded.ticked_at`;
const folded = (age: string): string => `update _noetl.feed set folded_at = ${since(age)}`;
const scraped = (age: string): string => `update _noetl.scraper set last_at = ${since(age)} where scraper = 0`;

it.each(['/ready', '/-/ready'])('%s names what does not go on, and needs no token', async (url) => {
  expect((await ready(url))[1]).toContain('schedule'); // no server has run here yet
  for (const statement of [ticked('0'), folded('0'), scraped('0')]) await db.rows(statement);
  expect(await ready(url)).toEqual([200, []]);
  for (const [statement, name, again] of [
    [ticked('61 s'), 'schedule', ticked('0')], [folded('61 s'), 'fold', folded('0')], [scraped('76 s'), 'scrape', scraped('0')],
  ] as const) {
    await db.rows(statement);
    expect(await ready(url)).toEqual([503, [name]]);
    await db.rows(again);
  }
  await db.rows(scraped('70 s')); // its interval more
  expect(await ready(url)).toEqual([200, []]);
  await db.rows(`select noetl.set_setting('ready_within', '10 seconds')`);
  expect(await ready(url)).toEqual([503, ['scrape']]);
});

it('a database that takes no writes is not ready, though healthy', async () => {
  for (const statement of [ticked('0'), folded('0'), scraped('0')]) await db.rows(statement);
  await db.rows(`alter database ${db.name} set default_transaction_read_only = on`);
  expect(await ready('/ready')).toEqual([503, ['database']]);
  const statuses = [await app.inject('/health'), await app.inject('/-/healthy')].map(({ statusCode }) => statusCode);
  expect(statuses).toEqual([200, 200]);
});
