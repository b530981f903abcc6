import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';

/** What no client should send, on bare sockets: nothing here is kept from the server by a well-meaning library. */

const db = useDatabase();
const sockets: Socket[] = [];
let app: FastifyInstance;
let pool: Pool;
let port: number;

beforeAll(async () => {
  pool = new Pool({ connectionString: db.url, max: 5 });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool, limits: { request: 500, answer: 500, linger: 200, timeout: 1000, waiting: 10, bodies: 9_000_000 } });
  await app.listen({ port: 0, host: '127.0.0.1' });
  port = (app.server.address() as AddressInfo).port;
  return async () => {
    await app.close();
    await pool.end();
  };
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  const healthy = await fetch(`http://127.0.0.1:${port}/health`);
  expect([healthy.status, pool.waitingCount]).toEqual([200, 0]);
});

interface Connection {
  readonly socket: Socket;
  /** All that came until the server closed it, or until so many answers were there. */
  answers(count?: number): Promise<string>;
}

async function open(): Promise<Connection> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  const enough = async (count: number): Promise<void> => {
    while (text.split('HTTP/1.1 ').length <= count || !/\r\n\r\n.*[}\n]$/s.test(text)) await once(socket, 'data');
  };
  return {
    socket,
    answers: async (count) => {
      await Promise.race([closed, ...(count === undefined ? [] : [enough(count)])]);
      return text;
    },
  };
}

async function sent(request: string | Buffer): Promise<string> {
  const { socket, answers } = await open();
  socket.write(request);
  return answers(1);
}

