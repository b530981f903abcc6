import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { surviveLostConnections } from '../../src/database.ts';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();
let app: FastifyInstance;

beforeAll(async () => {
  await db.rows(
    `select noetl.import_samples(array_agg(s.name), array_agg(s.labels), array_agg(s.at), array_agg(s.value))
     from (
       select s.name, s.labels::jsonb as labels, timestamptz '2026-03-01 10:00Z' + i * interval '15 seconds' as at, s.base + i * s.step as value
       from generate_series(0, 40) as i
       cross join (values
         ('up', '{"job": "a"}', 1, 0), ('up', '{"job": "b"}', 0, 0),
         ('orders_total', '{"job": "a", "status": "200"}', 0, 30), ('orders_total', '{"job": "a", "status": "503"}', 1e15, 1e6)
       ) as s (name, labels, base, step)
     ) as s`,
  );
  const pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
  await app.ready();
  return async () => {
    await app.close();
    await pool.end();
  };
});

/** Ten minutes after ten, on the first of March. */
const at = '1772359800';

async function ask(path: string, fields: Readonly<Record<string, string | readonly string[]>> = {}, method: 'GET' | 'POST' = 'GET'): Promise<{ status: number; body: unknown }> {
  const form = new URLSearchParams(Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]))).toString();
  const answer = await app.inject(
    method === 'GET'
      ? { method, url: `${path}?${form}` }
      : { method, url: path, payload: form, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  );
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  return { status: answer.statusCode, body: answer.json() };
}
const success = (data: unknown, more: object = {}): unknown => ({ status: 200, body: { status: 'success', data, ...more } });
const failure = (status: number, errorType: string, error: string): unknown => ({ status, body: { status: 'error', errorType, error } });
const series = (labels: object, rest: object): unknown => ({ metric: labels, ...rest });

