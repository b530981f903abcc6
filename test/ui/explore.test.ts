import { describe, expect } from 'vitest';
import { busySystem, test, useBrowser } from './browser.ts';

const browser = useBrowser();
const { db, open, keep, end } = browser;

/** A gauge that falls by one each quarter of a minute, for an hour until a whole minute ago. */
const falling = async (): Promise<void> => {
  await db.rows(`select noetl.set('level', 0), noetl.set('level', 5, '{"side": "left"}'), noetl.inc('orders_total', '{"shop": "berlin"}', 3), noetl.fold()`);
  await db.rows(`select noetl.import_samples('{level}'::text[] , array['{}'::jsonb], array[${end} - n * interval '15 seconds'], array[n]) from generate_series(0, 260) as n`);
  await db.rows(`select noetl.import_samples('{orders_total}'::text[] , array['{"shop": "berlin"}'::jsonb], array[${end} - n * interval '15 seconds'], array[10000 - n * 30]) from generate_series(0, 260) as n`);
};

const chart = (label: RegExp): Promise<void> => browser.page.getByRole('img', { name: label }).waitFor();
const type = async (text: string): Promise<void> => {
  await browser.page.getByRole('textbox', { name: 'Expression' }).click();
  await browser.page.keyboard.type(text);
};

describe('Explore', () => {
  test('completes names, labels, values and functions, and says where a fault is', async () => {
    await falling();
    await db.rows('select noetl.scrape()');
    await open({ path: '#/explore' });
    const { page } = browser;
    await page.locator('.cm-content').waitFor();
    const take = (text: string): Promise<void> => page.locator('.cm-tooltip-autocomplete').getByText(text, { exact: true }).first().click();
    await type('orders_t');
    await take('orders_total');
    await page.keyboard.type('{sh');
    await take('shop');
    await page.keyboard.type('="');
    await page.locator('.cm-tooltip-autocomplete').getByText('berlin', { exact: true }).waitFor();
    await keep('explore-completion');
    await take('berlin');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('rat');
    await take('rate');
    await page.keyboard.type('(');
    await expect.poll(() => page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.locator('.fault').getByText(/^1:\d+: parse error: /).waitFor();
    await keep('explore-fault');
    expect(browser.complaints.filter((complaint) => !complaint.includes('400'))).toEqual([]);
  });

  test('draws exactly what noetl.query_range() gives, and tells it under the cursor', async () => {
    await falling();
    const until = await db.value<number>(`select extract(epoch from ${end})::int`);
    await open({ path: `#/explore?q=level%7Bside%3D%22%22%7D&from=${until - 3600}&to=${until}` });
    const { page } = browser;
    await chart(/^level\{side=""\}: level 0$/);
    const stored = await db.rows<{ at: string; value: number }>(
      `select to_char(at at time zone 'UTC', 'HH24:MI:SS') as at, value from noetl.query_range('level{side=""}', to_timestamp($1), to_timestamp($2), '15 seconds')`, [until - 3600, until]);
    expect(stored).toHaveLength(241);
    const area = await page.locator('.u-over').boundingBox();
    if (area === null) throw new Error('no chart');
    for (const place of [60, 120, 200]) {
      await page.mouse.move(area.x + (area.width * place) / 240, area.y + area.height / 2);
      expect((await page.locator('.tip').innerText()).split('\n')).toEqual([stored[place]?.at, 'level', String(stored[place]?.value)]);
    }
    await keep('explore-light');
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
    expect(browser.complaints).toEqual([]);
  });

  test('has everything that is seen in the address; back and forward work', async () => {
    await falling();
    const until = await db.value<number>(`select extract(epoch from ${end})::int`);
    await open({ path: `#/explore?q=level&from=${until - 3600}&to=${until}` });
    const { page } = browser;
    await chart(/^level: level/);
    const hash = async (): Promise<string> => page.evaluate<string>('location.hash');

    // drag to zoom
    const area = await page.locator('.u-over').boundingBox();
    if (area === null) throw new Error('no chart');
    await page.mouse.move(area.x + area.width / 4, area.y + 50);
    await page.mouse.down();
    await page.mouse.move(area.x + area.width / 2, area.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction((was: string) => !(globalThis as unknown as { location: { hash: string } }).location.hash.includes(was), `from=${until - 3600}`);
    const zoomed = new URLSearchParams((await hash()).split('?')[1]);
    expect(Math.abs(Number(zoomed.get('from')) - (until - 2700))).toBeLessThan(30);
    expect(Math.abs(Number(zoomed.get('to')) - (until - 1800))).toBeLessThan(30);
    await chart(/^level: level 1[12]\d/);

    await page.getByLabel('log scale').check();
    await page.getByLabel('stacked').check();
    expect(await hash()).toMatch(/&log=1&stack=1$/);
    await page.getByRole('button', { name: 'Table' }).click();
    await page.locator('.results tbody tr').first().waitFor();
    expect(await hash()).toContain('view=table');
    for (let n = 0; n < 4; n++) await page.goBack();
    await chart(/^level: level 0/);
    expect(await hash()).toBe(`#/explore?q=level&from=${until - 3600}&to=${until}`);
    await page.goForward();
    await chart(/^level: level 1[12]\d/);
    // who opens the link sees the same
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await chart(/^level: level 1[12]\d/);
  });

  test('asks several expressions at once, hides one, and tells what each gives now', async () => {
    await falling();
    await db.rows('select noetl.scrape()');
    await open({ path: '#/explore?q=sum(level)&q=max(level)' });
    const { page } = browser;
    await chart(/^sum\(level\), max\(level\): A sum\(level\) 5; B max\(level\) 5$/);
    await page.getByRole('button', { name: 'Show expression A' }).click();
    await chart(/^sum\(level\), max\(level\): max\(level\) 5$|B max\(level\) 5$/);
    expect(page.url()).toContain('off=A');
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('button', { name: 'Show expression A' }).click();
    await page.locator('.results h3', { hasText: 'A sum(level)' }).waitFor();
    const now = await db.rows<{ value: number }>(`select value from noetl.query('sum(level)') union all select value from noetl.query('max(level)')`);
    await expect.poll(() => page.locator('.results td.number').allInnerTexts()).toEqual(now.map(({ value }) => String(value)));
    await page.getByRole('button', { name: '+ expression' }).click();
    await page.keyboard.type('vector(42)');
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByText('C vector(42)').waitFor();
    expect(new URLSearchParams(page.url().split('?')[1]).getAll('q')).toEqual(['sum(level)', 'max(level)', 'vector(42)']);
  });

  test('writes what stands in labels as text', async () => {
    const markup = '<img src=x onerror=alert(1)>';
    await db.rows(`select noetl.declare_metric('odd', 'gauge', help => $1), noetl.register_runtime($1, $1)`, [markup]);
    await db.rows(`select noetl.set('odd', 1, jsonb_build_object('a', $1::text))`, [markup]);
    await db.rows('select noetl.fold()');
    await db.rows('select noetl.scrape()');
    await open({ path: '#/explore?q=odd' });
    await browser.page.locator('.legend').getByText(`odd{a="${markup}"}`).waitFor();
    await browser.page.goto(`${browser.url}/#/metrics?name=odd`);
    await browser.page.locator('.help', { hasText: markup }).waitFor();
    await browser.page.goto(`${browser.url}/#/overview`);
    await browser.page.locator('#components').getByText(markup).first().waitFor();
    expect(await browser.page.locator('main img').count()).toBe(0);
    expect(browser.complaints).toEqual([]);
  });

  test('fits a phone, and can be dark', async () => {
    await busySystem(db);
    await open({ width: 390, height: 844, dark: true, path: '#/explore?q=noetl_host_cpu_usage_ratio' });
    await chart(/^noetl_host_cpu_usage_ratio: noetl_host_cpu_usage_ratio\{component="api-1\.example:8000", component_type="server_api"\} [\d.]+ %/);
    expect(await browser.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const drawn = await browser.page.locator('.u-wrap').boundingBox();
    expect(drawn?.width).toBeLessThanOrEqual(390);
    expect(drawn?.width).toBeGreaterThan(300);
    await keep('explore-phone-dark');
  });
});

describe('the list of metrics', () => {
  test('can be used by keyboard alone, and asks of each metric what its type wants', async () => {
    await busySystem(db);
    await open({ path: '#/metrics' });
    const { page } = browser;
    await page.locator('#families a').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('latency');
    expect(await page.locator('#found').innerText()).toMatch(/^1 of \d+ metrics$/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await chart(/^hodei_scheduling_latency_seconds: median [\d.]+ ms; 95th percentile [\d.]+ ms; 99th percentile [\d.]+ m?s$/);
    await keep('metrics-histogram');
    await page.getByRole('button', { name: 'Observations per second' }).click();
    await chart(/^hodei_scheduling_latency_seconds: .* 0\.0\d+\/s$/);
    await page.getByRole('link', { name: 'Open in Explore' }).click();
    await chart(/^rate\(hodei_scheduling_latency_seconds_count\[60s\]\): /);
    expect(browser.complaints).toEqual([]);
  });

  test('shows what the page has by a live answer, and says when a metric ended', async () => {
    await db.rows(`select noetl.install_preset('noetl'), noetl.register_runtime('w', 'worker_pool')`);
    await db.rows('select noetl.scrape()');
    await db.rows(`select noetl.import_samples('{gone}'::text[], array['{}'::jsonb], array[now() - interval '2 hours 30 seconds'], array[1])`);
    await open({ path: '#/metrics?name=noetl_components' });
    const { page } = browser;
    await chart(/^noetl_components: noetl_components\{component_type="worker_pool", status="ready"\} 1$/);
    expect(await page.locator('#families a', { hasText: 'noetl_components' }).innerText()).toMatch(/gauge · 1$/);
    await page.goto(`${browser.url}/#/metrics?name=gone`);
    await page.getByText('It has no series now; the last one ended 2 h ago.').waitFor();
  });
});
