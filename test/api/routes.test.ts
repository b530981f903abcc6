import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();
let app: FastifyInstance;

beforeAll(async () => {
  const pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
  await app.ready();
  return async () => {
    await app.close();
    await pool.end();
  };
});

const aNumber: unknown = expect.any(Number);
const aText: unknown = expect.any(String);
const aTime: unknown = expect.stringMatching(/Z$/);

interface Answer<T> {
  status: number;
  type: string | undefined;
  body: T;
}

interface Problem {
  status: number;
  detail: string;
  errors: { index?: number; field: string; rule: string }[];
}

interface Sample {
  metric_id: number;
  metric_name: string;
  metric_value: number | string;
}

interface Page {
  metrics: Sample[];
  next_cursor: string | null;
}

async function call<T = Problem>(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const text = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  const answer = await app.inject({
    method,
    url,
    headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(text !== undefined && { payload: text }),
  });
  return { status: answer.statusCode, type: answer.headers['content-type']?.toString(), body: answer.json<T>() };
}

const gauge = (metric_name: string, metric_value: unknown = 1, more: object = {}): object => ({
  metric_name,
  metric_type: 'gauge',
  metric_value,
  ...more,
});
const stored = async (name: string): Promise<number> =>
  db.value('select count(*)::int from noetl.metric where metric_name = $1', [name]);