describe('/api/v1/query', () => {
  it.each(['GET', 'POST'] as const)('by %s answers a vector as Prometheus does', async (method) => {
    expect(await ask('/api/v1/query', { query: 'orders_total', time: at }, method)).toEqual(
      success({
        resultType: 'vector',
        result: [
          series({ __name__: 'orders_total', job: 'a', status: '200' }, { value: [1772359800, '1200'] }),
          series({ __name__: 'orders_total', job: 'a', status: '503' }, { value: [1772359800, '1000000040000000'] }),
        ],
      }),
    );
  });

  it.each([
    ['1 / 0', { resultType: 'scalar', result: [1772359800.5, '+Inf'] }],
    ['-1e21', { resultType: 'scalar', result: [1772359800.5, '-1e+21'] }],
    ['1e20', { resultType: 'scalar', result: [1772359800.5, '100000000000000000000'] }],
    ['0.00001', { resultType: 'scalar', result: [1772359800.5, '0.00001'] }],
    ['1e-7', { resultType: 'scalar', result: [1772359800.5, '1e-07'] }],
    ['NaN', { resultType: 'scalar', result: [1772359800.5, 'NaN'] }],
    [String.raw`"a\"\n"`, { resultType: 'string', result: [1772359800.5, 'a"\n'] }],
    ['missing', { resultType: 'vector', result: [] }],
    ['vector(1)', { resultType: 'vector', result: [{ metric: {}, value: [1772359800.5, '1'] }] }],
    [
      'up{job="a"}[30s]',
      { resultType: 'matrix', result: [{ metric: { __name__: 'up', job: 'a' }, values: [[1772359785, '1'], [1772359800, '1']] }] },
    ],
  ])('of %s', async (query, data) => {
    expect(await ask('/api/v1/query', { query, time: '2026-03-01T10:10:00.5Z' })).toEqual(success(data));
  });

  it('tells warnings and infos, and leaves out what is beyond the limit', async () => {
    expect(await ask('/api/v1/query', { query: 'sort_desc(rate(up[1m]) + on (job) up)', time: at, limit: '1' })).toEqual(
      success(
        { resultType: 'vector', result: [{ metric: { job: 'a' }, value: [1772359800, '1'] }] },
        {
          warnings: ['results truncated due to limit'],
          infos: ['PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "up" (1:16)'],
        },
      ),
    );
  });

  it.each([
    [{ query: 'up{' }, 400, 'bad_data', 'invalid parameter "query": 1:4: parse error: unexpected end of input inside braces'],
    [{}, 400, 'bad_data', 'invalid parameter "query": 1:1: parse error: no expression found in input'],
    [{ query: 'up', time: 'noon' }, 400, 'bad_data', 'invalid parameter "time": cannot parse "noon" to a valid timestamp'],
    [{ query: 'up', time: '2026-02-30T00:00:00Z' }, 400, 'bad_data', 'invalid parameter "time": cannot parse "2026-02-30T00:00:00Z" to a valid timestamp'],
    [{ query: 'up', time: '1e99' }, 400, 'bad_data', 'invalid parameter "time": cannot parse "1e99" to a valid timestamp'],
    [{ query: 'up', limit: 'x' }, 400, 'bad_data', 'invalid parameter "limit": cannot parse "x" to a valid limit'],
    [
      { query: 'up + on () up', time: at }, 422, 'execution',
      'found duplicate series for the match group {} on the right hand-side of the operation: [{__name__="up", job="b"}, {__name__="up", job="a"}];many-to-many matching not allowed: matching labels must be unique on one side',
    ],
  ])('refuses %j', async (fields, status, errorType, error) => {
    const answer = await ask('/api/v1/query', fields);
    if (status === 422) expect(answer).toMatchObject({ status, body: { status: 'error', errorType, error: expect.stringContaining('many-to-many matching not allowed') as string } });
    else expect(answer).toEqual(failure(status, errorType, error));
  });

  it('ends a query that takes or touches too much, and says so', async () => {
    await db.rows(`select noetl.set_setting('query_samples', '10')`);
    expect(await ask('/api/v1/query', { query: 'sum_over_time(up[10m])', time: at })).toMatchObject({ status: 422, body: { errorType: 'execution' } });
    await db.rows(`select noetl.reset_setting('query_samples')`);
    expect(await ask('/api/v1/query', { query: 'sum_over_time(up[10m])', time: at, timeout: '0s' })).toMatchObject({ status: 503, body: { errorType: 'timeout' } });
    expect(await ask('/api/v1/query', { query: 'sum_over_time(up[10m])', time: at, timeout: 'soon' })).toEqual(
      failure(400, 'bad_data', 'invalid parameter "timeout": cannot parse "soon" to a valid duration'));
  });

  it('counts a sample for as long as it is asked to', async () => {
    const count = async (lookback_delta: string): Promise<unknown> =>
      (await ask('/api/v1/query', { query: 'count(orders_total) or vector(0)', time: '1772359805', lookback_delta })).body;
    for (const [delta, value] of [['4s', '0'], ['6s', '2'], ['', '2']] as const) {
      expect(await count(delta)).toMatchObject({ data: { result: [{ value: [1772359805, value] }] } });
    }
  });
});