const post = (body: string | Buffer, type = 'application/json', path = '/api/metrics'): Buffer =>
  Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`),
    Buffer.from(body),
  ]);
const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`;
const sample = (value: string, more = ''): string => `[{"metric_name": "m", "metric_type": "gauge", "metric_value": ${value}${more}}]`;
const problem = /^HTTP\/1\.1 (\d+) [^]*content-type: application\/problem\+json[^]*"title":"[^"]+","status":\1[^]*"detail":"[^"]/;

describe('what a client sends', () => {
  it.each<[string, string | Buffer, number]>([
    ['an array of null', post('[null]'), 422],
    ['an array of arrays', post('[[]]'), 422],
    ['100,000 arrays in each other', post('['.repeat(100_000) + ']'.repeat(100_000)), 400],
    ['100,000 objects in each other', post(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), 400],
    ['labels that deep', post(sample('1', `, "metadata": ${'['.repeat(100_000)}${']'.repeat(100_000)}`)), 400],
    ['1e400', post(sample('1e400')), 422],
    ['1e999999', post(sample('1e999999')), 400],
    ['a number of 100,000 digits', post(sample('9'.repeat(100_000))), 422],
    ['a runtime_id of 40 digits', post(sample('1', `, "runtime_id": ${'9'.repeat(40)}`)), 422],
    ['half of a JSON text', post('[{"metric_name": "m"'), 400],
    ['two JSON texts', post('[] []'), 400],
    ['NaN', post(sample('NaN')), 400],
    ['a NUL byte', post('[{"metric_name": "\0"}]'), 400],
    ['an escaped NUL', post(sample('1', String.raw`, "help_text": "\u0000"`)), 400],
    ['an escaped NUL in a name', post(String.raw`[{"a\u0000": 1}]`), 400],
    ['half of a surrogate pair', post(sample('1', String.raw`, "help_text": "\ud800"`)), 400],
    ['surrogates the wrong way round', post(sample('1', String.raw`, "help_text": "\udc00\ud800"`)), 400],
    ['bytes that are not UTF-8', post(Buffer.from([0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d])), 400],
    ['UTF-16', post(Buffer.from('\ufeff[]', 'utf16le')), 400],
    ['another type', post('[]', 'text/plain'), 415],
    ['no type', post('[]', ''), 415],
    ['what is no type', post('[]', ';;;'), 415],
    ['another charset', post('[]', 'application/json; charset=latin1'), 415],
    ['a form', post('a=b', 'application/x-www-form-urlencoded'), 415],
    ['an Idempotency-Key of 300 characters', get('/').replace('GET /', 'POST /api/metrics').replace('\r\n\r\n', `\r\nidempotency-key: ${'k'.repeat(300)}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]`), 400],
    ['half of a percent-encoding in the path', get('/api/runtime/%/metrics'), 400],
    ['bytes that are not UTF-8 in the path', get('/api/runtime/%ff%fe/metrics'), 400],
    ['a NUL in the path', get('/api/runtime/%00/metrics'), 400],
    ['a NUL in the query', get('/api/metrics/query?name=%00'), 400],
    ['a NUL in the labels asked for', get(`/api/metrics/query?labels=${encodeURIComponent(String.raw`{"a":"\u0000"}`)}`), 400],
    ['a parameter that comes twice', get('/api/metrics/query?limit=1&limit=2'), 400],
    ['labels that deep in the query', get(`/api/metrics/query?labels=${'['.repeat(7000)}`), 400],
    ['a path of 20,000 characters', get(`/${'a'.repeat(20_000)}`), 431],
    ['a path of 10,000 characters', get(`/${'a'.repeat(10_000)}`), 404],
    ['a header of 20,000 characters', get('/metrics', `x: ${'a'.repeat(20_000)}\r\n`), 431],
    ['1,000,000 characters where the length should be', `POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${'1'.repeat(1000)}\r\n\r\n`, 400],
    ['two lengths', 'POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n[]', 400],
    ['a length and chunks', 'POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n[]', 400],
    ['a chunk that is none', 'POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n', 400],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a method of its own', 'FROB /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n', 400],
    ['a method that the address does not have', 'PUT /api/metrics HTTP/1.1\r\nhost: localhost\r\n\r\n', 405],
  ])('is refused with a problem: %s', async (_, request, status) => {
    const answer = await sent(request);
    expect(answer.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(problem);
  });

  it('may be an empty batch, a key twice of which the last counts, or a number that a double cannot hold exactly', async () => {
    expect(await sent(post('[]'))).toMatch('HTTP/1.1 201 ');
    expect(await sent(post(sample('1', ', "metric_value": 2, "metric_name": "twice"')))).toMatch('HTTP/1.1 201 ');
    expect(await sent(post(sample('0.1234567890123456789', ', "metric_name": "close"')))).toMatch('HTTP/1.1 201 ');
    expect(await db.rows(`select metric_name, metric_value from noetl.metric where metric_name in ('twice', 'close') order by 1`)).toEqual([
      { metric_name: 'close', metric_value: 0.12345678901234568 },
      { metric_name: 'twice', metric_value: 2 },
    ]);
  });
});

describe('a body that is too long', () => {
  it('is refused by its length alone', async () => {
    const answer = await sent(`POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${2 ** 30}\r\n\r\n[`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(problem);
  });

  it('is answered where the client reads the answer only after it has sent more', async () => {
    const { socket, answers } = await open();
    socket.pause();
    socket.write('POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
    const framed = Buffer.concat([Buffer.from('1000000\r\n'), Buffer.alloc(16 * 2 ** 20, ' '), Buffer.from('\r\n')]);
    await new Promise((written) => socket.write(framed, written));
    await delay(50);
    socket.write(framed);
    socket.resume();
    expect(await answers()).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each(['application/json', 'text/plain'])('is refused while it comes (%s), and the rest of a gigabyte is not read', async (type) => {
    const { socket, answers } = await open();
    socket.write(`POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`);
    const chunk = Buffer.alloc(65_536, ' ');
    const framed = Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')]);
    const gigabyte = 2 ** 30 / chunk.length;
    let written = 0;
    while (!socket.destroyed && written < gigabyte) {
      written += 1;
      if (!socket.write(framed)) await Promise.race([once(socket, 'drain').catch(() => {}), delay(1000)]);
    }
    const answer = await answers();
    expect(answer).toMatch(type === 'text/plain' ? /^HTTP\/1\.1 415 / : /^HTTP\/1\.1 413 /);
    expect(answer).toMatch(problem);
    expect(written).toBeLessThan(gigabyte);
  });
});

describe('many bodies', () => {
  it('are held up to so many bytes in all, and let go with their requests', async () => {
    const locker = await db.session();
    await locker.query('begin; lock table _noetl.request in access exclusive mode');
    const big = `[${' '.repeat(6_000_000)}]`;
    const send = async (key: string): Promise<[number, string]> => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/metrics`, {
        method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body: big,
      });
      return [answer.status, ((await answer.json()) as { detail?: string }).detail ?? ''];
    };
    // each waits for the lock; two of them are more than is held
    const both = await Promise.all([send('a'), send('b')]);
    expect(both.toSorted(([, a], [, b]) => a.length - b.length)).toEqual([[503, ''], [503, 'The server is busy: try again.']]);
    await locker.query('rollback');
    expect(await send('a')).toEqual([201, '']);
  });
});

describe('a slow client', () => {
  it('that does not finish its headers is answered 408 and cut off', async () => {
    const { socket, answers } = await open();
    socket.write('GET /metrics HTTP/1.1\r\nhost: localhost\r\n');
    const trickle = setInterval(() => socket.write('x: y\r\n'), 50);
    expect(await answers()).toMatch(/^HTTP\/1\.1 408 [^]*problem\+json/);
    clearInterval(trickle);
  });

  it('that does not finish its body is answered 408 and cut off', async () => {
    const { socket, answers } = await open();
    socket.write('POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n[');
    const trickle = setInterval(() => socket.write(' '), 50);
    expect(await answers()).toMatch(/^HTTP\/1\.1 408 [^]*problem\+json/);
    clearInterval(trickle);
  });

  it('that does not take its answer is cut off', async () => {
    const accepted = once(app.server, 'connection') as Promise<[Socket]>;
    const { socket } = await open();
    const [serverSide] = await accepted;
    socket.pause();
    for (let n = 0; n < 40; n += 1) socket.write(get('/docs/static/swagger-ui-bundle.js'));
    // what the kernel holds for the client it may have; then it is over
    await expect.poll(() => serverSide.destroyed).toBe(true);
    expect(serverSide.bytesWritten).toBeLessThan(40_000_000);
  });

  it('that goes away in the middle of its body or its answer leaves nothing behind', async () => {
    for (let n = 0; n < 20; n += 1) {
      const { socket } = await open();
      socket.write('POST /api/metrics HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n[{"metric_name": "gone"');
      const reader = await open();
      reader.socket.write(get('/api/metrics/query?limit=10000'));
      await delay(n);
      socket.destroy();
      reader.socket.resetAndDestroy();
    }
    await expect.poll(() => [pool.waitingCount, pool.totalCount - pool.idleCount]).toEqual([0, 0]);
    expect(await db.value(`select count(*)::int from noetl.metric where metric_name = 'gone'`)).toBe(0);
  });

  it('that sends many requests before it reads gets every answer in their order', async () => {
    const { socket, answers } = await open();
    const ids = Array.from({ length: 10 }, (_, n) => 1_000_000 + n);
    socket.write(ids.map((id) => get(`/api/v1/metrics/${id}`)).join(''));
    const text = await answers(10);
    expect([...text.matchAll(/there is no sample (\d+)/g)].map(([, id]) => Number(id)).filter((id, i, all) => id !== all[i - 1])).toEqual(ids);
  });
});

describe('more than the database can do', () => {
  const report = async (name: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/api/metrics`, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ metric_name: name, metric_type: 'gauge', metric_value: 1 }]),
    });

  it('waits for a lock no longer than it may, and is told to come again', async () => {
    const locker = await db.session();
    await locker.query('begin; lock table noetl.metric in access exclusive mode');
    const answer = await report('locked');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after')]).toEqual([
      503, 'application/problem+json; charset=utf-8', '1',
    ]);
    await locker.query('rollback');
    expect((await report('locked')).status).toBe(201);
  });

  it('is refused at once beyond a queue of bounded length, while the page and the health check go on', async () => {
    const locker = await db.session();
    await locker.query('begin; lock table _noetl.request in access exclusive mode');
    const keyed = async (n: number): Promise<[number, string]> => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/metrics`, {
        method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': `k${n}` }, body: '[]',
      });
      return [answer.status, ((await answer.json()) as { detail?: string }).detail ?? ''];
    };
    const crowd = Array.from({ length: 40 }, async (_, n) => keyed(n));
    const refusedAtOnce = await Promise.race(crowd);
    expect(refusedAtOnce).toEqual([503, 'The server is busy: try again.']);
    for (const path of ['/metrics', '/health']) expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
    const answers = await Promise.all(crowd);
    expect(answers.map(([status]) => status)).toEqual(answers.map(() => 503));
    // two run and ten wait; more only have their turn where some have waited in vain before others come
    expect(answers.filter(([, detail]) => detail !== '').length).toBeLessThanOrEqual(28);
    await locker.query('rollback');
    expect((await keyed(0))[0]).toBe(201);
  });
});