describe('POST /api/metrics', () => {
  it('stores samples of any components', async () => {
    const id = await db.value<string>(`select noetl.register_runtime('bulk', 'worker_pool')`);
    const answer = await call('POST', '/api/metrics', [
      gauge('bulk_one', 1, { runtime_id: Number(id), labels: { zone: 'a' }, timestamp: '2026-01-01T00:00:00Z', metadata: { job: 1 } }),
      gauge('bulk_two', 'NaN'),
    ]);
    expect(answer).toEqual({ status: 201, type: 'application/json; charset=utf-8', body: { stored: 2, rejected: [] } });
    expect(
      await db.rows(
        `select metric_name, runtime_id, metric_value, labels, metadata, "timestamp" = '2026-01-01 00:00+00' as old
         from noetl.metric where metric_name like 'bulk%' order by 1`,
      ),
    ).toEqual([
      { metric_name: 'bulk_one', runtime_id: id, metric_value: 1, labels: { zone: 'a' }, metadata: { job: 1 }, old: true },
      { metric_name: 'bulk_two', runtime_id: '0', metric_value: NaN, labels: {}, metadata: null, old: false },
    ]);
  });

  it('takes them under "metrics" too', async () => {
    expect((await call('POST', '/api/metrics', { metrics: [gauge('wrapped')] })).body).toEqual({ stored: 1, rejected: [] });
  });

  it('stores nothing of a batch with bad samples, and names each by index, field and rule', async () => {
    const answer = await call('POST', '/api/metrics', [
      gauge('never_stored'),
      gauge('bad-name'),
      gauge('never_stored', 'many'),
      gauge('never_stored', 1, { timestamp: 'yesterday' }),
      gauge('never_stored', 1, { runtime_id: 'one' }),
      7,
    ]);
    expect(answer.status).toBe(422);
    expect(answer.type).toMatch('application/problem+json');
    expect(answer.body.errors).toEqual([
      { index: 1, field: 'metric_name', rule: '"bad-name" must match [a-zA-Z_:][a-zA-Z0-9_:]*' },
      { index: 2, field: 'metric_value', rule: 'must be a number, or "NaN", "+Inf" or "-Inf"' },
      { index: 3, field: 'timestamp', rule: 'must be a time with its offset, such as 2026-01-31T12:00:00Z' },
      { index: 4, field: 'runtime_id', rule: 'must be a whole number' },
      { index: 5, field: 'sample', rule: 'must be an object, not number' },
    ]);
    expect(await stored('never_stored')).toBe(0);
  });

  it('finds by index also what only the tables can tell', async () => {
    await call('POST', '/api/metrics', [gauge('is_a_gauge')]);
    const answer = await call('POST', '/api/metrics', [
      gauge('never_stored_either'),
      { metric_name: 'is_a_gauge', metric_type: 'counter', metric_value: 1 },
      gauge('never_stored_either', 1, { runtime_id: 999_999 }),
    ]);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { index: 1, field: 'metric_type', rule: 'is_a_gauge is not a counter: it is a gauge already' },
      { index: 2, field: 'runtime_id', rule: 'there is no component 999999' },
    ]);
    expect(await stored('never_stored_either')).toBe(0);
  });

  it('stores the good samples and lists the bad ones if asked to', async () => {
    const answer = await call('POST', '/api/metrics?partial=true', [
      gauge('good_part'),
      gauge('bad-part'),
      { metric_name: 'good_part', metric_type: 'counter', metric_value: 1 },
      gauge('good_part', 2),
    ]);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ stored: 2, rejected: [{ index: 1, field: 'metric_name' }, { index: 2, field: 'metric_type' }] });
    expect(await stored('good_part')).toBe(2);
  });

  it('stores once under one Idempotency-Key, however often and at once it comes', async () => {
    const key = { 'idempotency-key': 'a-batch' };
    const answers = await Promise.all(Array.from({ length: 8 }, async () => call('POST', '/api/metrics', [gauge('just_once')], key)));
    expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
      Array.from({ length: 8 }, () => ({ status: 201, body: { stored: 1, rejected: [] } })),
    );
    expect(await stored('just_once')).toBe(1);
    expect((await call('POST', '/api/metrics', [gauge('just_once', 2)], key)).status).toBe(409);
    expect(await stored('just_once')).toBe(1);
  });

  it('leaves the key of a refused request free', async () => {
    const key = { 'idempotency-key': 'refused-first' };
    expect((await call('POST', '/api/metrics', [gauge('bad-name')], key)).status).toBe(422);
    expect((await call('POST', '/api/metrics', [gauge('good_name')], key)).status).toBe(201);
  });

  it('forgets a key after its time', async () => {
    const key = { 'idempotency-key': 'short-lived' };
    await call('POST', '/api/metrics', [gauge('stored_again')], key);
    await db.rows(`update _noetl.request set expires_at = now() where key = 'short-lived'`);
    expect((await call('POST', '/api/metrics', [gauge('stored_again')], key)).status).toBe(201);
    expect(await stored('stored_again')).toBe(2);
  });

  it.each([
    ['no JSON', '[{"metric', 400],
    ['no body', '', 400],
    ['a NUL', String.raw`[{"metric_name":"a\u0000b","metric_type":"gauge","metric_value":1}]`, 400],
    ['bytes that are not UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), 400],
    ['deep nesting', '['.repeat(200_000) + ']'.repeat(200_000), 400],
    ['a number beyond any range', '[{"metric_name":"a","metric_type":"gauge","metric_value":1e999999}]', 400],
    ['a number beyond double precision', '[{"metric_name":"a","metric_type":"gauge","metric_value":1e400}]', 422],
    ['a number', '7', 400],
    ['null', 'null', 400],
    ['too many samples', JSON.stringify(Array.from({ length: 10_001 }, () => 1)), 413],
    ['too many bytes', `[${' '.repeat(9_000_000)}]`, 413],
    ['a day that is none', JSON.stringify([gauge('a', 1, { timestamp: '2026-02-30T00:00:00Z' })]), 422],
    ['labels that are none', JSON.stringify([gauge('a', 1, { labels: [1] })]), 422],
  ])('refuses %s', async (_, body, status) => {
    const answer = await call('POST', '/api/metrics', body);
    expect(answer.body).toMatchObject({ status, title: aText, detail: aText });
    expect(answer.type).toMatch('application/problem+json');
  });

  it('refuses another type of body, what is no JSON and unknown parameters', async () => {
    expect(await call('POST', '/api/metrics', 'x', { 'content-type': 'text/html' })).toMatchObject({
      status: 415,
      body: { detail: 'content-type: must be application/json, not text/html', errors: [{ field: 'content-type' }] },
    });
    expect(await call('POST', '/api/metrics', '[1,,2]')).toMatchObject({
      status: 400,
      body: { detail: 'body: is not JSON: Expected JSON value, but found ",".', errors: [{ field: 'body' }] },
    });
    expect((await call('POST', '/api/metrics?dry=1', [])).body).toMatchObject({
      status: 400, errors: [{ field: 'dry', rule: 'must NOT have additional properties' }],
    });
    expect((await call('POST', '/api/metrics?partial=perhaps', [])).body.errors).toEqual([{ field: 'partial', rule: 'must be boolean' }]);
  });
});

