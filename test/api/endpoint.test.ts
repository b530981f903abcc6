import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';

/** Endpoints of this test alone, each one SQL file's worth. */
const declared = {
  echo: {
    function: `(request jsonb, form jsonb, body text) returns jsonb language sql stable
      return jsonb_build_object('request', request, 'form', form, 'body', body)`,
    definition: {
      operations: { echo: 'GET /test/echo', echoBack: 'POST /test/echo', echoRest: 'PUT /test/echo/{+rest}' },
      right: 'writer', errors: 'prometheus', arguments: ['request', 'form', 'body'], body_optional: true,
      takes: { 'application/x-www-form-urlencoded': 'form', 'text/plain': 'text' },
    },
  },
  values: {
    function: `(label text, wanted text[]) returns jsonb language sql stable return jsonb_build_object('label', label, 'wanted', wanted)`,
    definition: {
      operations: { values: 'GET /test/label/{name}/values' }, arguments: ['path.name', 'query.wanted'],
      path: { name: { type: 'string' } }, query: { wanted: { type: 'string' }, limit: { type: 'integer' } },
    },
  },
  refuse: {
    function: `(state text) returns void language plpgsql as $f$ begin raise exception 'query: is wrong' using errcode = state; end $f$`,
    definition: { operations: { refuse: 'GET /test/refuse/{state}' }, errors: 'prometheus', arguments: ['path.state'], path: { state: { type: 'string' } } },
  },
  decide: {
    function: `(kind text) returns _noetl.answer language sql stable return case kind
      when 'created' then row(201, '{"location": "/x", "content-type": "text/csv"}', 'a,b')::_noetl.answer
      when 'message' then row(404, null, 'kind: there is none')::_noetl.answer
      when 'own' then row(418, '{"content-type": "text/plain"}', 'a teapot')::_noetl.answer
      else null end`,
    definition: { operations: { decide: 'GET /test/decide/{kind}' }, arguments: ['path.kind'], path: { kind: { type: 'string' } } },
  },
  pieces: {
    function: `(pieces integer, fails integer) returns setof text language sql stable begin atomic
      select repeat(chr(97 + n % 26), 100000 + 0 / (n - fails)) from generate_series(0, pieces - 1) as n; end`,
    definition: {
      operations: { pieces: 'GET /test/pieces' }, stream: true, type: 'text/plain', arguments: ['query.pieces', 'query.fails'],
      query: { pieces: { type: 'integer' }, fails: { type: 'integer', default: -1 } }, required: ['pieces'], answer: { type: 'string' },
    },
  },
  gathered: {
    function: `(pieces integer) returns setof text language sql stable begin atomic select repeat('x', 100000) from generate_series(1, pieces) as n; end`,
    definition: { operations: { gathered: 'GET /test/gathered' }, arguments: ['query.pieces'], query: { pieces: { type: 'integer' } } },
  },
  long: {
    function: `(bytes integer) returns text language sql stable return repeat('x', bytes)`,
    definition: { operations: { long: 'GET /test/long' }, arguments: ['query.bytes'], query: { bytes: { type: 'integer' } } },
  },
  open: {
    function: `() returns text language sql stable return current_user::text`,
    definition: { operations: { open: 'GET /test/open' }, right: 'none' },
  },
  bytes: {
    function: `(content bytea) returns text language sql stable return encode(content, 'hex')`,
    definition: { operations: { bytes: 'POST /test/bytes' }, right: 'reader', arguments: ['body'], takes: { 'application/octet-stream': 'bytes' }, limit: 10 },
  },
};

const db = useDatabase();
const tokens = { read: 'a-token-to-read-with', write: 'a-token-to-write-with' };
let pool: Pool;
let app: FastifyInstance;
let guarded: FastifyInstance;

beforeAll(async () => {
  for (const [name, { function: made, definition }] of Object.entries(declared)) {
    const whole = { tag: 'metrics', summary: 'Of this test.', ...definition };
    await db.rows(`create function noetl.${name}${made}`);
    await db.rows(`create function _noetl.${name}() returns _noetl.endpoint_definition language sql immutable return $d$${JSON.stringify(whole)}$d$::_noetl.endpoint_definition`);
  }
  pool = new Pool({ connectionString: db.url, max: 3 });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool, limits: { answer: 5000 } });
  guarded = buildServer({ pool, tokens });
});
afterAll(async () => {
  await Promise.all([app.close(), guarded.close()]);
  await pool.end();
});

