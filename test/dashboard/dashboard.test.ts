import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { createSelfMetrics } from '../../src/server/self.ts';
import { judged } from '../alert/promtool.ts';
import { registerRuns, runsTable } from '../queue/page.ts';
import { useDatabase, type TestDatabase } from '../support/database.ts';
import { startPrometheus, type Prometheus } from '../support/prometheus.ts';
import { needing, prometheus, promtool } from '../support/tools.ts';

interface Panel {
  id: number;
  type: 'row' | 'timeseries' | 'stat' | 'table';
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { refId: string; expr?: string; rawSql?: string; legendFormat?: string; format?: string }[];
}

interface Dashboard {
  uid: string;
  title: string;
  templating: { list: { name: string; query: string }[] };
  panels: Panel[];
}

const presets = ['hodei', 'xyn', 'noetl', 'operations'];
const db = useDatabase();

const dashboard = async (preset: string): Promise<Dashboard> => db.value<Dashboard>('select noetl.grafana_dashboard($1)', [preset]);
const panelsOf = async (preset: string): Promise<Panel[]> => (await dashboard(preset)).panels.filter(({ type }) => type !== 'row');

describe('a Grafana dashboard', () => {
  it.each([...presets, 'postgres', 'sql'])('of %s fills a grid without gaps and overlaps, under ids and letters of its own', async (preset) => {
    const { uid, title, panels } = await dashboard(preset);
    expect([uid, title]).toEqual([`noetl-${preset}`, `noetl-metrics: ${preset}`]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    const height = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
    expect(cells.length).toBe(24 * height);
    for (const { type, targets } of panels) {
      if (type === 'row') continue;
      const letters = (targets ?? []).map(({ refId }) => refId);
      expect(letters).toEqual(['A', 'B', 'C'].slice(0, letters.length));
    }
  });

  it('of hodei has the panels that the spec lists', async () => {
    const titles = (await panelsOf('hodei')).map(({ title }) => title);
    expect(titles).toEqual([
      'Job rates', 'Jobs that succeed', 'Failures by type',
      'Queue size', 'Queue growth per minute', 'Queue wait',
      'Healthy workers', 'Workers', 'CPU by worker', 'Memory by worker',
      'Scheduling latency', 'Scheduling decisions',
      'Request duration', 'Requests by status', 'Event throughput',
    ]);
  });

  it('lets one choose the data source', async () => {
    expect((await dashboard('xyn')).templating.list).toMatchObject([{ name: 'datasource', query: 'prometheus' }]);
    expect((await dashboard('sql')).templating.list).toMatchObject([
      { name: 'datasource', query: 'grafana-postgresql-datasource' },
      { name: 'metric' },
    ]);
  });

  it('that does not exist is refused, with those that do', async () => {
    expect(await db.refusal(`select noetl.grafana_dashboard('none')`)).toMatchObject({
      code: '22023',
      message: 'preset: there is no dashboard "none"',
      hint: 'There are hodei, noetl, operations, postgres, sql, xyn.',
    });
  });
});

describe('the documents over HTTP', () => {
  let app: FastifyInstance;
  beforeAll(() => {
    app = buildServer({ pool: db.pool, hosts: ['metrics.example'] });
  });
  afterAll(() => app.close());

  it('are the dashboards', async () => {
    const answer = await app.inject({ url: '/grafana/hodei.json' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(answer.json()).toEqual(await dashboard('hodei'));
  });

  it.each(['/grafana/none.json', '/grafana/none'])('are not at %s', async (url) => {
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });

  it.each(["/grafana/a'b.json", '/alerts.yml?preset=a%27b', '/alerts.yml?preset='])('are refused at %s', async (url) => {
    expect((await app.inject({ url })).statusCode).toBe(400);
  });

  it('are the alert rules, of all presets or of one', async () => {
    for (const [url, preset] of [['/alerts.yml', null], ['/alerts.yml?preset=xyn', 'xyn']] as const) {
      const answer = await app.inject({ url });
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/yaml; charset=utf-8']);
      expect(answer.body).toBe(await db.value('select noetl.alert_rules_yaml($1)', [preset]));
    }
  });

  needing(promtool)('are a scrape configuration that promtool accepts, with and without the alerts', async () => {
    const { body, headers } = await app.inject({ url: '/prometheus.yml', headers: { host: 'metrics.example:8000' } });
    expect(headers['content-type']).toBe('application/yaml; charset=utf-8');
    expect(body).toContain('targets: ["metrics.example:8000"]');
    const files = { 'prometheus.yml': body, 'alerts.yml': await db.value<string>('select noetl.alert_rules_yaml()') };
    expect(await judged(['check', 'config', 'prometheus.yml'], files)).toEqual({
      accepted: true,
      said: ['Checking prometheus.yml', 'SUCCESS: prometheus.yml is valid prometheus config file syntax'],
    });
    const alerting = { ...files, 'prometheus.yml': body.replaceAll(/^#(rule_files:| {2}- alerts.yml)/gm, '$1') };
    expect((await judged(['check', 'config', 'prometheus.yml'], alerting)).said).toEqual([
      'Checking prometheus.yml',
      'SUCCESS: 1 rule files found',
      'SUCCESS: prometheus.yml is valid prometheus config file syntax',
      'Checking alerts.yml',
      'SUCCESS: 32 rules found',
    ]);
  });

  needing(promtool)('say where Prometheus finds the token, as a comment where none is wanted', async () => {
    const tokens = { read: 'a-token-to-read-with' };
    const guarded = buildServer({ pool: db.pool, tokens });
    const { body } = await guarded.inject({ url: '/prometheus.yml', headers: { authorization: `Bearer ${tokens.read}` } });
    await guarded.close();
    const open = (await app.inject({ url: '/prometheus.yml' })).body;
    const path = '/etc/prometheus/noetl-metrics.token';
    expect(body).toContain(`\n    authorization:\n      credentials_file: "${path}"\n`);
    expect(open).toContain(`\n    #authorization:\n    #  credentials_file: "${path}"\n`);
    for (const config of [body, open.replaceAll(/^( {4})#(authorization:| {2}credentials_file:)/gm, '$1$2')]) {
      const files = { 'prometheus.yml': config.replace(path, 'a.token'), 'a.token': tokens.read };
      expect(await judged(['check', 'config', 'prometheus.yml'], files)).toMatchObject({ accepted: true });
      expect((await judged(['check', 'config', 'prometheus.yml'], { 'prometheus.yml': config })).said.join('\n')).toContain(path);
    }
  });

  needing(promtool)('do not take an address that is none', async () => {
    const token = 'a-token-to-read-with';
    const guarded = buildServer({ pool: db.pool, tokens: { read: token } }); // without tokens it is refused
    const { body } = await guarded.inject({ url: '/prometheus.yml', headers: { authorization: `Bearer ${token}`, host: 'a"]\n  b: c' } });
    await guarded.close();
    expect(body).toContain('targets: ["127.0.0.1:8000"]');
  });
});

describe('every expression of the dashboards', () => {
  const test = needing(prometheus);
  let app: FastifyInstance | undefined;
  let scraper: Prometheus | undefined;
  let recording: Promise<void> | undefined;
  let stopped = false;

  beforeAll(async () => {
    if (prometheus.path === undefined) return;
    const self = createSelfMetrics();
    app = buildServer({ pool: db.pool, self });
    const page = await app.listen({ host: '127.0.0.1', port: 0 });
    scraper = await startPrometheus({ 'noetl-metrics': `${page}/metrics` });
    for (const preset of presets) await db.rows('select noetl.install_preset($1)', [preset]);
    await db.rows(`select noetl.register_runtime('worker', 'worker_pool')`);
    self.countCollectorError('fold', 0);
    await db.rows(runsTable);
    await db.rows(registerRuns);
    recording = (async () => {
      for (; !stopped; await delay(300)) await recordAll(db);
    })();
  });
  afterAll(async () => {
    stopped = true;
    await recording;
    await scraper?.stop();
    await app?.close();
  });

  for (const preset of presets) {
    test(`of ${preset} returns data in a Prometheus that scraped the page`, async () => {
      const expressions = (await panelsOf(preset)).flatMap(({ targets }) => (targets ?? []).map(({ expr = '' }) => expr));
      const withoutData = async (): Promise<string[]> => {
        const empty: string[] = [];
        for (const expr of expressions) {
          const query = expr.replaceAll('$__rate_interval', '20s');
          const answer = await scraper?.ask<{ result: { value: [number, string] }[] }>('query', { query });
          if (answer?.result.some(({ value: [, value] }) => Number.isFinite(Number(value))) !== true) empty.push(expr);
        }
        return empty;
      };
      await expect.poll(withoutData, { interval: 1000 }).toEqual([]);
      expect(expressions.length).toBeGreaterThan(10);
    });
  }
});

describe('every query of the dashboard sql', () => {
  const own = useDatabase();

  it('returns rows from the database', async () => {
    await own.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, labels, "timestamp")
       select s.name, s.type, s.value, s.labels::jsonb, now() - s.ago * interval '1 second'
       from (values
         ('dashboard_total', 'counter', 10, '{"a": "b"}', 30),
         ('dashboard_total', 'counter', 40, '{"a": "b"}', 20),
         ('dashboard_total', 'counter', 5, '{"a": "b"}', 10),
         ('noetl_host_cpu_usage_ratio', 'gauge', 0.5, '{}', 10),
         ('noetl_host_memory_usage_ratio', 'gauge', 0.25, '{}', 10),
         ('noetl_queue_jobs', 'gauge', 3, '{"source": "jobs", "queue": "default", "state": "ready"}', 10)
       ) as s (name, type, value, labels, ago)`,
    );
    await own.rows('select noetl.fold()');
    const answers: Record<string, unknown[]> = {};
    for (const { title, type, targets } of await panelsOf('sql')) {
      for (const { rawSql = '', format } of targets ?? []) {
        const sql = rawSql
          .replaceAll('$metric', 'dashboard_total')
          .replaceAll(/\$__timeFilter\(([^)]+)\)/g, "$1 between now() - interval '1 hour' and now()");
        const rows = await own.rows(sql);
        expect(format).toBe(type === 'table' ? 'table' : 'time_series');
        answers[title] = type === 'table' ? rows : rows.map(({ time: _time, ...row }) => row);
      }
    }
    const metric = 'default {"a": "b"}';
    expect(answers).toMatchObject({
      Families: expect.arrayContaining([expect.objectContaining({ name: 'dashboard_total', metric_type: 'counter', series: '1' })]) as unknown,
      'Values of $metric': [{ metric, value: 10 }, { metric, value: 40 }, { metric, value: 5 }],
      'Growth of $metric per second': [{ metric, value: 3 }, { metric, value: 0.5 }],
      CPU: [{ metric: 'default', value: 0.5 }],
      Memory: [{ metric: 'default', value: 0.25 }],
      'Jobs by state': [{ metric: 'jobs default ready', value: 3 }],
    });
  });
});

/** One event or value for every metric that the dashboards read. */
async function recordAll(into: TestDatabase): Promise<void> {
  await into.rows(
    `select case m.metric_type
       when 'counter' then noetl.inc(m.name, l.labels)::text
       when 'gauge' then noetl.set(m.name, 1 + random(), l.labels)::text
       else noetl.observe(m.name, 0.2, l.labels)::text
     end
     from noetl.preset_metric as m
     cross join unnest('{success,failure}'::text[]) as outcome
     cross join lateral (select coalesce(jsonb_object_agg(label, outcome), '{}') as labels from unnest(m.labels) as label) as l
     where m.name not in (
       'noetl_components', 'noetl_fold_last_run_timestamp_seconds', 'noetl_partition_coverage_ahead', 'noetl_samples_rejected_total',
       'noetl_quarantined_families', 'noetl_quarantined_family')`,
  );
  await into.rows(`select noetl.inc('noetl_queue_collect_failures_total', '{"source": "other"}')`);
  await into.rows(`insert into runs (status, run_at, queued_at) values ('QUEUED', now(), now())`);
  await into.rows(`select noetl.collect_queue('runs')`);
  await into.rows('select noetl.run_collector(name) from noetl.collector where probe is null');
  await into.rows('select noetl.fold()');
}