describe('a body', () => {
  const gzipped = { 'content-encoding': 'gzip' };

  it('may be gzipped', async () => {
    expect((await call('POST', '/api/metrics', gzipSync(JSON.stringify([gauge('zipped')])), gzipped)).body).toEqual({ stored: 1, rejected: [] });
  });

  it.each([
    ['is not gzip although it says so', Buffer.from('[]'), 400],
    ['is gzip that ends early', gzipSync(JSON.stringify([gauge('zipped')])).subarray(0, 40), 400],
    ['unfolds to more than may be sent', gzipSync(Buffer.alloc(1e8, ' ')), 413],
  ])('is refused that %s', async (_, body, status) => {
    const answer = await call('POST', '/api/metrics', body, gzipped);
    expect(answer.body).toMatchObject({ status, detail: aText });
    expect(answer.type).toMatch('application/problem+json');
  });
});

describe('POST /api/metrics/report', () => {
  it('registers a component at first sight, and is its heartbeat if it says a status', async () => {
    const report = { component: { name: 'w1', type: 'worker_pool', labels: { zone: 'b' }, capacity: 4 }, metrics: [gauge('reported')] };
    const answer = await call<{ runtime_id: number }>('POST', '/api/metrics/report', report);
    expect(answer).toMatchObject({ status: 201, body: { stored: 1, rejected: [] } });
    expect(
      await db.row(`select name, component_type, labels, capacity, last_heartbeat is not null as beats from noetl.runtime where runtime_id = $1`, [
        answer.body.runtime_id,
      ]),
    ).toEqual({ name: 'w1', component_type: 'worker_pool', labels: { zone: 'b' }, capacity: 4, beats: false });
    await call('POST', '/api/metrics/report', { runtime_id: answer.body.runtime_id, status: 'busy', metrics: [] });
    expect(await db.row(`select status, last_heartbeat is not null as beats from noetl.runtime where runtime_id = $1`, [answer.body.runtime_id])).toEqual({ status: 'busy', beats: true });
    const again = await call('POST', '/api/metrics/report', { runtime_id: answer.body.runtime_id, metrics: [gauge('reported', 2)] });
    expect(again.body).toEqual({ runtime_id: answer.body.runtime_id, stored: 1, rejected: [] });
    const byName = await call('POST', '/api/metrics/report', { component: { name: 'w1', type: 'worker_pool' }, metrics: [] });
    expect(byName.body).toMatchObject({ runtime_id: answer.body.runtime_id, stored: 0 });
    expect(await db.value(`select labels from noetl.runtime where name = 'w1'`)).toEqual({ zone: 'b' });
  });

  it.each([
    [{ metrics: [] }, 400, 'runtime_id'],
    [[], 400, 'body'],
    [{ runtime_id: 999_999, metrics: [] }, 422, 'runtime_id'],
    [{ component: { name: '' , type: 'x' }, metrics: [] }, 400, 'component'],
    [{ component: { name: 'x' }, metrics: [] }, 400, 'component'],
    [{ component: { name: 'x', type: 'y', labels: 1 }, metrics: [] }, 400, 'component'],
    [{ component: { name: 'x', type: 'y' } }, 400, 'metrics'],
    [{ component: { name: 'x', type: 'y' }, metrics: [{}] }, 422, 'metric_name'],
  ])('refuses %j', async (report, status, field) => {
    const { body } = await call('POST', '/api/metrics/report', report);
    expect(body).toMatchObject({ status, errors: [{ field }] });
  });
});

describe('POST /api/metrics/record', () => {
  it.each([
    [{ increment: [] }, 400, 'increment: is none of declare, increments, observations, gauges, metrics, operational'],
    [{ gauges: {} }, 400, 'gauges: must be an array'],
    [{ increments: [{ name: 'a_total' }, { name: 'a_total', by: -1 }] }, 422, 'increments[1].by: a counter must be 0 or more, not -1'],
    [{ observations: [{ name: 'a_seconds', value: 'long' }] }, 422, 'observations[0].value: must be a number, or "NaN", "+Inf" or "-Inf"'],
    [{ gauges: [{ name: 'a b', value: 1 }] }, 422, 'gauges[0].name: "a b" must match [a-zA-Z_:][a-zA-Z0-9_:]*'],
  ])('refuses %j and records nothing', async (batch, status, detail) => {
    const { body } = await call('POST', '/api/metrics/record', { ...batch, metrics: [gauge('recorded', 1)] });
    expect(body).toMatchObject({ status, detail });
    expect(await db.value(`select count(*)::int from noetl.metric where metric_name = 'recorded'`)).toBe(0);
  });
});