async function ask(request: InjectOptions | string, to = app): Promise<{ status: number; type: unknown; body: unknown }> {
  const { statusCode, headers, body } = await to.inject(request);
  const type = headers['content-type'];
  return { status: statusCode, type, body: /json/.test(String(type)) ? JSON.parse(body) : body };
}

describe('a function is given', () => {
  it('every field of a query and of a form as the list of its values, those of the body first', async () => {
    const form = { url: '/test/echo?match[]=c&start=1', method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } } as const;
    expect(await ask({ ...form, payload: 'match%5B%5D=a&match[]=b&query=up%7Bx%3D%22+%22%7D' })).toMatchObject({
      status: 200, body: { form: { 'match[]': ['a', 'b', 'c'], start: ['1'], query: ['up{x=" "}'] } },
    });
    expect(await ask('/test/echo?match[]=a&match[]=b&unknown=1')).toMatchObject({ status: 200, body: { form: { 'match[]': ['a', 'b'], unknown: ['1'] }, body: null } });
    const gzipped = { ...form, headers: { ...form.headers, 'content-encoding': 'gzip' }, payload: gzipSync('query=up') };
    expect(await ask(gzipped)).toMatchObject({ status: 200, body: { form: { query: ['up'] } } });
  });

  it('the rest of a path, and what is known of the request', async () => {
    expect(await ask({ method: 'PUT', url: '/test/echo/a/b%20c?x=1', headers: { 'content-type': 'text/plain', host: 'localhost:9' }, payload: 'said' })).toMatchObject({
      status: 200, body: { body: 'said', request: { method: 'PUT', path: '/test/echo/a/b c', host: 'localhost:9', token_file: null } },
    });
  });

  it('a segment of a path, and a text with commas as an array', async () => {
    expect((await ask('/test/label/job/values?wanted=a,b')).body).toEqual({ label: 'job', wanted: ['a', 'b'] });
    expect((await ask('/test/label/job/values')).body).toEqual({ label: 'job', wanted: null });
    expect(await ask('/test/label/job/values?limit=x')).toMatchObject({ status: 400, body: { errors: [{ field: 'limit' }] } });
    expect(await ask('/test/label/job/values?other=x')).toMatchObject({ status: 400, body: { errors: [{ field: 'other' }] } });
  });

  it('bytes as they came, up to the limit of the endpoint', async () => {
    const post = { method: 'POST', url: '/test/bytes', headers: { 'content-type': 'application/octet-stream' } } as const;
    expect(await ask({ ...post, payload: Buffer.from([0, 255, 10]) })).toEqual({ status: 200, type: 'text/plain; charset=utf-8', body: '00ff0a' });
    expect(await ask({ ...post, payload: Buffer.alloc(11) })).toMatchObject({ status: 413 });
    expect(await ask({ ...post, headers: {}, payload: Buffer.alloc(1) })).toMatchObject({ status: 415 });
  });
});

