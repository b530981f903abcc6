import type { FastifyInstance, InjectOptions } from 'fastify';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { surviveLostConnections } from '../../src/database.ts';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase } from '../support/database.ts';

/** What a browser can be made to send by a page of somebody else's. */

const db = useDatabase();
const token = 'a-token-to-do-all-with';
let pool: Pool;
let open: FastifyInstance;
let guarded: FastifyInstance;

beforeAll(() => {
  pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  open = buildServer({ pool, hosts: ['metrics.example', '192.0.2.7', '::7'] });
  guarded = buildServer({ pool, tokens: { admin: token } });
});
afterAll(async () => {
  await Promise.all([open.close(), guarded.close()]);
  await pool.end();
});

const status = async (request: InjectOptions, app = open): Promise<number> => (await app.inject(request)).statusCode;

describe('a request under a name', () => {
  it.each([
    ['localhost', 200], ['localhost:8000', 200], ['LOCALHOST.:8000', 200], ['127.0.0.1:8000', 200], ['127.8.9.10', 200], ['[::1]:8000', 200],
    ['metrics.example:8000', 200], ['Metrics.Example', 200], ['192.0.2.7', 200], ['[::7]:1', 200],
    ['attacker.example', 421], ['attacker.example:8000', 421], ['localhost.attacker.example', 421], ['127.0.0.1.attacker.example', 421],
    ['192.0.2.8', 421], ['[::8]', 421], ['[::1]x', 421], ['localhost:8000@attacker.example', 421], ['0.0.0.0', 421], ['2130706433', 421],
  ])('%j is answered without tokens by %i', async (host, expected) => {
    for (const url of ['/metrics', '/health', '/', '/docs', '/nowhere']) {
      const answered = await status({ url, headers: { host } });
      expect([url, answered === 421]).toEqual([url, expected === 421]);
    }
    expect(await status({ url: '/metrics', headers: { host } })).toBe(expected);
  });

  it('of another is a described problem, and is served to whoever shows a token', async () => {
    const { headers, body } = await open.inject({ url: '/metrics', headers: { host: 'attacker.example' } });
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ status: 421, detail: expect.stringContaining('NOETL_ALLOWED_HOSTS') as string });
    expect(await status({ url: '/metrics', headers: { host: 'anywhere.example', authorization: `Bearer ${token}` } }, guarded)).toBe(200);
    expect(await status({ url: '/metrics', headers: { host: 'anywhere.example' } }, guarded)).toBe(401);
  });
});

const changes = [
  ['POST', '/api/metrics', 'application/json', '[]'], ['PUT', '/metrics/job/a', 'text/plain', 'a 1\n'], ['POST', '/metrics/job/a', 'text/plain', 'a 1\n'],
  ['DELETE', '/metrics/job/a', undefined, undefined], ['POST', '/api/metrics/cleanup', undefined, undefined], ['POST', '/v1/metrics', 'application/json', '{}'],
  ['POST', '/api/metrics/partitions/create', undefined, undefined], ['POST', '/api/v1/metrics/collect', undefined, undefined],
] as const;

describe('a request that would change something', () => {
  it.each<[Record<string, string>, boolean]>([
    [{}, true], // curl, Prometheus, the clients
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ origin: 'http://localhost' }, true],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ origin: 'http://attacker.example' }, false],
    [{ origin: 'http://localhost:9999' }, false],
    [{ origin: 'null' }, false],
  ])('and comes with %j passes: %s', async (from, passes) => {
    for (const [method, url, type, payload] of changes) {
      const headers = { host: 'localhost', ...from, ...(type !== undefined && { 'content-type': type }) };
      const answered = await status({ method, url, headers, ...(payload !== undefined && { payload }) });
      expect([method, url, passes ? answered < 300 : answered === 403, answered]).toEqual([method, url, true, answered]);
      const shown = { ...headers, authorization: `Bearer ${token}` };
      expect([method, url, (await status({ method, url, headers: shown, ...(payload !== undefined && { payload }) }, guarded)) === 403]).toEqual([method, url, !passes]);
    }
  });

  it('leaves nothing behind where it is refused', async () => {
    await open.inject({ method: 'PUT', url: '/metrics/job/foreign', headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }, payload: 'a 1\n' });
    expect(await db.value(`select count(*)::int from noetl.runtime where labels ->> 'job' = 'foreign' or name like '%foreign%'`)).toBe(0);
  });

  it('is no link from elsewhere to a page that only shows', async () => {
    expect(await status({ url: '/', headers: { 'sec-fetch-site': 'cross-site' } })).toBe(200);
    expect(await status({ url: '/metrics', headers: { 'sec-fetch-site': 'cross-site' } })).toBe(200);
  });
});

it('nothing is sniffed for another type, and neither page lets anything in from elsewhere', async () => {
  for (const url of ['/', '/ui/main.mjs', '/docs/', '/docs/static/swagger-ui-bundle.js', '/metrics', '/openapi.json', '/nowhere']) {
    expect([url, (await open.inject(url)).headers['x-content-type-options']]).toEqual([url, 'nosniff']);
  }
  for (const url of ['/', '/docs/', '/docs/static/swagger-initializer.js']) {
    const policy = (await open.inject(url)).headers['content-security-policy'];
    expect([url, policy]).toEqual([url, expect.stringMatching(/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/)]);
  }
});
