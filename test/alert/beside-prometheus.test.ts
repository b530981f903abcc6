import { afterAll, beforeAll, describe, expect } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase } from '../support/database.ts';
import { startPrometheus, type Prometheus } from '../support/prometheus.ts';
import { needing, prometheus } from '../support/tools.ts';

const test = needing(prometheus);

interface Alert {
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly value: string;
}

/** The same rules on the same page: ours, and those of a Prometheus that has them from /alerts.yml. */
describe('beside a real Prometheus', () => {
  const db = useDatabase();
  const parts: { stop(): Promise<unknown> }[] = [];
  let judge: Prometheus | undefined;

  beforeAll(async () => {
    if (prometheus.path === undefined) return;
    const rules: [name: string, expression: string, options: string][] = [
      ['High', 'load > 1', `hold => '0', labels => '{"severity": "page", "team": "{{ $labels.shop }}-team"}', annotations => '{"summary": "{{ $labels.shop }} has {{ $value | humanize }}"}'`],
      ['Waits', 'load > 1', `hold => '1 hour', annotations => '{"summary": "{{ if gt $value 4.0 }}much{{ else }}some{{ end }}"}'`],
      ['Keeps', 'load > 1', `hold => '0', keep_firing_for => '1 hour'`],
      ['Share', 'sum by (shop) (load) / on () group_left sum(load) > 0.5', `hold => '0', annotations => '{"summary": "{{ $value | humanizePercentage }} of all"}'`],
      // its own, not the ours that it scrapes
      ['Recorded', 'shop:load:sum{job=""} > 2', `hold => '0'`],
      ['Missing', 'absent(load{shop="c"})', `hold => '0'`],
    ];
    await db.rows('select noetl.set_alert_rule(name, enabled => false) from noetl.alert_rule');
    await db.rows(`select noetl.set_recording_rule('shop:load:sum', 'sum by (shop) (load)')`);
    for (const [name, expression, options] of rules) await db.rows(`select noetl.set_alert_rule($1, $2, ${options})`, [name, expression]);
    await db.rows(`select noetl.set('load', 0, '{"shop": "a"}'), noetl.set('load', 0, '{"shop": "b"}')`);
    const app = buildServer({ pool: db.pool });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    parts.push({ stop: () => app.close() });
    judge = await startPrometheus({ page: `${url}/metrics` }, { rules: await (await fetch(`${url}/alerts.yml`)).text() });
    parts.push(judge);
  });
  afterAll(async () => {
    for (const part of parts.toReversed()) await part.stop();
  });

  const ours = async (): Promise<Alert[]> => {
    await db.rows('select noetl.scrape()');
    await db.rows('select noetl.evaluate_rules()');
    const { alerts } = await db.value<{ alerts: Alert[] }>(`select noetl.alert_list()::jsonb -> 'data'`);
    return plain(alerts);
  };
  const theirs = async (): Promise<Alert[]> => plain((await judge?.ask<{ alerts: Alert[] }>('alerts'))?.alerts ?? []);

  const steps: [title: string, change: string, alerts: string][] = [
    ['one shop is above', `select noetl.set('load', 5, '{"shop": "a"}')`, 'High Keeps Missing Recorded Share Waits'],
    ['both are', `select noetl.set('load', 2, '{"shop": "b"}')`, 'High High Keeps Keeps Missing Recorded Share Waits Waits'],
    ['the first falls', `select noetl.set('load', 1, '{"shop": "a"}')`, 'High Keeps Keeps Missing Share Waits'],
    ['what was missing comes', `select noetl.set('load', 1, '{"shop": "c"}')`, 'High Keeps Keeps Waits'],
    ['the second leaves the page', `select _noetl.withdraw('load', '{"shop": "b"}')`, 'Keeps Keeps'],
  ];
  test('the same alerts are pending, firing and resolved, with the same labels, annotations and values', async () => {
    for (const [title, change, names] of steps) {
      await db.rows(change);
      const expected = names.split(' ');
      await expect.poll(async () => (await theirs()).map(({ labels }) => labels['alertname']), { message: `theirs, when ${title}` }).toEqual(expected);
      const alerts = await ours();
      await expect.poll(theirs, { message: title }).toEqual(alerts); // values may come an evaluation later than names
    }
  });
});

/** Without the labels that Prometheus adds to what it scrapes. */
function plain(alerts: readonly Alert[]): Alert[] {
  return alerts
    .map(({ state, labels: { job: _, instance: __, ...labels }, annotations, value }) => ({ state, labels, annotations, value }))
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function key({ labels }: Alert): string {
  return `${labels['alertname'] ?? ''} ${labels['shop'] ?? ''}`;
}
