import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { Client, Pool } from 'pg';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();
/** Ends every kind of quotation and comment, and a statement; and it is a format. */
const hostile = `zq7'";\\$$ */ %s%I%L {$1}; drop table public.canary; --`;
const queryOf = (values: Record<string, string>): string => new URLSearchParams(values).toString();
const inPath = encodeURIComponent(hostile);
let pool: Pool;
let app: FastifyInstance;

beforeAll(async () => {
  pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
  await db.rows(`create table public.canary (n int); select noetl.register_runtime('known', 'worker_pool')`);
  return async () => {
    await app.close();
    await pool.end();
  };
});
afterEach(() => vi.restoreAllMocks());

/** Answers a request, and looks at every text that went to the database on the way. */
async function ask(request: InjectOptions): Promise<{ status: number; body: string }> {
  const sent = vi.spyOn(Client.prototype, 'query');
  const answer = await app.inject(request);
  const texts = sent.mock.calls.map(([query]: unknown[]) => (typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : String(query)));
  sent.mockRestore();
  expect(texts.filter((text) => text.includes('zq7'))).toEqual([]);
  expect(await db.value('select count(*)::int from public.canary')).toBe(0);
  return { status: answer.statusCode, body: answer.body };
}

const post = async (url: string, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof ask> =>
  ask({ method: 'POST', url, payload: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const sample = { metric_name: 'level', metric_type: 'gauge', metric_value: 1 };

describe('what a client sends is never SQL:', () => {
  it('values are stored and found as they are', async () => {
    const report = {
      component: { name: hostile, type: hostile, base_url: hostile, labels: { [hostile]: hostile } },
      metrics: [{ ...sample, labels: { a: hostile }, help_text: hostile, unit: 'seconds', metadata: { [hostile]: hostile } }],
    };
    expect((await post('/api/metrics/report', report, { 'idempotency-key': hostile })).status).toBe(201);
    const filter = queryOf({ component: hostile, component_type: hostile, labels: JSON.stringify({ a: hostile }) });
    const found = await ask({ url: `/api/metrics/query?${filter}` });
    expect(JSON.parse(found.body)).toMatchObject({
      metrics: [{ component: hostile, component_type: hostile, labels: { a: hostile }, help_text: hostile, metadata: { [hostile]: hostile } }],
    });
    expect(await db.value('select base_url from noetl.runtime where name = $1', [hostile])).toBe(hostile);
    for (const path of ['/metrics', '/api/ui/overview', '/api/metrics/components']) expect((await ask({ url: path })).body).toContain('zq7');
  });

  it('operational values are, too', async () => {
    const metric = { metric_type: 'processing_time', name: 'load_seconds', value: 1, service: hostile, description: hostile, metadata: { [hostile]: hostile } };
    expect((await post('/api/v1/metrics/', metric)).status).toBe(201);
    for (const more of [{}, { time_window: '5m' }]) {
      const found = await ask({ url: `/api/v1/metrics/?${queryOf({ service: hostile, name: 'load_seconds', ...more })}` });
      expect([found.status, found.body.includes('zq7')]).toEqual([200, true]);
    }
    expect((await ask({ url: `/api/v1/metrics/?${queryOf({ name: hostile })}` })).status).toBe(200);
  });

  it('counters, OpenTelemetry and pushes are, too', async () => {
    expect((await post('/api/metrics/record', { increments: [{ name: 'hits_total', labels: { a: hostile }, metadata: { a: hostile } }] }, { 'idempotency-key': `${hostile}2` })).status)
      .toBe(201);
    const attributes = [{ key: hostile, value: { stringValue: hostile } }];
    const points = [{ asDouble: 1, timeUnixNano: '1700000000000000000', attributes }];
    const otlp = {
      resourceMetrics: [{
        resource: { attributes: [{ key: 'service.name', value: { stringValue: hostile } }, ...attributes] },
        scopeMetrics: [{ scope: { name: hostile }, metrics: [{ name: hostile, description: hostile, unit: hostile, gauge: { dataPoints: points } }] }],
      }],
    };
    expect((await post('/v1/metrics', otlp)).status).toBeLessThan(500);
    const escaped = hostile.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    const coded = Buffer.from(hostile).toString('base64url');
    const pushed = await ask({
      method: 'PUT', url: `/metrics/job@base64/${coded}/instance@base64/${coded}`, headers: { 'content-type': 'text/plain' },
      payload: `# HELP pushed_level ${hostile.replaceAll('\\', '\\\\')}\npushed_level{a="${escaped}"} 1\n`,
    });
    expect(pushed).toEqual({ status: 200, body: '' });
    expect((await ask({ url: '/metrics' })).body).toContain(`pushed_level{a="${escaped}",instance="${escaped}",job="${escaped}"} 1`);
  });

  it.each<[string, InjectOptions, number]>([
    ['a name', { method: 'POST', url: '/api/metrics', payload: JSON.stringify([{ ...sample, metric_name: hostile }]) }, 422],
    ['a type', { method: 'POST', url: '/api/metrics', payload: JSON.stringify([{ ...sample, metric_type: hostile }]) }, 422],
    ['a label’s name', { method: 'POST', url: '/api/metrics', payload: JSON.stringify([{ ...sample, labels: { [hostile]: 1 } }]) }, 422],
    ['a value', { method: 'POST', url: '/api/metrics', payload: JSON.stringify([{ ...sample, metric_value: hostile }]) }, 422],
    ['a time', { method: 'POST', url: '/api/metrics', payload: JSON.stringify([{ ...sample, timestamp: hostile }]) }, 422],
    ['a category', { method: 'POST', url: '/api/v1/metrics/', payload: JSON.stringify({ metric_type: hostile, name: 'a', value: 1, service: 's' }) }, 422],
    ['no JSON', { method: 'POST', url: '/api/metrics', payload: hostile }, 400],
    ['a flag', { method: 'POST', url: `/api/metrics?partial=${inPath}`, payload: '[]' }, 400],
    ['a queue', { method: 'POST', url: `/api/v1/metrics/queues/track?queue_name=${inPath}` }, 404],
    ['days', { method: 'POST', url: `/api/metrics/partitions/create?days_ahead=${inPath}` }, 400],
    ['a parameter', { url: `/api/metrics?${inPath}=1` }, 400],
    ...['metric_type', 'labels', 'runtime_id', 'start_time', 'end_time', 'cursor', 'limit'].map(
      (field): [string, InjectOptions, number] => [`the filter ${field}`, { url: `/api/metrics?${field}=${inPath}` }, 400],
    ),
    ...['metric_type', 'time_window', 'start_time', 'cursor', 'limit'].map(
      (field): [string, InjectOptions, number] => [`the operational filter ${field}`, { url: `/api/v1/metrics/?${field}=${inPath}` }, 400],
    ),
    ['more rows than a page has', { url: '/api/metrics?limit=10001' }, 400],
    ['more rows than an operational page has', { url: '/api/v1/metrics/?limit=1001' }, 400],
    ['a component’s id', { url: `/api/runtime/${inPath}/metrics` }, 400],
    ['a sample’s id', { url: `/api/v1/metrics/${inPath}` }, 400],
    ['a query', { url: `/api/v1/query?query=${inPath}` }, 400],
    ['a selector', { url: `/api/v1/series?match[]=${inPath}` }, 400],
    ['a preset', { url: `/alerts.yml?preset=${inPath}` }, 400],
    ['a dashboard', { url: `/grafana/${inPath}.json` }, 400],
    ['a host', { url: '/prometheus.yml', headers: { host: hostile } }, 421],
    ['a timeout', { url: '/metrics', headers: { 'x-prometheus-scrape-timeout-seconds': hostile, accept: hostile, 'accept-encoding': hostile } }, 200],
    ['a path', { method: 'PUT', url: `/metrics/job/a/${inPath}/b`, headers: { 'content-type': 'text/plain' }, payload: 'a 1\n' }, 400],
  ])('%s is refused, or stands for nothing', async (_, request, status) => {
    const answer = await ask({ ...request, headers: { ...(request.payload !== undefined && { 'content-type': 'application/json' }), ...request.headers } });
    expect({ status: answer.status, body: answer.body.slice(0, 300) }).toEqual({ status, body: expect.any(String) as string });
  });
});

describe('in the database', () => {
  it('the statements for filters are made of their fields’ names alone', async () => {
    const fields = ['metric_name', 'name', 'metric_type', 'runtime_id', 'component', 'component_type', 'labels', 'start_time', 'end_time', 'cursor'];
    for (const chosen of [...fields.map((field) => [field]), fields]) {
      const [harmless, made] = await Promise.all(
        ['x', hostile].map((text) => db.value('select _noetl.sample_condition($1)', [Object.fromEntries(chosen.map((field) => [field, text]))])),
      );
      expect(made).toBe(harmless);
    }
    expect(await db.value('select _noetl.sample_condition($1)', [{ [hostile]: hostile }])).toBe('true');
  });

  it('names and texts in a query stay what they are', async () => {
    await db.rows(`select noetl.import_samples('{m,m}', $1, '{2026-03-02T10:00Z,2026-03-02T10:00Z}', '{1,2}')`, [[JSON.stringify({ a: 'x' }), JSON.stringify({ a: hostile })]]);
    const name = JSON.stringify(hostile);
    for (const expression of [
      `sum by (${name}) (m)`, `sum without (${name}) (m)`, `m{${name}!~"x|y"}`, `m{a!=${name}}`, `m{a=~"zq7.*"}`, `m * on (a) group_left (${name}) m`,
      `m and ignoring (a, ${name}) m`, `topk by (${name}) (1, m)`, `quantile by (${name}) (0.5, m)`, `count_values by (${name}) (${name}, m)`,
      `label_replace(m, ${name}, ${name}, ${name}, ".*")`, `label_join(m, ${name}, ${name}, "a", ${name})`, `sum by (${name}) (rate(m[5m]))`, `absent(m{${name}="z"})`,
    ]) {
      const found = await db.rows(`select labels from noetl.query_range($1, '2026-03-02T10:00Z', '2026-03-02T10:02Z', '1 minute')`, [expression]).catch((error: unknown) => error);
      expect([expression, found]).toEqual([expression, expect.any(Array)]);
    }
    expect(await db.value(`select to_regclass('public.canary') is not null`)).toBe(true);
  });

  it('only three functions that clients reach execute text, and what comes in is bound to it', () => {
    const folder = fileURLToPath(new URL('../../sql', import.meta.url));
    // these do what the admin has registered or installed, or what they make of the catalog; promql is tried below
    const apart = new Set(['queue', 'collector', 'partition', 'fold', 'role', 'rights', 'notification', 'forwarding', 'operation', 'component', 'preset', 'tick', 'promql']);
    const executing = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .filter((path) => path.includes('/') && !apart.has(path.split('/')[0] ?? ''))
      .filter((path) => {
        const code = readFileSync(join(folder, path), 'utf8').replaceAll(/--.*$/gm, '').split(/^comment on/m)[0] ?? '';
        return /(?<!')\bexecute\b(?! function)/.test(code);
      });
    // it calls what the catalog has
    executing.splice(executing.indexOf('endpoint/endpoint_definition.sql'), 1);
    expect(executing.toSorted()).toEqual(['api/page_start.sql', 'api/query_operational_metrics.sql', 'api/sample_page.sql']);
    for (const path of executing) expect(readFileSync(join(folder, path), 'utf8')).toMatch(/\n {2,4}(?:for \w+, \w+ in )?execute format\([^]*?\n +using\b/);
  });
});