describe('a function answers', () => {
  it('with a status and headers of its own', async () => {
    const { statusCode, headers, body } = await app.inject('/test/decide/created');
    expect([statusCode, headers['location'], headers['content-type'], body]).toEqual([201, '/x', 'text/csv', 'a,b']);
    expect(await ask('/test/decide/message')).toMatchObject({
      status: 404, type: 'application/problem+json; charset=utf-8', body: { title: 'Not Found', detail: 'kind: there is none', errors: [{ field: 'kind' }] },
    });
    expect(await ask('/test/decide/own')).toEqual({ status: 418, type: 'text/plain', body: 'a teapot' });
    expect(await ask('/test/decide/nothing')).toEqual({ status: 200, type: undefined, body: '' });
  });

  it.each([
    ['NP001', 400, 'bad_data', 'query: is wrong'],
    ['NP002', 422, 'execution', 'query: is wrong'],
    ['NP003', 503, 'timeout', 'query: is wrong'],
    ['22023', 400, 'bad_data', 'query: is wrong'],
    ['P0002', 404, 'not_found', 'query: is wrong'],
    ['57014', 503, 'timeout', 'Service Unavailable'],
    ['XX000', 500, 'internal', 'Internal Server Error'],
  ])('an error %s in the form of its family', async (state, status, errorType, error) => {
    expect(await ask(`/test/refuse/${state}`)).toEqual({ status, type: 'application/json; charset=utf-8', body: { status: 'error', errorType, error } });
  });

  it('what the server refuses in the form of its family, too', async () => {
    expect(await ask({ method: 'POST', url: '/test/echo', headers: { 'content-type': 'text/html' }, payload: 'x' })).toMatchObject({ status: 415, body: { status: 'error', errorType: 'bad_data' } });
    expect(await ask('/test/echo', guarded)).toMatchObject({ status: 401, body: { status: 'error' } });
  });

  it('in pieces, which come one by one, and end the connection where one fails', async () => {
    const { status, body } = await ask('/test/pieces?pieces=30');
    expect([status, (body as string).length, (body as string).slice(2_900_000, 2_900_003)]).toEqual([200, 3_000_000, 'ddd']);
    expect(await ask('/test/pieces?pieces=0')).toEqual({ status: 200, type: 'text/plain; charset=utf-8', body: '' });
    expect(await ask('/test/pieces?pieces=3&fails=0')).toMatchObject({ status: 400, body: { detail: 'division by zero' } });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const broken = fetch(`${url}/test/pieces?pieces=30&fails=20`).then(async (answer) => answer.text());
    await expect(broken).rejects.toThrow('terminated');
    // who does not take them holds neither memory nor a connection for longer than an answer may take
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.pause();
    socket.write('GET /test/pieces?pieces=2000 HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(1);
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
    socket.destroy();
    expect((await ask('/test/pieces?pieces=1')).status).toBe(200);
  });
});

describe('an answer longer than the setting answer_bytes', () => {
  let small: FastifyInstance;
  beforeAll(async () => {
    await db.rows(`select noetl.set_setting('answer_bytes', '250000')`);
    small = buildServer({ pool });
    await small.ready();
  });
  afterAll(async () => {
    await small.close();
    await db.rows(`select noetl.reset_setting('answer_bytes')`);
  });

  it('is refused by a problem, in one piece or in several, and leaves the server as it was', async () => {
    const told = { status: 422, body: { detail: 'The answer would be longer than the setting answer_bytes allows: ask for less.' } };
    expect(await ask('/test/long?bytes=250000', small)).toMatchObject({ status: 200 });
    expect(await ask('/test/long?bytes=250001', small)).toMatchObject(told);
    expect(await ask('/test/gathered?pieces=2', small)).toMatchObject({ status: 200 });
    expect(await ask('/test/gathered?pieces=3', small)).toMatchObject(told);
    expect(((await ask('/test/pieces?pieces=30', small)).body as string).length).toBe(3_000_000); // bounded by the piece
  });

  it('goes on behind a cursor where it is a list of samples', async () => {
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value, metadata)
      select 'bulky', 'gauge', n, jsonb_build_object('text', repeat('x', 40000)) from generate_series(1, 10) as n`);
    const sizes: number[] = [];
    const values = new Set<number>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await ask(`/api/metrics/query?name=bulky${cursor === '' ? '' : `&cursor=${cursor}`}`, small);
      const page = body as { metrics: { metric_value: number }[]; next_cursor: string | null };
      sizes.push(page.metrics.length);
      for (const { metric_value } of page.metrics) values.add(metric_value);
      cursor = page.next_cursor;
    }
    expect([sizes, values.size]).toEqual([[3, 3, 3, 1], 10]);
  });
});

describe('an address', () => {
  it('names the methods that it has to who asks with another', async () => {
    for (const [method, url, allow] of [
      ['DELETE', '/test/echo', 'GET, HEAD, POST'], ['GET', '/test/echo/a/b', 'PUT'], ['POST', '/metrics', 'GET, HEAD'], ['OPTIONS', '/test/open', 'GET, HEAD'],
    ] as const) {
      const { statusCode, headers } = await app.inject({ method, url });
      expect([url, statusCode, headers['allow']]).toEqual([url, 405, allow]);
    }
    expect((await app.inject({ method: 'DELETE', url: '/test/nothing' })).statusCode).toBe(404);
  });

  it('wants the token of its right', async () => {
    const as = (token: string, url: string): InjectOptions => ({ url, headers: { authorization: `Bearer ${token}` } });
    const statuses = [await ask('/test/open', guarded), await ask(as(tokens.read, '/test/echo'), guarded), await ask(as(tokens.write, '/test/echo'), guarded)];
    expect(statuses.map(({ status }) => status)).toEqual([200, 403, 200]);
  });

  it('is described like any other', async () => {
    const { paths } = (await ask('/openapi.json')).body as { paths: Record<string, Record<string, { parameters?: object[]; requestBody?: object }>> };
    expect(paths['/test/echo/{rest}']?.['put']).toMatchObject({ operationId: 'echoRest', tags: ['metrics'] });
    expect(paths['/test/label/{name}/values']?.['get']?.parameters).toEqual([
      { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'limit', in: 'query', schema: { type: 'integer' } },
      { name: 'wanted', in: 'query', schema: { type: 'string' } },
    ]);
  });
});