describe.each(['/api/metrics/query', '/api/metrics'])('GET %s', (url) => {
  const ask = async (filter: Record<string, string>): Promise<Page> =>
    (await call<Page>('GET', `${url}?${new URLSearchParams(filter).toString()}`)).body;
  const values = ({ metrics }: Page): unknown[] => metrics.map(({ metric_value }) => metric_value);

  beforeAll(async () => {
    await db.rows(`delete from noetl.metric where metric_name in ('asked', 'counted_total')`);
    const samples = Array.from({ length: 7 }, (_, i) =>
      gauge('asked', i, { labels: { queue: i % 2 === 0 ? 'even' : 'odd' }, timestamp: `2026-01-01T00:0${i}:00Z` }),
    );
    await call('POST', '/api/metrics/report', { component: { name: 'asker', type: 'broker' }, metrics: samples });
    await call('POST', '/api/metrics', [{ metric_name: 'counted_total', metric_type: 'counter', metric_value: 9 }]);
  });

  it('answers with the whole sample', async () => {
    const { metrics, next_cursor } = await ask({ metric_name: 'asked', end_time: '2026-01-01T00:01:00Z' });
    expect(next_cursor).toBeNull();
    expect(metrics).toEqual([
      {
        metric_id: aNumber, runtime_id: aNumber, component: 'asker', component_type: 'broker',
        metric_name: 'asked', metric_type: 'gauge', metric_value: 0, labels: { queue: 'even' }, help_text: null, unit: null,
        timestamp: '2026-01-01T00:00:00.000000Z', created_at: aTime, metadata: null,
      },
    ]);
  });

  it.each<[Record<string, string>, unknown[]]>([
    [{ name: 'asked' }, [6, 5, 4, 3, 2, 1, 0]],
    [{ name: 'asked', labels: '{"queue":"odd"}' }, [5, 3, 1]],
    [{ name: 'asked', start_time: '2026-01-01T00:02:00Z', end_time: '2026-01-01T00:04:00Z' }, [3, 2]],
    [{ component: 'asker', limit: '2' }, [6, 5]],
    [{ component_type: 'broker', metric_type: 'gauge', start_time: '2026-01-01T01:06:00+01:00' }, [6]],
    [{ name: 'asked', metric_type: 'counter' }, []],
    [{ metric_name: 'counted_total', runtime_id: '0' }, [9]],
    [{ component: "'; drop table noetl.metric; --" }, []],
  ])('filters by %j', async (filter, expected) => {
    expect(values(await ask(filter))).toEqual(expected);
  });

  it('goes on from page to page', async () => {
    const pages: unknown[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await ask({ name: 'asked', limit: '3', ...(cursor !== '' && { cursor }) });
      pages.push(values(page));
      cursor = page.next_cursor;
    }
    expect(pages).toEqual([[6, 5, 4], [3, 2, 1], [0]]);
  });

  it.each([
    ['limit', '0'],
    ['limit', '10001'],
    ['runtime_id', 'x'],
    ['metric_type', 'meter'],
    ['labels', '{'],
    ['labels', '[]'],
    ['start_time', 'now'],
    ['cursor', 'x'],
    ['colour', 'red'],
  ])('refuses %s=%s', async (field, value) => {
    const { body } = await call('GET', `${url}?${new URLSearchParams({ [field]: value }).toString()}`);
    expect(body).toMatchObject({ status: 400, errors: [{ field }] });
  });
});

describe('components', () => {
  it('are listed with their last report and counts', async () => {
    await call('POST', '/api/metrics/report', { component: { name: 'listed', type: 'cron' }, status: 'ready', metrics: [gauge('l', 1), gauge('l', 2)] });
    await db.rows('select noetl.fold()');
    const { status, body } = await call<{ components: { name: string }[] }>('GET', '/api/metrics/components');
    expect(status).toBe(200);
    expect(body.components.find(({ name }) => name === 'listed')).toEqual({
      runtime_id: aNumber, name: 'listed', component_type: 'cron', base_url: null, labels: {}, state: 'ready',
      registered_at: aTime, last_heartbeat: aTime, silent_seconds: aNumber, last_report: aTime, series: 1, samples: 2,
    });
  });

  it('have their samples under their own address', async () => {
    const id = await db.value<string>(`select runtime_id from noetl.runtime where name = 'listed'`);
    expect((await call<Page>('GET', `/api/runtime/${id}/metrics?limit=1`)).body.metrics).toMatchObject([{ metric_name: 'l' }]);
    expect((await call('GET', '/api/runtime/999999/metrics')).body).toMatchObject({ status: 404 });
    expect((await call('GET', '/api/runtime/x/metrics')).body).toMatchObject({ status: 400, errors: [{ field: 'runtime_id' }] });
  });
});

