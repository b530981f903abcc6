import type { FastifyInstance, InjectOptions } from 'fastify';
import { Pool } from 'pg';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildServer, type ServerParts } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { network } from '../../src/server/access.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();
const tokens = { read: 'a-token-to-read-with', write: 'a-token-to-write-with' };
const most = 5;
let pool: Pool;
let app: FastifyInstance;

beforeAll(() => {
  pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  return () => pool.end();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await app.close();
});

/** A server whose clock stands still until it is set. */
function serve(parts: Partial<ServerParts> = {}): (milliseconds: number) => void {
  app = buildServer({ pool, rateLimit: most, ...parts });
  const clock = vi.spyOn(Date, 'now');
  const begun = Date.now();
  clock.mockReturnValue(begun);
  return (milliseconds) => void clock.mockReturnValue(begun + milliseconds);
}

/** The statuses of so many requests, one after another. */
async function statuses(times: number, request: InjectOptions): Promise<number[]> {
  const answers: number[] = [];
  for (let n = 0; n < times; n += 1) answers.push((await app.inject(request)).statusCode);
  return answers;
}

const times = (n: number, status: number): number[] => Array.from({ length: n }, () => status);
const read: InjectOptions = { url: '/openapi.json' };

describe('a client that asks more than it may in a second', () => {
  it('is refused by a problem that says when to come back, and is served then', async () => {
    const at = serve();
    expect(await statuses(most + 2, read)).toEqual([...times(most, 200), 429, 429]);
    const { headers, body } = await app.inject(read);
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '1' });
    expect(JSON.parse(body)).toEqual({
      type: 'about:blank', title: 'Too Many Requests', status: 429, detail: 'At most 5 requests a second (NOETL_RATE_LIMIT).',
    });
    at(999);
    expect(await statuses(1, read)).toEqual([429]);
    at(1000);
    expect(await statuses(most + 1, read)).toEqual([...times(most, 200), 429]);
  });

  it('does not use up what others may, by address or by token', async () => {
    serve({ tokens });
    const as = (token: string, remoteAddress: string): InjectOptions => ({ ...read, remoteAddress, headers: { authorization: `Bearer ${token}` } });
    expect((await statuses(most + 1, as(tokens.read, '192.0.2.1'))).at(-1)).toBe(429);
    expect(await statuses(1, as(tokens.read, '192.0.2.2'))).toEqual([200]);
    expect(await statuses(1, as(tokens.write, '192.0.2.1'))).toEqual([200]);
  });

  it.each<[string, ServerParts['trustProxy'], string, string[], number]>([
    ['has the address of an untrusted proxy', undefined, '10.0.0.1', ['192.0.2.1', '192.0.2.2'], 429],
    ['has its own address behind one proxy', 1, '10.0.0.1', ['192.0.2.1', '192.0.2.2'], 200],
    ['cannot make an address up behind one proxy', 1, '10.0.0.1', ['203.0.113.1, 192.0.2.1', '203.0.113.2, 192.0.2.1'], 429],
    ['has its own address behind two proxies', 2, '10.0.0.1', ['192.0.2.1, 10.0.0.2', '192.0.2.2, 10.0.0.2'], 200],
    ['has its own address behind proxies of a network', ['10.0.0.0/8'], '::ffff:10.0.0.1', ['192.0.2.1, 10.9.9.9', '192.0.2.2, 10.9.9.9'], 200],
    ['cannot make an address up behind proxies of a network', ['10.0.0.0/8'], '10.0.0.1', ['203.0.113.1, 192.0.2.1', '203.0.113.2, 192.0.2.1'], 429],
    ['keeps its address where it comes past the proxy', ['10.0.0.1', 'fd00::/8'], '10.0.0.2', ['192.0.2.1', '192.0.2.2'], 429],
  ])('%s', async (_, trustProxy, remoteAddress, forwarded, status) => {
    serve({ trustProxy });
    const from = (header = ''): InjectOptions => ({ ...read, remoteAddress, headers: { 'x-forwarded-for': header } });
    expect((await statuses(most + 1, from(forwarded[0]))).at(-1)).toBe(429);
    expect(await statuses(1, from(forwarded[1]))).toEqual([status]);
  });

  it('does not get further with a token that it makes up for each request', async () => {
    serve({ tokens });
    const answers: number[] = [];
    for (let n = 0; n <= most; n += 1) {
      answers.push((await app.inject({ ...read, headers: { authorization: `Bearer made-up-token-${n}` } })).statusCode);
    }
    expect(answers).toEqual([...times(most, 401), 429]);
  });

  it('is scraped all the same, and asked for its health without end', async () => {
    serve();
    expect((await statuses(most + 1, read)).at(-1)).toBe(429);
    expect(await statuses(most + 1, { url: '/metrics' })).toEqual([...times(most, 200), 429]);
    expect(await statuses(most * 4, { url: '/health' })).toEqual(times(most * 4, 200));
  });

  it('is counted where nothing is', async () => {
    serve();
    expect(await statuses(most + 1, { url: '/nowhere' })).toEqual([...times(most, 404), 429]);
  });
});

it('without a limit anything goes', async () => {
  app = buildServer({ pool });
  expect(await statuses(50, read)).toEqual(times(50, 200));
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the client at %s is %s', (address, client) => {
  expect(network(address)).toBe(client);
});
