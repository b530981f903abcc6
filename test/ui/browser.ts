import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { chromium as driver, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { surviveLostConnections } from '../../src/database.ts';
import { buildServer } from '../../src/server/app.ts';
import type { Tokens } from '../../src/server/access.ts';
import { useGate, type Gate } from '../server/gate.ts';
import { useDatabase, type TestDatabase } from '../support/database.ts';
import { chromium, needing } from '../support/tools.ts';

/** Kept for people to look at; git ignores it. */
const screenshots = fileURLToPath(new URL('../../.cache/screenshots', import.meta.url));

export const test = needing(chromium);

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly path?: string;
  readonly tokens?: Tokens;
}

/** The page as one who opens it has it: a database and a server a test, and a real browser. */
export interface Opened {
  readonly db: TestDatabase;
  readonly gate: Gate;
  readonly app: FastifyInstance;
  readonly url: string;
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];
  readonly hosts: Set<string>;
  /** The size of each file that was fetched, as it came over the wire. */
  readonly sizes: Map<string, number>;
  open(look?: Look): Promise<void>;
  /** A picture of the whole page. */
  keep(name: string): Promise<void>;
  /** A moment as SQL, a whole step ago. */
  readonly end: string;
}

export function useBrowser(): Opened {
  const db = useDatabase({ per: 'test' });
  const gate = useGate();
  let browser: Browser | undefined;
  let pool: Pool;
  let app: FastifyInstance;
  let url: string;
  let page: Page | undefined;
  let complaints: string[] = [];
  let hosts = new Set<string>();
  let sizes = new Map<string, number>();

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    if (chromium.path === undefined) return;
    const args = [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ];
    browser = await driver.launch({ executablePath: chromium.path, args });
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    pool = new Pool({ connectionString: gate.url(db.url) });
    surviveLostConnections(pool, () => {});
    app = buildServer({ pool });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await page?.context().close();
    page = undefined;
    await app.close();
    await pool.end();
  });

  return {
    db,
    gate,
    get app() { return app; },
    get url() { return url; },
    get page() {
      if (page === undefined) throw new Error('the page is not open');
      return page;
    },
    get complaints() { return complaints; },
    get hosts() { return hosts; },
    get sizes() { return sizes; },
    end: "date_bin('1 minute', now(), 'epoch')",
    async open({ width = 1280, height = 900, dark = false, path = '', tokens } = {}) {
      if (tokens !== undefined) {
        await app.close();
        app = buildServer({ pool, tokens });
        url = await app.listen({ host: '127.0.0.1', port: 0 });
      }
      await page?.context().close();
      const context = await browser?.newContext({
        viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce',
      });
      if (context === undefined) throw new Error('no browser');
      const opened = await context.newPage();
      opened.setDefaultTimeout(120_000);
      complaints = [];
      hosts = new Set();
      sizes = new Map();
      const [heard, asked, got] = [complaints, hosts, sizes];
      opened.on('console', (message) => ['error', 'warning'].includes(message.type()) && heard.push(message.text()));
      opened.on('pageerror', (error) => heard.push(error.message));
      opened.on('request', (request) => asked.add(new URL(request.url()).host));
      opened.on('requestfinished', (request) => {
        void request.sizes().then(({ responseBodySize }) => got.set(new URL(request.url()).pathname, responseBodySize), () => {});
      });
      page = opened;
      await opened.goto(`${url}/${path}`);
    },
    async keep(name) {
      if (page === undefined) throw new Error('the page is not open');
      await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
    },
  };
}

/** A job platform at work: components, queues, counters, gauges and a histogram of the last hour. */
export async function busySystem(db: TestDatabase): Promise<void> {
  await db.rows(`select noetl.install_preset(p) from unnest('{hodei,xyn,noetl}'::text[]) as p`);
  await db.rows(`select noetl.register_runtime('worker-' || n, 'worker_pool') from generate_series(1, 3) as n`);
  await db.rows(`select noetl.register_runtime('api-1.example:8000', 'server_api')`);
  await db.rows(`update noetl.runtime set last_heartbeat = now() - interval '10 minutes' where name = 'worker-3'`);
  await db.rows(
    `select noetl.set('noetl_queue_jobs', jobs, jsonb_build_object('source', source, 'queue', 'default', 'state', state))
     from (values
       ('graphile_worker', 'ready', 1240), ('graphile_worker', 'blocked', 0), ('graphile_worker', 'scheduled', 37),
       ('graphile_worker', 'retrying', 2), ('graphile_worker', 'running', 16), ('graphile_worker', 'stuck', 1),
       ('graphile_worker', 'failed', 4), ('runs', 'ready', 12), ('runs', 'running', 3), ('runs', 'stuck', 0)
     ) as s (source, state, jobs)`,
  );
  await db.rows(
    `select noetl.set('noetl_queue_oldest_ready_seconds', age, jsonb_build_object('source', source, 'queue', 'default'))
     from (values ('graphile_worker', 412), ('runs', 3)) as s (source, age)`,
  );
  await db.rows(`select noetl.set('noetl_host_cpu_usage_ratio', 0.3, '{}', runtime_id) from noetl.runtime where runtime_id <> 0`);
  await db.rows(`select noetl.inc('hodei_jobs_completed_total', jsonb_build_object('tenant_id', 'tenant-' || k), k) from generate_series(1, 12) as k`);
  await db.rows(`select noetl.observe('hodei_scheduling_latency_seconds', 0.02)`);
  await db.rows('select noetl.fold()');
  await db.rows(
    `select noetl.import_samples(array_agg(s.name), array_agg(s.labels), array_agg(now() - s.n * interval '15 seconds'), array_agg(s.value))
     from (
       select n, 'noetl_host_cpu_usage_ratio' as name, jsonb_build_object('component', r.name, 'component_type', r.component_type) as labels,
         0.3 + 0.2 * sin(n / 20.0 + r.runtime_id) + 0.03 * cos(n * 1.7) as value
       from generate_series(1, 240) as n, noetl.runtime as r
       where r.runtime_id <> 0
       union all
       select n, 'hodei_jobs_completed_total', jsonb_build_object('tenant_id', 'tenant-' || k), (300 - n) * k * 10
       from generate_series(1, 250) as n, generate_series(1, 12) as k
       union all
       select n, 'hodei_scheduling_latency_seconds_bucket', jsonb_build_object('le', _noetl.bound_text(le)),
         round((300 - n) * least(1, le * 4 * (1 + 0.3 * sin(n / 30.0))))
       from generate_series(1, 250) as n, unnest('{0.01,0.05,0.1,0.25,1,Infinity}'::float8[]) as le
       union all
       select n, 'hodei_scheduling_latency_seconds_count', '{}', 300 - n from generate_series(1, 250) as n
     ) as s`,
  );
}