describe('administration', () => {
  it('creates partitions ahead', async () => {
    const { body } = await call<{ partitions: string[] }>('POST', '/api/metrics/partitions/create?days_ahead=3');
    expect(body.partitions).toHaveLength(3);
    expect((await call('POST', '/api/metrics/partitions/create?days_ahead=0')).body).toMatchObject({ status: 400, errors: [{ field: 'days_ahead' }] });
  });

  it('drops what has expired', async () => {
    expect(await call('POST', '/api/metrics/cleanup')).toMatchObject({ status: 200, body: { dropped: [] } });
    expect((await call('POST', '/api/metrics/cleanup?really=1')).status).toBe(400);
  });

  it('reads its host and stores that', async () => {
    const own = await call<{ stored: number }>('POST', '/api/metrics/self-report');
    expect(own.status).toBe(201);
    expect(own.body.stored).toBeGreaterThanOrEqual(5);
    const other = await call<{ runtime_id: number }>('POST', '/api/metrics/self-report', { component: { name: 'other', type: 'x' } });
    expect(await db.value('select name from noetl.runtime where runtime_id = $1', [other.body.runtime_id])).toBe('other');
    expect((await call('POST', '/api/metrics/self-report', { runtime_id: 999_999 })).status).toBe(422);
  });
});