describe('/api/v1/query_range', () => {
  const range = { start: '1772359770', end: '1772359800', step: '15s' };

  it.each(['GET', 'POST'] as const)('by %s answers a matrix as Prometheus does', async (method) => {
    expect(await ask('/api/v1/query_range', { query: 'sum by (job) (orders_total{status="200"})', ...range }, method)).toEqual(
      success({ resultType: 'matrix', result: [{ metric: { job: 'a' }, values: [[1772359770, '1140'], [1772359785, '1170'], [1772359800, '1200']] }] }),
    );
  });

  it('leaves out the steps at which a series has no value, and numbers are series without labels', async () => {
    expect(await ask('/api/v1/query_range', { query: 'orders_total{status="200"} > 1150', ...range })).toEqual(
      success({
        resultType: 'matrix',
        result: [{ metric: { __name__: 'orders_total', job: 'a', status: '200' }, values: [[1772359785, '1170'], [1772359800, '1200']] }],
      }),
    );
    expect(await ask('/api/v1/query_range', { query: '1', ...range, end: range.start })).toEqual(
      success({ resultType: 'matrix', result: [{ metric: {}, values: [[1772359770, '1']] }] }),
    );
    expect(await ask('/api/v1/query_range', { query: 'missing', ...range })).toEqual(success({ resultType: 'matrix', result: [] }));
  });

  it.each([
    [{ start: '' }, 'invalid parameter "start": cannot parse "" to a valid timestamp'],
    [{ end: 'x' }, 'invalid parameter "end": cannot parse "x" to a valid timestamp'],
    [{ end: '1772359769' }, 'invalid parameter "end": end timestamp must not be before start time'],
    [{ step: '' }, 'invalid parameter "step": cannot parse "" to a valid duration'],
    [{ step: '0' }, 'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer'],
    [{ step: '-5' }, 'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer'],
    [{ step: '1e19' }, 'invalid parameter "step": cannot parse "1e19" to a valid duration. It overflows int64'],
    [{ step: '0.001' }, 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'],
    [{ query: 'up[1m]' }, 'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector'],
    [{ query: '"a"' }, 'invalid parameter "query": invalid expression type "string" for range query, must be Scalar or instant Vector'],
  ])('refuses %j', async (fields, error) => {
    expect(await ask('/api/v1/query_range', { query: 'up', ...range, ...fields })).toEqual(failure(400, 'bad_data', error));
  });

  it('sends what it has made before all is made', async () => {
    const session = await db.session();
    await session.query('begin');
    await session.query(`declare pieces no scroll cursor for select noetl.query_json('orders_total', '2026-03-01 10:00Z', '2026-03-01 10:10Z', '15 seconds')`);
    const { rows } = await session.query<{ query_json: string }>('fetch 1 from pieces');
    expect(rows[0]?.query_json).toMatch(/^\{"status":"success","data":\{"resultType":"matrix","result":\[\{"metric":/);
  });
});

describe('a client that leaves before its answer', () => {
  it('leaves no connection behind', async () => {
    const pool = new Pool({ connectionString: db.url, max: 2 });
    surviveLostConnections(pool, () => {});
    const server = buildServer({ pool });
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    try {
      for (let nth = 0; nth < 12; nth += 1) {
        const leaving = new AbortController();
        const answer = fetch(`${url}/api/v1/query?query=${encodeURIComponent('sum_over_time(up[10m:1s])')}&time=${at}`, { signal: leaving.signal });
        setTimeout(() => leaving.abort(), nth);
        await answer.then(async (given) => given.text()).catch(() => {});
      }
      await expect.poll(() => [pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0]);
    } finally {
      await server.close();
      await pool.end();
    }
  });
});

describe('what is there', () => {
  it.each(['GET', 'POST'] as const)('is told by %s', async (method) => {
    expect(await ask('/api/v1/series', { 'match[]': ['up{job="b"}', '{status=~"5.."}'] }, method)).toEqual(
      success([{ __name__: 'orders_total', job: 'a', status: '503' }, { __name__: 'up', job: 'b' }]),
    );
    expect(await ask('/api/v1/labels', {}, method)).toEqual(success(['__name__', 'job', 'status']));
    expect(await ask('/api/v1/labels', { 'match[]': 'up' }, method)).toEqual(success(['__name__', 'job']));
    expect(await ask('/api/v1/labels', { start: '1772000000', end: '1772000001' }, method)).toEqual(success([]));
  });

  it('has values for every label', async () => {
    expect(await ask('/api/v1/label/__name__/values')).toEqual(success(['orders_total', 'up']));
    expect(await ask('/api/v1/label/__name__/values', { 'match[]': '{status!=""}' })).toEqual(success(['orders_total']));
    expect(await ask('/api/v1/label/__name__/values', { end: '1772000001' })).toEqual(success([]));
    expect(await ask('/api/v1/label/status/values', { limit: '1' })).toEqual(success(['200'], { warnings: ['results truncated due to limit'] }));
    expect(await ask('/api/v1/label/job/values', { 'match[]': 'orders_total' })).toEqual(success(['a']));
    expect(await ask('/api/v1/label/U__job/values')).toEqual(success(['a', 'b']));
    expect(await ask('/api/v1/label/none/values')).toEqual(success([]));
  });

  it.each([
    ['/api/v1/series', {}, 'no match[] parameter provided'],
    ['/api/v1/series', { 'match[]': 'up[' }, 'invalid parameter "match[]": 1:4: parse error: unexpected end of input in duration expression'],
    ['/api/v1/series', { 'match[]': '{}' }, 'invalid parameter "match[]": match[] must contain at least one non-empty matcher'],
    ['/api/v1/series', { 'match[]': 'up offset 5m' }, 'invalid parameter "match[]": 1:1: parse error: not a series selector'],
    ['/api/v1/labels', { start: 'x' }, 'invalid parameter "start": cannot parse "x" to a valid timestamp'],
    ['/api/v1/label/job/values', { 'match[]': '1' }, 'invalid parameter "match[]": 1:1: parse error: not a series selector'],
  ])('is not told by %s with %j', async (path, fields, error) => {
    expect(await ask(path, fields)).toEqual(failure(400, 'bad_data', error));
  });

  it('is read with the rights of a reader in a read-only transaction', async () => {
    const session = await db.session();
    await session.query('begin read only');
    const { rows } = await session.query<{ body: string }>(
      `select (select string_agg(p, '') from noetl.query_json('up', '2026-03-01 10:10Z') as p)
         || noetl.prometheus_labels('{}') || noetl.prometheus_series('{"match[]": ["up"]}') as body`,
    );
    expect(rows[0]?.body).toContain('"resultType":"vector"');
  });
});

describe('beside it', () => {
  it('formats and parses', async () => {
    expect(await ask('/api/v1/format_query', { query: 'sum(up)by(job)' }, 'POST')).toEqual(success('sum by (job) (up)'));
    expect(await ask('/api/v1/parse_query', { query: 'up' })).toMatchObject(success({ type: 'vectorSelector', name: 'up', offset: 0, timestamp: null, startOrEnd: null }) as object);
    expect(await ask('/api/v1/format_query', { query: 'sum(' })).toEqual(
      failure(400, 'bad_data', 'invalid parameter "query": 1:5: parse error: unclosed left parenthesis'),
    );
  });

  it('tells of families, of exemplars, and of itself', async () => {
    await db.rows(`select noetl.declare_metric('mail_seconds', 'histogram', help => 'How long mails take.', buckets => '{1}')`);
    await db.rows(`select noetl.observe('mail_seconds', 0.5, '{"to": "a"}', metadata => '{"trace_id": "abc"}'), noetl.fold()`);
    expect(await ask('/api/v1/metadata', { metric: 'mail_seconds' })).toEqual(
      success({ mail_seconds: [{ type: 'histogram', help: 'How long mails take.', unit: '' }] }),
    );
    expect(await ask('/api/v1/query_exemplars', { query: 'rate(mail_seconds_bucket{to="a"}[5m]) + up' })).toEqual(
      success([
        {
          seriesLabels: { __name__: 'mail_seconds_bucket', le: expect.stringMatching(/^1(\.0)?$/) as string, to: 'a' },
          exemplars: [{ labels: { trace_id: 'abc' }, value: '0.5', timestamp: expect.any(Number) as number }],
        },
      ]),
    );
    expect(await ask('/api/v1/query_exemplars', { query: 'up' })).toEqual(success([]));
    expect(await ask('/api/v1/status/buildinfo')).toMatchObject({ status: 200, body: { status: 'success', data: { version: '3.5.0' } } });
    expect(await ask('/api/v1/status/flags')).toMatchObject({ status: 200, body: { data: { 'query.lookback-delta': '5m', 'query.timeout': '2m' } } });
    expect(await ask('/api/v1/status/config')).toMatchObject({ status: 200, body: { data: { yaml: expect.stringContaining('scrape_interval: 15s') as string } } });
    expect(await ask('/api/v1/status/runtimeinfo')).toMatchObject({ status: 200, body: { data: { reloadConfigSuccess: true } } });
    expect(await ask('/api/v1/status/tsdb')).toMatchObject({ status: 200, body: { data: { headStats: { numSeries: expect.any(Number) as number } } } });
    expect(await ask('/api/v1/targets')).toMatchObject({ status: 200, body: { data: { activeTargets: [{ labels: { job: 'noetl' } }], droppedTargets: [] } } });
  });

  it('is scraped by a Prometheus', async () => {
    await db.rows(
      `select noetl.import_samples(array['now_total', 'now_total', 'past_total'], array['{"a": "x\\"y"}', '{}', '{}']::jsonb[],
         array[now() - interval '1 minute', now() - interval '2 minutes', now() - interval '10 minutes'], array[1.5, 2, 3])`,
    );
    const answer = await app.inject({ url: `/federate?match[]=${encodeURIComponent('{__name__=~"now.*|past.*"}')}` });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(answer.body).toMatch(/^# TYPE now_total untyped\nnow_total\{a="x\\"y"\} 1\.5 \d{13}\nnow_total 2 \d{13}\n$/);
    expect((await app.inject({ url: '/federate' })).statusCode).toBe(400);
  });
});
