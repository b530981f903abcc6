import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { buildServer } from '../../src/server/app.ts';
import type { Tokens } from '../../src/server/access.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { start } from '../../src/start.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();
const tokens = { read: 'a-token-to-read-with', write: 'a-token-to-write-with', admin: 'a-token-to-do-all-with' };
const servers: FastifyInstance[] = [];
let pool: Pool;

beforeAll(() => {
  pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  return async () => {
    await Promise.all(servers.map(async (server) => server.close()));
    await pool.end();
  };
});

async function statuses(given: Tokens, token?: string): Promise<Record<string, number>> {
  const app = buildServer({ pool, tokens: given });
  servers.push(app);
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const ask = async (method: 'GET' | 'POST', url: string, body?: string): Promise<number> => {
    const answer = await app.inject({
      method,
      url,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { payload: body }),
    });
    return answer.statusCode;
  };
  return {
    health: await ask('GET', '/health'),
    page: await ask('GET', '/metrics'),
    read: await ask('GET', '/api/metrics/query?limit=1'),
    write: await ask('POST', '/api/metrics', '[]'),
    admin: await ask('POST', '/api/metrics/cleanup'),
  };
}

const all = { health: 200, page: 200, read: 200, write: 201, admin: 200 };
const none = { health: 200, page: 401, read: 401, write: 401, admin: 401 };

describe('with tokens', () => {
  it.each([
    ['nobody', undefined, none],
    ['who shows a wrong one', 'a-token-to-read-witH', none],
    ['a reader', tokens.read, { ...all, write: 403, admin: 403 }],
    ['a writer', tokens.write, { ...all, admin: 403 }],
    ['the admin', tokens.admin, all],
  ])('%s may do no more than that', async (_, token, expected) => {
    expect(await statuses(tokens, token)).toEqual(expected);
  });

  it('a right that no token gives is nobody’s', async () => {
    expect(await statuses({ read: tokens.read }, tokens.read)).toEqual({ ...all, write: 403, admin: 403 });
  });

  it('the page to browse the API wants one as its document does', async () => {
    const app = buildServer({ pool, tokens });
    servers.push(app);
    for (const url of ['/docs', '/docs/', '/docs/json', '/docs/yaml', '/docs/static/swagger-ui-bundle.js', '/openapi.json']) {
      expect([url, (await app.inject({ url })).statusCode]).toEqual([url, 401]);
      expect([url, (await app.inject({ url, headers: { authorization: `Bearer ${tokens.read}` } })).statusCode]).toEqual([url, 200]);
    }
  });

  it.each([
    ['no token', undefined, 401, 'Bearer realm="noetl-metrics"', 'A bearer token that may write is needed.'],
    ['an unknown token', 'Bearer what-nobody-gave-out', 401, 'Bearer realm="noetl-metrics", error="invalid_token"', 'A bearer token that may write is needed.'],
    ['no bearer token', 'Basic YTpi', 401, 'Bearer realm="noetl-metrics", error="invalid_token"', 'A bearer token that may write is needed.'],
    [
      'a token that may do less', `Bearer ${tokens.read}`, 403, 'Bearer realm="noetl-metrics", error="insufficient_scope", scope="write"',
      'A bearer token that may write is needed; this one may only read.',
    ],
  ])('%s is refused by a problem that names the scheme', async (_, authorization, status, challenge, detail) => {
    const app = buildServer({ pool, tokens });
    servers.push(app);
    const answer = await app.inject({ method: 'POST', url: '/api/metrics', headers: authorization === undefined ? {} : { authorization } });
    expect(answer.headers).toMatchObject({ 'www-authenticate': challenge, 'content-type': 'application/problem+json; charset=utf-8' });
    expect(answer.json()).toEqual({ type: 'about:blank', title: status === 401 ? 'Unauthorized' : 'Forbidden', status, detail });
  });
});

describe('without tokens', () => {
  it('everybody may do everything', async () => {
    expect(await statuses({})).toEqual(all);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1'])('the server refuses to listen on %s, in one line', async (host) => {
    const around = { signal: new AbortController().signal, say: () => {}, logger: buildServer({ pool }).log };
    await expect(start(readConfig({ HOST: host }), around)).rejects.toThrow(
      `HOST=${host} is open to others: set NOETL_READ_TOKEN, NOETL_WRITE_TOKEN and NOETL_ADMIN_TOKEN, or keep to 127.0.0.1.`,
    );
  });
});