describe('operational metrics', () => {
  const duration = (value: number, minute: number): object => ({
    metric_type: 'processing_time', name: 'download_seconds', value, unit: 'seconds', service: 'crawler',
    description: 'How long a download took.', metadata: { job: `${value}-${minute}` }, timestamp: `2026-01-01T10:${minute}:30Z`,
  });
  const ask = async <T>(filter: Record<string, string>): Promise<T> =>
    (await call<T>('GET', `/api/v1/metrics/?${new URLSearchParams(filter).toString()}`)).body;

  it('are stored one by one and in batches, metadata making no series', async () => {
    expect(await call('POST', '/api/v1/metrics/', duration(1, 10))).toMatchObject({ status: 201, body: { stored: 1, rejected: [] } });
    expect(await call('POST', '/api/v1/metrics/batch', [duration(2, 10), duration(3, 10)])).toMatchObject({ body: { stored: 2 } });
    const rate = { metric_type: 'success_rate', name: 'validation_ratio', value: 0.5, service: 'crawler' };
    expect(await call('POST', '/api/v1/metrics/batch', { metrics: [duration(4, 20), rate] })).toMatchObject({ body: { stored: 2 } });
    await db.rows('select noetl.fold()');
    expect(await db.value(`select count(*)::int from _noetl.series where metric_name = 'download_seconds'`)).toBe(1);
  });

  it('are found again, one by its id', async () => {
    const { metrics } = await ask<{ metrics: { metric_id: number; value: number }[] }>({
      metric_type: 'processing_time', service: 'crawler', name: 'download_seconds', limit: '2',
    });
    expect(metrics.map(({ value }) => value)).toEqual([4, 3]);
    const [last] = metrics;
    expect((await call('GET', `/api/v1/metrics/${last?.metric_id}`)).body).toEqual({
      metric_id: last?.metric_id, metric_type: 'processing_time', name: 'download_seconds', value: 4, unit: 'seconds',
      metadata: { job: '4-20' }, labels: {}, service: 'crawler', description: 'How long a download took.',
      timestamp: '2026-01-01T10:20:30.000000Z',
    });
    expect((await call('GET', '/api/v1/metrics/999999999')).status).toBe(404);
    expect((await call('GET', '/api/v1/metrics/x')).status).toBe(400);
  });

  it('come to figures in each time window', async () => {
    expect(await ask({ name: 'download_seconds', time_window: '5m' })).toEqual({
      time_window: '5m',
      windows: [
        {
          window_start: '2026-01-01T10:20:00.000000Z', window_end: '2026-01-01T10:25:00.000000Z', metric_type: 'processing_time',
          name: 'download_seconds', service: 'crawler', unit: 'seconds',
          count: 1, min: 4, max: 4, avg: 4, sum: 4, p50: 4, p95: 4, p99: 4, source: 'samples',
        },
        {
          window_start: '2026-01-01T10:10:00.000000Z', window_end: '2026-01-01T10:15:00.000000Z', metric_type: 'processing_time',
          name: 'download_seconds', service: 'crawler', unit: 'seconds',
          count: 3, min: 1, max: 3, avg: 2, sum: 6, p50: 2, p95: 2.9, p99: 2.98, source: 'samples',
        },
      ],
    });
  });

  it.each<[Record<string, string>]>([[{ metric_type: 'speed' }], [{ limit: '1001' }], [{ time_window: 'often' }], [{ start_time: 'x' }]])(
    'are not asked for by %j',
    async (filter) => {
      expect((await call('GET', `/api/v1/metrics/?${new URLSearchParams(filter).toString()}`)).body).toMatchObject({
        status: 400, errors: [{ field: Object.keys(filter)[0] }],
      });
    },
  );

  it('name their faults by their own fields', async () => {
    const { status, body } = await call('POST', '/api/v1/metrics/batch', [
      { metric_type: 'speed', name: 'a', value: 1 },
      { metric_type: 'success_rate', name: 'not a name', value: 1 },
      { metric_type: 'success_rate', name: 'a', value: '1' },
      { metric_type: 'success_rate', name: 'a', value: 1, metadata: 7 },
      duration(5, 30),
    ]);
    expect(status).toBe(422);
    expect(body.errors.map(({ index, field }) => [index, field])).toEqual([[0, 'metric_type'], [1, 'name'], [2, 'value'], [3, 'metadata']]);
    const partly = await call('POST', '/api/v1/metrics/batch?partial=true', [{ metric_type: 'speed', name: 'a', value: 1 }, duration(5, 30)]);
    expect(partly.body).toMatchObject({ stored: 1, rejected: [{ index: 0, field: 'metric_type' }] });
    expect((await call('POST', '/api/v1/metrics/', '{}')).status).toBe(422);
  });

  it('tell CPU, memory and disk now, and store them on demand', async () => {
    const before = await db.value('select count(*)::int from noetl.metric');
    const now = await call<{ metrics: { name: string }[] }>('GET', '/api/v1/metrics/system/status');
    expect(now.status).toBe(200);
    expect(now.body.metrics.map(({ name }) => name)).toContain('noetl_host_memory_used_bytes');
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(before);
    expect((await call('GET', '/api/v1/metrics/system/status?x=1')).status).toBe(400);

    expect(await call('POST', '/api/v1/metrics/collect?service_name=backend')).toMatchObject({ status: 201, body: { rejected: [] } });
    const { metrics } = await ask<{ metrics: { name: string }[] }>({ metric_type: 'resource_usage', service: 'backend' });
    expect(metrics.map(({ name }) => name)).toContain('noetl_host_memory_used_bytes');
    expect((await call('POST', '/api/v1/metrics/collect?service_name=')).status).toBe(400);
  });

  it('track a queue', async () => {
    await db.rows(`create table kombu_queue (id integer primary key, name text)`);
    await db.rows(
      `create table kombu_message (id integer primary key, visible boolean, "timestamp" timestamp, payload text, version integer, queue_id integer)`,
    );
    await db.rows(`insert into kombu_queue values (1, 'celery')`);
    await db.rows(`insert into kombu_message select n, true, now() at time zone 'UTC' - interval '1 minute', '{}', 1, 1 from generate_series(1, 3) as n`);
    await db.rows(`select noetl.register_queue('celery', adapter => 'celery')`);
    const answer = await call<{ wait_time_seconds: number }>('POST', '/api/v1/metrics/queues/track?queue_name=celery');
    expect(answer).toMatchObject({ status: 201, body: { queue_name: 'celery', depth: 3, stored: 2 } });
    const { metrics } = await ask<{ metrics: object[] }>({ metric_type: 'queue_metrics', name: 'queue_depth' });
    expect(metrics).toMatchObject([{ name: 'queue_depth', value: 3, labels: { queue: 'celery' } }]);
    expect((await call('POST', '/api/v1/metrics/queues/track?queue_name=none')).body).toMatchObject({ status: 404, errors: [{ field: 'queue_name' }] });
    expect((await call('POST', '/api/v1/metrics/queues/track')).body).toMatchObject({ status: 400, errors: [{ field: 'queue_name' }] });
  });
});
