import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { PrometheusDriver } from 'prometheus-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { surviveLostConnections } from '../../src/database.ts';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase } from '../support/database.ts';
import { freePort } from '../support/ports.ts';
import { inTrueTime, needing, pathOf, promtool, vmalert } from '../support/tools.ts';

const db = useDatabase();
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  await db.rows(
    `select noetl.import_samples(array_agg(s.name), array_agg(s.labels), array_agg(s.at), array_agg(s.value))
     from (
       select s.name, s.labels::jsonb as labels, date_trunc('second', now()) - i * interval '15 seconds' as at, s.base - i * s.step as value
       from generate_series(0, 240) as i
       cross join (values ('up', '{"job": "a"}', 1, 0), ('up', '{"job": "b"}', 0, 0), ('orders_total', '{"job": "a"}', 10000, 30)) as s (name, labels, base, step)
     ) as s`,
  );
  const pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  return async () => {
    await app.close();
    await pool.end();
  };
});

const run = async (program: string, ...given: string[]): Promise<string> => (await promisify(execFile)(program, given)).stdout.trim();

describe('promtool', () => {
  needing(promtool)('asks for a moment, a range, series and labels', async () => {
    const tool = pathOf(promtool);
    const [at] = (await db.rows<{ at: string }>(`select max(extract(epoch from l.last_at))::bigint::text as at from _noetl.line as l`)).map((row) => row.at);
    const now = at ?? '';
    expect(await run(tool, 'query', 'instant', '--time', now, url, 'sum by (job) (up) == 1')).toBe(`{job="a"} => 1 @[${now}]`);
    expect(await run(tool, 'query', 'range', '--start', String(Number(now) - 30), '--end', now, '--step', '15s', url, 'orders_total')).toBe(
      `orders_total{job="a"} =>\n9940 @[${Number(now) - 30}]\n9970 @[${Number(now) - 15}]\n10000 @[${now}]`,
    );
    expect(await run(tool, 'query', 'series', '--match', '{job="a"}', url)).toBe('{__name__="orders_total", job="a"}\n{__name__="up", job="a"}');
    expect(await run(tool, 'query', 'labels', url, 'job')).toBe('a\nb');
    await expect(run(tool, 'query', 'instant', url, 'up{')).rejects.toThrow('1:4: parse error: unexpected end of input inside braces');
  });
});

describe('prometheus-query', () => {
  it('asks for a moment, a range, series, labels, metadata and targets', async () => {
    const driver = new PrometheusDriver({ endpoint: url });
    const instant = await driver.instantQuery('up == 1');
    expect(instant.result).toMatchObject([{ metric: { name: 'up', labels: { job: 'a' } }, value: { value: 1 } }]);
    const range = await driver.rangeQuery('orders_total', Date.now() - 60_000, Date.now(), 15);
    expect(range.resultType).toBe('matrix');
    expect(range.result).toMatchObject([{ metric: { name: 'orders_total' }, values: expect.arrayContaining([expect.objectContaining({ value: 10_000 })]) as unknown[] }]);
    expect((await driver.series('up', Date.now() - 60_000, Date.now())).map(({ labels }) => labels)).toEqual([{ job: 'a' }, { job: 'b' }]);
    expect(await driver.labelNames()).toEqual(['__name__', 'job']);
    expect(await driver.labelValues('job')).toEqual(['a', 'b']);
    expect(await driver.metadata()).toBeTypeOf('object');
    expect(await driver.targets()).toMatchObject({ activeTargets: [{ health: expect.any(String) as string }] });
    await expect(driver.instantQuery('up{')).rejects.toMatchObject({
      httpStatus: 400, prometheus: { errorType: 'bad_data', error: 'invalid parameter "query": 1:4: parse error: unexpected end of input inside braces' },
    });
  });
});

