import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { busySystem, test, useBrowser } from './browser.ts';

const browser = useBrowser();
const { db, open, keep } = browser;

const chart = (label: RegExp): Promise<void> => browser.page.getByRole('img', { name: label }).waitFor();
const insertPanel = `insert into noetl.dashboard_panel (dashboard, place, title, kind, legend, expression) values ($1, $2, $3, $4, $5, $6)`;

describe('dashboards', () => {
  test('are drawn from rows, those of one\'s own too, with the time that one drags', async () => {
    await busySystem(db);
    await db.rows(insertPanel, ['shop', 1, 'Jobs done', 'timeseries', '{{tenant_id}}', 'sum by (tenant_id) (rate(hodei_jobs_completed_total{tenant_id=~"tenant-[12]"}[$__rate_interval]))']);
    await db.rows(insertPanel, ['shop', 2, 'Least', 'stat', null, 'vector(42)']);
    await db.rows(insertPanel, ['shop', 3, 'All', 'table', '{{kind}}', 'label_replace(vector(7), "kind", "seven", "", "")']);
    await open({ path: '#/dashboards?name=shop' });
    const { page } = browser;
    await chart(/^Jobs done: tenant-1 [\d.]+; tenant-2 [\d.]+$/);
    await page.locator('.stat', { hasText: '42' }).waitFor();
    await page.getByRole('cell', { name: 'seven' }).waitFor();
    await page.getByLabel('Refresh').selectOption('off');
    expect(page.url()).toContain('refresh=off');

    const area = await page.locator('.u-over').boundingBox();
    if (area === null) throw new Error('no chart');
    await page.mouse.move(area.x + area.width / 4, area.y + 50);
    await page.mouse.down();
    await page.mouse.move(area.x + area.width / 2, area.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/name=shop&refresh=off&from=\d+&to=\d+$/);

    await page.getByRole('link', { name: 'hodei', exact: true }).click();
    await page.getByRole('heading', { name: 'Job rates' }).waitFor();
    const titles = await page.locator('.panel h3').allInnerTexts();
    expect(titles).toEqual(await db.value(`select array_agg(title order by place) from (select title, min(place) as place from noetl.dashboard where dashboard = 'hodei' group by section, title) as t`));
    await keep('dashboard-hodei');
    expect(browser.complaints).toEqual([]);
  });

  it('are for Grafana, too, after those of a preset', async () => {
    await db.rows(insertPanel, ['noetl', 1, 'Orders', 'timeseries', '{{shop}}', 'rate(orders_total[$__rate_interval])']);
    const { panels } = await db.value<{ panels: { title: string; targets?: { expr: string }[] }[] }>(`select noetl.grafana_dashboard('noetl')`);
    expect(panels.at(-1)).toMatchObject({ title: 'Orders', targets: [{ expr: 'rate(orders_total[$__rate_interval])' }] });
  });

  it.each([
    ['shop', 1, 'T', 'timeseries', 'rate(', /^expression: 1:\d+: parse error/],
    ['shop', 1, 'T', 'pie', 'up', /dashboard_panel_kind_is_known/],
    ['sql', 1, 'T', 'stat', 'up', /dashboard_panel_dashboard_is_a_name/],
    ['shop', 0, 'T', 'stat', 'up', /dashboard_panel_place_is_positive/],
  ])('refuse %s %i %s %s %s', async (dashboard, place, title, kind, expression, message) => {
    expect((await db.refusal(insertPanel, [dashboard, place, title, kind, null, expression])).message).toMatch(message);
  });
});

