import { describe, expect, it } from 'vitest';
import { busySystem, test, useBrowser } from './browser.ts';

const browser = useBrowser();
const { db, gate, open, keep } = browser;

/** What a table says, a row a line. */
const rows = async (id: string): Promise<string[]> =>
  (await browser.page.locator(`#${id} tbody tr`).allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' '));

describe('the files of the page', () => {
  it('allow nothing from elsewhere and nothing inline', async () => {
    const answer = await browser.app.inject({ url: '/' });
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
    ['/ui/main.mjs', 'text/javascript; charset=utf-8'],
    ['/ui/view/explore.mjs', 'text/javascript; charset=utf-8'],
    ['/ui/icon.svg', 'image/svg+xml'],
    ['/ui/uplot.mjs', 'text/javascript; charset=utf-8'],
    ['/ui/uplot.css', 'text/css; charset=utf-8'],
    ['/ui/lit-html.mjs', 'text/javascript; charset=utf-8'],
    ['/ui/editor.mjs', 'text/javascript; charset=utf-8'],
  ])('are %s, sent once, and packed for whoever takes that', async (path, type) => {
    const answer = await browser.app.inject({ url: path });
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-encoding']]).toEqual([200, type, undefined]);
    const again = await browser.app.inject({ url: path, headers: { 'if-none-match': answer.headers.etag as string } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const packed = await browser.app.inject({ url: path, headers: { 'accept-encoding': 'br, gzip' } });
    expect([packed.headers['content-encoding'], packed.headers['vary']]).toEqual(['gzip', 'accept-encoding']);
    expect(packed.rawPayload.length).toBeLessThan(answer.rawPayload.length);
  });

  it.each(['/ui/../../package.json', '/ui/%2e%2e/%2e%2e/package.json', '/ui/', '/ui/page.html', '/ui/editor/editor.mjs', '/ui/README.md'])('are not at %s', async (path) => {
    expect((await browser.app.inject({ url: path })).statusCode).toBe(404);
  });
});

describe('the data of the page', () => {
  it('is refused with 503 while the database is away', async () => {
    await gate.close();
    const answer = await browser.app.inject({ url: '/api/ui/overview' });
    await gate.open();
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([503, 'application/problem+json; charset=utf-8']);
  });
});

describe('in a browser, the page', () => {
  test('asks for the token where the server wants one, and keeps it while the tab is open', async () => {
    const token = 'a-token-to-read-with';
    await open({ tokens: { read: token } });
    const { page } = browser;
    const form = page.locator('#sign-in');
    const give = async (text: string): Promise<void> => {
      await page.getByLabel('Token').fill(text);
      await page.getByRole('button', { name: 'Go on' }).click();
    };
    await form.waitFor();
    expect(await page.locator('#status').innerText()).toBe('Locked');
    await keep('locked');

    await give('another-token-than-that');
    await page.getByText('The server does not know this token').waitFor();
    await give(token);
    await form.waitFor({ state: 'hidden' });
    await page.locator('.figure').first().waitFor();
    expect(await page.locator('#status').innerText()).toMatch(/^Live, /);
    expect(await page.locator('#trouble').isVisible()).toBe(false);

    await page.getByRole('link', { name: '/metrics', exact: true }).click();
    await page.getByText('# TYPE noetl_').first().waitFor();
    await page.goto(browser.url);
    await page.locator('.figure').first().waitFor();
    expect(await form.isVisible()).toBe(false);
    expect(new URL(page.url()).search).toBe('');

    // another tab knows nothing of it
    const other = await page.context().newPage();
    await other.goto(browser.url);
    await other.locator('#sign-in').waitFor();
  });

  test('shows who is there, what waits and what is wrong, and each figure leads to what it counts', async () => {
    await busySystem(db);
    await db.rows('select noetl.scrape()');
    await db.rows(`select noetl.set_alert_rule('TooMany', expression => 'hodei_jobs_completed_total > 1', annotations => '{"summary": "Too many jobs"}', labels => '{"severity": "warning"}'), noetl.evaluate_rules()`);
    await open();
    const { page } = browser;
    await page.locator('.figure').first().waitFor();
    const lines = await db.value<number>(`select count(*)::int from _noetl.line where last_at = 'infinity'`);
    expect((await page.locator('.figure').allInnerTexts()).map((text) => text.replace('\n', ' '))).toEqual([
      expect.stringMatching(/^\d+ alerts firing$/), '3 components alive', '1 components lost', '1,252 jobs ready', '6 min 52 s oldest ready job', '1 jobs stuck', `${lines} series`,
    ]);
    expect((await rows('components')).map((row) => row.replace(/ready \d+ s ago/, 'ready now'))).toEqual([
      'api-1.example:8000 server_api ready now 1',
      'worker-1 worker_pool ready now 1',
      'worker-2 worker_pool ready now 1',
      expect.stringMatching(/^worker-3 worker_pool lost 10 min( \d+ s)? ago 1$/),
    ]);
    expect(await rows('queues')).toEqual([
      'graphile_worker default 6 min 52 s 1,240 0 37 2 16 1 4',
      'runs default 3 s 12 – – – 3 0 –',
    ]);
    expect((await rows('collectors')).every((row) => row.includes('waiting never') || row.includes('off never'))).toBe(true);
    expect(await page.locator('#alerts li').allInnerTexts()).toContainEqual(expect.stringContaining('Too many jobs'));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    await keep('overview-light');
    expect(browser.complaints).toEqual([]);
    expect([...browser.hosts]).toEqual([new URL(browser.url).host]);

    await page.getByRole('link', { name: 'jobs ready' }).click();
    await page.getByRole('img', { name: /^noetl_queue_jobs\{state="ready"\}: .*graphile_worker.* 1,240/ }).waitFor();
  });

  test('stays live: numbers change without a hand', async () => {
    await db.rows(`select noetl.register_runtime('worker-1', 'worker_pool')`);
    await open();
    const alive = browser.page.locator('.figure', { hasText: 'components alive' });
    await alive.getByText('1', { exact: true }).waitFor();
    await alive.evaluate((element: { dataset: Record<string, string> }) => { element.dataset['same'] = 'yes'; });
    await db.rows(`select noetl.register_runtime('worker-2', 'worker_pool')`);
    await alive.getByText('2', { exact: true }).waitFor();
    expect((await rows('components')).length).toBe(2);
    // in place, so that nothing flickers and the focus stays
    expect(await alive.getAttribute('data-same')).toBe('yes');
  });

  test('says what to do where there is nothing yet', async () => {
    await open();
    await browser.page.getByText('No component has registered yet.').waitFor();
    await browser.page.getByText('No queue is collected yet.').waitFor();
    await keep('empty');
    await browser.page.getByRole('link', { name: 'Metrics', exact: true }).click();
    await browser.page.getByText('Nothing is recorded yet. This counts one order:').waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('says that the database is away, keeps what it knew, and comes back by itself', async () => {
    await busySystem(db);
    await open();
    const { page } = browser;
    await page.locator('.figure').first().waitFor();
    await gate.close();
    await page.getByRole('alert').getByText(/^The database does not answer\. What is shown is from \d\d:\d\d:\d\d\. Trying again every 5 s\.$/).waitFor();
    expect(await page.locator('#status').innerText()).toBe('Away');
    expect((await rows('components')).length).toBe(4);
    await keep('away');
    await gate.open();
    await page.locator('body[data-state="live"]').waitFor();
    expect(await page.getByRole('alert').isVisible()).toBe(false);
  });

  test('says so too if the database was never there, and starts when it comes', async () => {
    await gate.close();
    await open();
    await browser.page.getByRole('alert').getByText('The database does not answer. Nothing was heard yet.').waitFor();
    await browser.page.getByText('Nothing to show yet.').waitFor();
    await gate.open();
    await browser.page.getByText('No component has registered yet.').waitFor();
  });

  test('is dark where one likes it dark, and as one chooses', async () => {
    await busySystem(db);
    await open({ dark: true });
    const { page } = browser;
    await page.locator('.figure').first().waitFor();
    const ground = async (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await ground()).toBe('rgb(16, 19, 24)');
    await keep('overview-dark');
    await page.getByLabel('Theme').selectOption('light');
    expect(await ground()).toBe('rgb(245, 246, 248)');
    await page.reload();
    await page.locator('.figure').first().waitFor();
    expect(await ground()).toBe('rgb(245, 246, 248)');
  });

  test('fits a phone', async () => {
    await busySystem(db);
    await open({ width: 390, height: 844 });
    await browser.page.locator('.figure').first().waitFor();
    expect(await browser.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await keep('overview-phone');
  });

  test('is small until the query box is used', async () => {
    await busySystem(db);
    await open();
    await browser.page.locator('.figure').first().waitFor();
    await expect.poll(() => browser.sizes.has('/ui/view/overview.mjs')).toBe(true);
    expect([...browser.sizes.keys()]).not.toContain('/ui/editor.mjs');
    expect([...browser.sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  });
});