if (inTrueTime) describe('vmalert', () => {
  needing(vmalert)('evaluates rules against it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'noetl-vmalert-'));
    const rules = join(folder, 'rules.yml');
    await writeFile(
      rules,
      `groups:
- name: g
  interval: 1s
  rules:
  - alert: Down
    expr: up{job="b"} == 0
    labels: {severity: page}
    annotations: {summary: "{{ $labels.job }} is {{ $value }}"}
  - alert: Fine
    expr: rate(orders_total[1m]) < 0
`,
    );
    const port = await freePort();
    const daemon = spawn(pathOf(vmalert), [`-rule=${rules}`, `-datasource.url=${url}`, '-notifier.url=http://127.0.0.1:1', `-httpListenAddr=127.0.0.1:${port}`, '-evaluationInterval=1s'], { stdio: 'ignore' });
    try {
      await expect
        .poll(async () => {
          const answer = await fetch(`http://127.0.0.1:${port}/api/v1/alerts`).catch(() => undefined);
          const body = (await answer?.json()) as { data: { alerts: { name: string; state: string; value: string; annotations: object }[] | null } } | undefined;
          return body?.data.alerts?.map(({ name, state, value, annotations }) => ({ name, state, value, annotations }));
        })
        .toEqual([{ name: 'Down', state: 'firing', value: '0', annotations: { summary: 'b is 0' } }]);
    } finally {
      // at once: it would finish its evaluation, and the server would wait for its connections
      daemon.kill('SIGKILL');
      await once(daemon, 'exit');
    }
  });
});

/** What its Prometheus data source sends: forms by POST, lists by GET. */
describe('Grafana', () => {
  const form = async (path: string, fields: string): Promise<unknown> =>
    (await fetch(`${url}${path}`, { method: 'POST', body: fields, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).json();
  const get = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();
  const end = Math.floor(Date.now() / 1000);
  const start = end - 3600;

  it('saves the data source', async () => {
    expect(await form('/api/v1/query', `query=1%2B1&time=${end}.123`)).toEqual({ status: 'success', data: { resultType: 'scalar', result: [end + 0.123, '2'] } });
    expect(await get('/api/v1/status/buildinfo')).toMatchObject({ status: 'success', data: { version: '3.5.0' } });
  });

  it('lists metrics, labels and values in the query builder', async () => {
    expect(await get(`/api/v1/label/__name__/values?start=${start}&end=${end}`)).toEqual({ status: 'success', data: ['orders_total', 'up'] });
    expect(await form('/api/v1/labels', `start=${start}&end=${end}&match%5B%5D=up&limit=40000`)).toEqual({ status: 'success', data: ['__name__', 'job'] });
    expect(await get(`/api/v1/label/job/values?start=${start}&end=${end}&match%5B%5D=%7B__name__%3D%22up%22%7D&limit=1000`)).toEqual({ status: 'success', data: ['a', 'b'] });
    expect(await form('/api/v1/series', `start=${start}&end=${end}&match%5B%5D=%7B__name__%3D%22orders_total%22%7D`)).toEqual({
      status: 'success', data: [{ __name__: 'orders_total', job: 'a' }],
    });
    expect(await get('/api/v1/metadata?limit=5000')).toMatchObject({ status: 'success' });
  });

  it('draws a panel, with $__rate_interval filled in, and its exemplars', async () => {
    expect(await form('/api/v1/query_range', `query=sum+by%28job%29+%28rate%28orders_total%5B1m0s%5D%29%29&start=${end - 600}&end=${end}&step=15`)).toMatchObject({
      status: 'success', data: { resultType: 'matrix', result: [{ metric: { job: 'a' } }] },
    });
    expect(await form('/api/v1/query_exemplars', `query=orders_total&start=${end - 600}&end=${end}`)).toEqual({ status: 'success', data: [] });
    expect(await form('/api/v1/query_range', `query=sum%28&start=${end - 600}&end=${end}&step=15`)).toMatchObject({ status: 'error', errorType: 'bad_data' });
  });
});