describe('alerts', () => {
  test('show what fires and who was told, and are silenced with the token that may', async () => {
    await db.rows(`select noetl.set('level', 7, '{"shop": "berlin"}')`);
    await db.rows('select noetl.fold()');
    await db.rows('select noetl.scrape()');
    await db.rows(`select noetl.set_alert_rule('TooHigh', expression => 'level > 5', annotations => '{"summary": "The level is {{ $value }}"}', labels => '{"severity": "critical"}')`);
    await db.rows(`select noetl.add_notification('channel', 'notify', 'alerts')`);
    await db.rows('select noetl.evaluate_rules()');
    await open({ path: '#/alerts', tokens: { read: 'a-token-to-read-with', admin: 'a-token-to-do-all-with' } });
    const { page } = browser;
    await page.getByLabel('Token').fill('a-token-to-read-with');
    await page.getByRole('button', { name: 'Go on' }).click();
    const card = page.locator('#now li', { hasText: 'The level is 7' });
    await card.getByText(/TooHigh · firing for .* · value 7/).waitFor();
    expect(await page.locator('#firing').innerText()).toBe('1');
    expect(await page.locator('#history tbody tr').first().innerText()).toContain('TooHigh');
    await card.getByRole('button', { name: 'Silence' }).click();
    expect(await page.getByLabel('Matchers').inputValue()).toMatch(/^alertname="TooHigh", .*shop="berlin"/);
    await page.getByLabel('Why').fill('The shop moves.');
    await page.getByRole('form', { name: 'Silence' }).getByRole('button', { name: 'Silence' }).click();
    await page.getByLabel('Token that may').fill('another-token-than-that');
    await page.getByRole('form', { name: 'Silence' }).getByRole('button', { name: 'Silence' }).click();
    await page.getByText('This token may not do that.').waitFor();
    await page.getByLabel('Token that may').fill('a-token-to-do-all-with');
    await page.getByRole('form', { name: 'Silence' }).getByRole('button', { name: 'Silence' }).click();
    await card.getByText('silenced').waitFor();
    expect(await db.rows('select state, comment, ends_at > now() + interval \'50 minutes\' as lasts from noetl.silence')).toEqual([{ state: 'active', comment: 'The shop moves.', lasts: true }]);
    await keep('alerts');
    await page.getByRole('button', { name: /^End the silence/ }).click();
    await page.getByText('Nothing is silenced.').waitFor();
    await expect.poll(() => card.getByText('silenced').count()).toBe(0);
    await card.getByRole('link', { name: 'Explore' }).click();
    await chart(/^level > 5: level\{shop="berlin"\} 7$/);
  });
});

describe('cardinality', () => {
  test('says which families and labels have most, and which limits are near', async () => {
    await db.rows(`select noetl.declare_metric('calls', 'gauge', max_series => 10)`);
    await db.rows(`select noetl.set('calls', n, jsonb_build_object('shop', 'shop-' || n)) from generate_series(1, 8) as n`);
    await db.rows('select noetl.fold()');
    await db.rows('select noetl.scrape()');
    await open({ path: '#/cardinality' });
    const { page } = browser;
    const told = async (id: string): Promise<string[]> => (await page.locator(`#${id} tbody tr`).allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim());
    await page.locator('#limits tbody tr').first().waitFor();
    expect((await told('limits'))[0]).toBe('series of calls 8 10 80 %');
    expect((await told('biggest'))[0]).toMatch(/^calls 8 \+8 8 \d+ B –$/);
    expect((await told('names'))[0]).toBe('shop 8');
    expect(await told('pairs')).toContain('shop=shop-1 1');
    await page.getByRole('button', { name: 'On the page' }).click();
    expect(page.url()).toContain('by=page');
    await keep('cardinality');
    expect(browser.complaints).toEqual([]);
  });
});

describe('for everybody', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  for (const dark of [false, true]) {
    test(`every view can be used with a screen reader and by its contrast, ${dark ? 'dark' : 'light'}`, async () => {
      await busySystem(db);
      await db.rows('select noetl.scrape()');
      await db.rows('select noetl.evaluate_rules()');
      await open({ dark });
      const { page } = browser;
      const views = [
        ['overview', '.figure'], ['explore?q=level&q=noetl_host_cpu_usage_ratio', '.u-over'], ['explore?q=noetl_queue_jobs&view=table', '.results tbody tr'],
        ['metrics?name=hodei_queue_size', '.u-over'], ['dashboards?name=hodei', '.panel .u-over'], ['alerts', '#rules tbody tr'], ['cardinality', '#limits tbody tr'],
      ] as const;
      const found: unknown[] = [];
      for (const [address, ready] of views) {
        await page.goto('about:blank');
        await page.goto(`${browser.url}/#/${address}`);
        await page.locator(ready).first().waitFor();
        await page.evaluate(axe);
        const { violations } = await page.evaluate<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>('axe.run()');
        for (const { id, impact, nodes } of violations) if (impact === 'serious' || impact === 'critical') found.push([address, id, nodes.map(({ target }) => target.join(' '))]);
        if (dark) await keep(`${address.split('?')[0]}-dark`);
      }
      expect(found).toEqual([]);
    });
  }

  test('2,000 families are found among, on a phone too', async () => {
    await db.rows(
      `select noetl.import_samples(array_agg('family_' || n || '_total'), array_agg('{}'::jsonb), array_agg(now() - interval '1 minute'), array_agg(n::float8)) from generate_series(1, 2000) as n`);
    await open({ width: 390, height: 844, path: '#/metrics' });
    const { page } = browser;
    await page.getByText('and 1,', { exact: false }).first().waitFor();
    await page.getByLabel('Search').fill('family_1999_');
    await page.locator('#families a').click();
    await chart(/^family_1999_total: family_1999_total 1,999$/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await keep('metrics-phone');
  });
});
