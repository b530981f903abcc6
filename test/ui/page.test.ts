import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { chromium as driver, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useGate } from '../server/gate.ts';
import { useDatabase } from '../support/database.ts';
import { chromium, needing } from '../support/tools.ts';

const test = needing(chromium);

/** Kept for people to look at; git ignores it. */
const screenshots = fileURLToPath(new URL('../../.cache/screenshots', import.meta.url));

const db = useDatabase({ per: 'test' });
const gate = useGate();
let pool: Pool;
let app: FastifyInstance;
let url: string;

beforeEach(async () => {
  pool = new Pool({ connectionString: gate.url(db.url) });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await app.close();
  await pool.end();
});

describe('the files of the page', () => {
  it('allow nothing from elsewhere and nothing inline', async () => {
    const answer = await app.inject({ url: '/' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
    expect(answer.body).not.toMatch(/https?:\/\/|<style|style="|onclick=|<script>/);
  });

  it.each([
    ['/ui/page.css', 'text/css; charset=utf-8'],
    ['/ui/page.mjs', 'text/javascript; charset=utf-8'],
    ['/ui/icon.svg', 'image/svg+xml'],
    ['/ui/uplot.mjs', 'text/javascript; charset=utf-8'],
    ['/ui/uplot.css', 'text/css; charset=utf-8'],
  ])('are %s, sent once', async (path, type) => {
    const answer = await app.inject({ url: path });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, type]);
    const again = await app.inject({ url: path, headers: { 'if-none-match': answer.headers.etag as string } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each(['/ui/../../package.json', '/ui/%2e%2e/%2e%2e/package.json', '/ui/', '/ui/page.html'])('are not at %s', async (path) => {
    expect((await app.inject({ url: path })).statusCode).toBe(404);
  });
});

describe('the data of the page', () => {
  it.each([
    ['/api/ui/series', 400],
    ["/api/ui/series?family=a'b", 400],
    ['/api/ui/chart?series=', 400],
    ['/api/ui/chart?series=1;2', 400],
    ['/api/ui/chart?series=1,2,3,4,5,6,7,8,9,10,11,12,13', 400],
    ['/api/ui/chart?series=9999999999999999999', 404],
    ['/api/ui/chart?series=1', 200],
    ['/api/ui/overview', 200],
  ])('at %s is answered with %i', async (path, status) => {
    const answer = await app.inject({ url: path });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe(`application/${status === 200 ? '' : 'problem+'}json; charset=utf-8`);
  });

  it('is refused with 503 while the database is away', async () => {
    await gate.close();
    const answer = await app.inject({ url: '/api/ui/overview' });
    await gate.open();
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([503, 'application/problem+json; charset=utf-8']);
  });
});

describe('in a browser, the page', () => {
  let browser: Browser | undefined;
  let page: Page;
  let complaints: string[];
  let hosts: Set<string>;

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

  interface Look {
    readonly width?: number;
    readonly height?: number;
    readonly dark?: boolean;
    readonly path?: string;
  }

  const open = async ({ width = 1280, height = 900, dark = false, path = '' }: Look = {}): Promise<void> => {
    const context = await browser?.newContext({
      viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce',
    });
    if (context === undefined) throw new Error('no browser');
    page = await context.newPage();
    page.setDefaultTimeout(120_000);
    complaints = [];
    hosts = new Set();
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${url}/${path}`);
  };
  const keep = async (name: string): Promise<void> => {
    await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
  };
  const close = async (): Promise<void> => page.context().close();

  /** What the tables say, a row a line. */
  const rows = async (id: string): Promise<string[]> => page.locator(`#${id} tbody tr`).allInnerTexts();
  const figures = async (): Promise<string[]> => page.locator('.figure').allInnerTexts();
  const chart = (label: RegExp): Promise<void> => page.locator('#chart[aria-label]').and(page.getByRole('img', { name: label })).waitFor();

  const busySystem = async (): Promise<void> => {
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
    await db.rows(
      `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, "timestamp")
       select r.runtime_id, 'noetl_host_cpu_usage_ratio', 'gauge', 0.3 + 0.2 * sin(n / 20.0 + r.runtime_id) + 0.03 * cos(n * 1.7), '{}',
         now() - n * interval '15 seconds'
       from generate_series(0, 240) as n, noetl.runtime as r
       where r.runtime_id <> 0
       union all
       select 0, 'hodei_jobs_completed_total', 'counter', (300 - n) * k * 10, jsonb_build_object('tenant_id', 'tenant-' || k),
         now() - n * interval '15 seconds'
       from generate_series(0, 250) as n, generate_series(1, 12) as k
       union all
       select 0, 'hodei_scheduling_latency_seconds_bucket', 'histogram',
         round((300 - n) * least(1, le * 4 * (1 + 0.3 * sin(n / 30.0)))), jsonb_build_object('le', le), now() - n * interval '15 seconds'
       from generate_series(0, 250) as n, unnest('{0.01,0.05,0.1,0.25,1}'::float8[]) as le
       union all
       select 0, 'hodei_scheduling_latency_seconds_count', 'histogram', 300 - n, '{}', now() - n * interval '15 seconds'
       from generate_series(0, 250) as n`,
    );
    await db.rows('select noetl.fold()');
    await rememberedByArchive();
  };
  /** As if the page had been scraped whenever a sample was measured. */
  const rememberedByArchive = async (): Promise<void> => {
    await db.rows(
      `select noetl.import_samples(array_agg(m.metric_name), array_agg(l.labels), array_agg(m."timestamp"), array_agg(m.metric_value))
       from noetl.metric as m
       join noetl.runtime as r using (runtime_id)
       join noetl.family as f on f.name = regexp_replace(m.metric_name, '_(bucket|count)$', '')
       cross join lateral (
         select m.labels
           || case when m.labels ? 'le' then jsonb_build_object('le', _noetl.bound_text((m.labels ->> 'le')::float8)) else '{}' end
           || case when f.per_component and m.runtime_id <> 0 then jsonb_build_object('component', r.name, 'component_type', r.component_type) else '{}' end as labels) as l
       where m."timestamp" < now()`,
    );
  };

  test('asks for the token where the server wants one, and keeps it while the tab is open', async () => {
    const token = 'a-token-to-read-with';
    await app.close();
    app = buildServer({ pool, tokens: { read: token } });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    await open();
    const form = page.locator('#sign-in');
    const give = async (text: string): Promise<void> => {
      await page.getByLabel('Token').fill(text);
      await page.getByRole('button', { name: 'Show the metrics' }).click();
    };
    await form.waitFor();
    expect(await page.locator('#status').innerText()).toBe('Locked');
    await keep('locked');

    await give('another-token-than-that');
    await page.getByText('The server does not know this token.').waitFor();
    await give(token);
    await form.waitFor({ state: 'hidden' });
    await page.locator('.figure').first().waitFor();
    expect(await page.locator('#status').innerText()).toMatch(/^Live, /);
    expect(await page.locator('#trouble').isVisible()).toBe(false);

    await page.getByRole('link', { name: 'metrics', exact: true }).click();
    await page.getByText('# TYPE noetl_').first().waitFor();
    await page.goto(url);
    await page.locator('.figure').first().waitFor();
    expect(await form.isVisible()).toBe(false);
    expect(new URL(page.url()).search).toBe('');

    // another tab knows nothing of it
    const other = await page.context().newPage();
    await other.goto(url);
    await other.locator('#sign-in').waitFor();
    await close();
  });

  test('shows who is there, what waits, and the last hour of a metric', async () => {
    await busySystem();
    await open({ path: '#family=noetl_host_cpu_usage_ratio' });
    await chart(/^noetl_host_cpu_usage_ratio, last hour: \{component="api-1\.example:8000",component_type="server_api"\} [\d.]+ %; .*worker-3/);
    expect(await figures()).toEqual([
      '3\ncomponents alive', '1\ncomponents lost', '1,252\njobs ready', '6 min 52 s\noldest ready job', '1\njobs stuck', '52\nseries',
    ]);
    expect((await rows('components')).map((row) => row.replaceAll(/\s+/g, ' ').replace(/ready \d+ s ago/, 'ready now'))).toEqual([
      'api-1.example:8000 server_api ready now 1',
      'worker-1 worker_pool ready now 1',
      'worker-2 worker_pool ready now 1',
      expect.stringMatching(/^worker-3 worker_pool lost 10 min( \d+ s)? ago 1$/),
    ]);
    expect((await rows('queues')).map((row) => row.replaceAll(/\s+/g, ' '))).toEqual([
      'graphile_worker default 6 min 52 s 1,240 0 37 2 16 1 4',
      'runs default 3 s 12 – – – 3 0 –',
    ]);
    await keep('light');
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(url).host]);
    await close();
  });

  test('draws the known points: what stands under the cursor is what was stored', async () => {
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp")
       select 'level', 'gauge', n, date_bin('15 seconds', now(), 'epoch') - n * interval '15 seconds' from generate_series(0, 240) as n`,
    );
    await db.rows('select noetl.fold()');
    await rememberedByArchive();
    await open();
    await chart(/^level, last hour: without labels \d+$/);
    const { lines, since } = await db.value<{ since: number; lines: { points: number[] }[] }>(
      `select noetl.ui_chart(array(select series_id from _noetl.series where metric_name = 'level'))`,
    );
    const stored = lines[0]?.points.map((value, at) => `${new Date((since + at * 15) * 1000).toISOString().slice(11, 19)}: ${value}`) ?? [];
    const area = await page.locator('.u-over').boundingBox();
    if (area === null) throw new Error('no chart');
    for (const place of [60, 120, 200]) {
      await page.mouse.move(area.x + (area.width * place) / 240, area.y + area.height / 2);
      // steps may have passed since the page was drawn
      expect(stored.slice(place - 3, place + 3)).toContain(await page.locator('#caption').innerText());
    }
    // what is drawn goes down from left to right, as the values do
    const inked = await page.locator('.u-wrap canvas').evaluate((canvas: unknown) => {
      const surface = canvas as { width: number; height: number; getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } };
      const { width, height } = surface;
      const { data } = surface.getContext('2d').getImageData(0, 0, width, height);
      return [0.3, 0.6, 0.9].map((share) => {
        const x = Math.round(width * share);
        return Array.from({ length: height }, (_, y) => y).find((y) => {
          const [r = 0, , b = 0, alpha = 0] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
          return alpha > 200 && b - r > 80;
        });
      });
    });
    expect(inked.every((y) => y !== undefined)).toBe(true);
    expect(inked).toEqual(inked.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    await close();
  });

  test('stays live: numbers change without a hand', async () => {
    await db.rows(`select noetl.register_runtime('worker-1', 'worker_pool')`);
    await open();
    await page.locator('.figure', { hasText: 'components alive' }).getByText('1', { exact: true }).waitFor();
    await db.rows(`select noetl.register_runtime('worker-2', 'worker_pool')`);
    await page.locator('.figure', { hasText: 'components alive' }).getByText('2', { exact: true }).waitFor();
    expect((await rows('components')).length).toBe(2);
    await close();
  });

  test('says what to do where there is nothing yet', async () => {
    await open();
    await page.getByText('No component has registered yet.').waitFor();
    await page.getByText('No queue is collected yet.').waitFor();
    await page.getByText('Nothing is recorded yet. This counts one order:').waitFor();
    await keep('empty');
    expect(complaints).toEqual([]);
    await close();
  });

  test('says that the database is away, keeps what it knew, and comes back by itself', async () => {
    await busySystem();
    await open();
    await chart(/hodei_jobs_completed_total/);
    await gate.close();
    await page.getByRole('alert').getByText(/^The database does not answer\. What is shown is from \d\d:\d\d:\d\d\. Trying again every 5 s\.$/).waitFor();
    expect(await page.locator('#status').innerText()).toBe('Away');
    expect((await rows('components')).length).toBe(4);
    await keep('away');
    await gate.open();
    await page.locator('body[data-state="live"]').waitFor();
    expect(await page.getByRole('alert').isVisible()).toBe(false);
    await close();
  });

  test('says so too if the database was never there, and starts when it comes', async () => {
    await gate.close();
    await open();
    await page.getByRole('alert').getByText('The database does not answer. Nothing was heard yet.').waitFor();
    expect(await page.getByText('Nothing to show yet.').count()).toBe(3);
    await gate.open();
    await page.getByText('No component has registered yet.').waitFor();
    await close();
  });

  test('can be used by keyboard alone', async () => {
    await busySystem();
    await open();
    await chart(/hodei_jobs_completed_total/);
    await page.keyboard.press('/');
    await page.keyboard.type('latency');
    expect(await page.locator('#found').innerText()).toMatch(/^1 of \d+ metrics$/);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.dataset.family')).toBe('hodei_scheduling_latency_seconds');
    await page.keyboard.press('Enter');
    await chart(/^hodei_scheduling_latency_seconds, last hour: without labels p50 [\d.]+ ms; without labels p95 [\d.]+ ms; without labels p99 [\d.]+ m?s$/);
    await keep('histogram');
    expect(page.url()).toBe(`${url}/#family=hodei_scheduling_latency_seconds`);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Escape');
    expect(await page.locator('#found').innerText()).toMatch(/^\d+ metrics$/);
    // to the boxes of the series, and one off
    await page.locator('#rows input[type=checkbox]').first().focus();
    await page.keyboard.press('Space');
    await page.getByText('Choose a series below.').waitFor();
    await close();
  });

  test('shows the series that one chooses, found among many', async () => {
    await busySystem();
    await open();
    await chart(/tenant-1"\} 0\.6667; /);
    expect(await page.locator('#rows input:checked').count()).toBe(8);
    await page.getByLabel('Filter the series').fill('tenant-9');
    expect(await page.locator('#rows tbody tr').count()).toBe(1);
    await page.getByRole('checkbox').check();
    await chart(/tenant-9"\} 6$/);
    await close();
  });

  test('writes what stands in labels and helps as text', async () => {
    const markup = '<img src=x onerror=alert(1)>';
    await db.rows(`select noetl.declare_metric('odd', 'gauge', help => $1)`, [markup]);
    await db.rows(`select noetl.set('odd', 1, jsonb_build_object('a', $1::text))`, [markup]);
    await db.rows(`select noetl.register_runtime($1, $1)`, [markup]);
    await db.rows('select noetl.fold()');
    await open({ path: '#family=odd' });
    await page.locator('#rows').getByText(`{a="${markup}"}`).waitFor();
    expect(await page.locator('#family .help').innerText()).toContain(markup);
    expect(await page.locator('main img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  test('is dark where one likes it dark', async () => {
    await busySystem();
    await open();
    const light = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    await close();
    await open({ dark: true });
    await chart(/hodei_jobs_completed_total/);
    expect([light, await page.evaluate('getComputedStyle(document.body).backgroundColor')]).toEqual(['rgb(245, 246, 248)', 'rgb(16, 19, 24)']);
    await keep('dark');
    await close();
  });

  test('fits a phone', async () => {
    await busySystem();
    await open({ width: 390, height: 844, path: '#family=noetl_host_cpu_usage_ratio' });
    await chart(/noetl_host_cpu_usage_ratio/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const drawn = await page.locator('.u-wrap').boundingBox();
    expect(drawn?.width).toBeLessThanOrEqual(390);
    expect(drawn?.width).toBeGreaterThan(330);
    await keep('phone');
    await close();
  });
});
