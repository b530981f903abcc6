import { describe, expect, it } from 'vitest';
import { useDatabase, type TestDatabase } from '../support/database.ts';
import { cases, step } from './cases.ts';

/** Where every test's time begins; each has a database of its own. */
const start = Date.parse('2026-03-02T10:00:00Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

/** One series, {name: values in promtool's notation}: `_` is no sample, `1+2x3` is 1 3 5 7, `1x3` is 1 1 1 1. */
async function load(db: TestDatabase, series: Readonly<Record<string, string>>): Promise<number> {
  let longest = 0;
  for (const [line, notation] of Object.entries(series)) {
    const values = notation.split(/\s+/).flatMap((token) => {
      const [, first, change = '0', times = '0'] = /^(_|-?[\d.]+)(?:([+-][\d.]+)?x(\d+))?$/.exec(token) ?? [];
      if (first === undefined) throw new Error(`${token} is no value`);
      return Array.from({ length: Number(times) + 1 }, (_, n) => (first === '_' ? undefined : Number(first) + n * Number(change)));
    });
    const [, name, pairs = ''] = /^([^{]+)(?:\{(.*)\})?$/.exec(line) ?? [];
    const labels = Object.fromEntries([...pairs.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => [label, value]));
    // a moment is given from the beginning on, which is 0 for promtool
    const origin = name?.endsWith('_timestamp_seconds') === true ? start / 1000 : 0;
    const samples = values.flatMap((value, n) => (value === undefined ? [] : [{ at: at(n * step), value: origin + value }]));
    await db.rows('select noetl.import_samples(array_fill($1::text, array[cardinality($3::timestamptz[])]), array_fill($2::jsonb, array[cardinality($3)]), $3, $4)', [
      name, JSON.stringify(labels), samples.map((sample) => sample.at), samples.map((sample) => sample.value),
    ]);
    longest = Math.max(longest, values.length);
  }
  return longest;
}

/** Evaluates all rules each `step` seconds, from the first of so many steps on. */
const evaluate = async (db: TestDatabase, steps: number, from = 0): Promise<unknown> =>
  db.rows(`select noetl.evaluate_rules($1::timestamptz + s * $2 * interval '1 second') from generate_series($3::integer, $4) as s`, [at(0), step, from, from + steps - 1]);

interface Event {
  second: number;
  state: string;
}
const history = async (db: TestDatabase, name: string): Promise<Event[]> =>
  db.rows<Event & Record<string, unknown>>(
    `select extract(epoch from at - $1::timestamptz)::integer as second, state from noetl.alert_history where name = $2 order by at, labels`, [at(0), name]);
const only = async (db: TestDatabase, ...names: string[]): Promise<unknown> =>
  db.rows('select noetl.set_alert_rule(name, enabled => name = any ($1)) from noetl.alert_rule', [names]);

describe('a delivered rule', () => {
  const db = useDatabase({ per: 'test' });

  // of the many that only compare a line with a number, promtool's judgement of the same cases is enough
  const judged = /^(?!Postgres)|^Postgres(ConnectionsNearLimit|WraparoundNear|Deadlocks)$/;
  for (const { alert, title, series, fires, quietFrom = 0, labels, summary } of cases.filter((each) => judged.test(each.alert))) {
    it(`${alert} fires ${title}`, async () => {
      await only(db, alert);
      await evaluate(db, await load(db, series));
      const fired = (await history(db, alert)).find(({ state, second }) => state === 'firing' && second >= quietFrom);
      expect(fired?.second).toBe(fires);
      if (fires === undefined) return;
      const [event] = await db.rows<{ labels: object; annotations: { summary: string } }>(
        `select labels, annotations from noetl.alert_history where name = $1 and state = 'firing' and at = $2`, [alert, at(fires)]);
      const own = await db.value<object>('select labels from noetl.alert_rule where name = $1', [alert]);
      expect(event).toMatchObject({ labels: { ...own, ...labels, alertname: alert }, annotations: { summary } });
      expect(await db.value(`select count(*) from _noetl.rule_state where error is not null`)).toBe('0');
    });
  }
});

describe('an alert', () => {
  const db = useDatabase({ per: 'test' });

  it('is pending, fires after its time, and is resolved when its expression is empty', async () => {
    await only(db);
    await load(db, { 'm{a="1"}': '0x3 5x10 0x20', 'm{a="2"}': '0x5 7x1 0x26' });
    await db.rows(`select noetl.set_alert_rule('High', 'm > 1', '1 minute', '{"severity": "page", "team": "{{ $labels.a }}"}', '{"summary": "{{ $value }}"}')`);
    await evaluate(db, 6);
    expect(await db.rows(`select name, state, value, labels from noetl.alert`)).toEqual([
      { name: 'High', state: 'pending', value: 5, labels: { alertname: 'High', a: '1', severity: 'page', team: '1' } },
    ]);
    await evaluate(db, 3, 6);
    expect(await db.rows(`select state, since, fired_at, value, labels ->> 'a' as a, annotations from noetl.alert order by labels`)).toEqual([
      { state: 'firing', since: new Date(at(60)), fired_at: new Date(at(120)), value: 5, a: '1', annotations: { summary: '5' } },
    ]);
    await evaluate(db, 15, 9);
    expect(await db.rows(`select name from noetl.alert`)).toEqual([]);
    expect(await db.rows(
      `select extract(epoch from at - $1::timestamptz)::integer as second, state, labels ->> 'a' as a from noetl.alert_history order by at, a`, [at(0)])).toEqual([
      { second: 60, state: 'pending', a: '1' }, { second: 90, state: 'pending', a: '2' }, { second: 120, state: 'firing', a: '1' },
      { second: 120, state: 'inactive', a: '2' }, { second: 225, state: 'resolved', a: '1' },
    ]);
  });

  it('is in the archive as ALERTS and ALERTS_FOR_STATE, as long as it lasts', async () => {
    await only(db);
    await load(db, { m: '5x7 0x4' });
    await db.rows(`select noetl.set_alert_rule('High', 'm > 1', '30 seconds')`);
    await evaluate(db, 10);
    expect(await db.rows(
      `select extract(epoch from at - $1::timestamptz)::integer as second, labels, value from noetl.query_range('{__name__=~"ALERTS.*"}', $1, $1::timestamptz + interval '150 seconds', '15 seconds') order by labels ->> '__name__', labels ->> 'alertstate' desc, at`, [at(0)])).toEqual([
      ...[0, 15].map((second) => ({ second, value: 1, labels: { __name__: 'ALERTS', alertname: 'High', alertstate: 'pending', severity: 'warning' } })),
      ...[30, 45, 60, 75, 90, 105].map((second) => ({ second, value: 1, labels: { __name__: 'ALERTS', alertname: 'High', alertstate: 'firing', severity: 'warning' } })),
      ...[0, 15, 30, 45, 60, 75, 90, 105].map((second) => ({ second, value: start / 1000, labels: { __name__: 'ALERTS_FOR_STATE', alertname: 'High', severity: 'warning' } })),
    ]);
  });

  it('is on the page, and off it when it is over', async () => {
    await only(db);
    await load(db, { m: '5x3 0x4' });
    await db.rows(`select noetl.set_alert_rule('High', 'm > 1')`);
    await evaluate(db, 2);
    const page = async (): Promise<string[]> => (await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => line.startsWith('ALERTS'));
    expect(await page()).toEqual(['ALERTS{alertname="High",alertstate="firing",severity="warning"} 1', `ALERTS_FOR_STATE{alertname="High",severity="warning"} ${start / 1000}`]);
    await evaluate(db, 4, 2);
    expect(await page()).toEqual([]);
  });

  it('goes on firing for as long as it is to', async () => {
    await only(db);
    await load(db, { m: '5x3 0x3 5 0x20' });
    await db.rows(`select noetl.set_alert_rule('High', 'm > 1', keep_firing_for => '1 minute')`);
    await evaluate(db, 24);
    // gone at 60 s, back at 120 s just in time, and gone again at 135 s
    expect(await history(db, 'High')).toEqual([{ second: 0, state: 'firing' }, { second: 195, state: 'resolved' }]);
  });

  it('that is back after it was resolved is a new one', async () => {
    await only(db);
    await load(db, { m: '5 0 5 0' });
    await db.rows(`select noetl.set_alert_rule('High', 'm > 1')`);
    await evaluate(db, 3);
    expect(await db.rows('select since, state from noetl.alert')).toEqual([{ since: new Date(at(30)), state: 'firing' }]);
    expect((await history(db, 'High')).map(({ state }) => state)).toEqual(['firing', 'resolved', 'firing']);
  });

  it('is resolved when its rule goes', async () => {
    await only(db);
    await load(db, { m: '5x9' });
    await db.rows(`select noetl.set_alert_rule('High', 'm > 1')`);
    await evaluate(db, 2);
    await db.rows(`select noetl.reset_alert_rule('High')`);
    await evaluate(db, 2, 2);
    expect(await history(db, 'High')).toEqual([{ second: 0, state: 'firing' }, { second: 30, state: 'resolved' }]);
    expect(await db.rows(`select * from noetl.query('ALERTS', $1)`, [at(45)])).toEqual([]);
  });
});

describe('rules', () => {
  const db = useDatabase({ per: 'test' });

  it('of one group see what those before them recorded', async () => {
    await only(db);
    await load(db, { 'm{a="1"}': '1+1x20', 'm{a="2"}': '10+1x20' });
    await db.rows(`select noetl.set_recording_rule('m:sum', 'sum(m)', '{"of": "all"}')`);
    await db.rows(`select noetl.set_recording_rule('m:twice', '2 * m:sum')`);
    await evaluate(db, 3);
    expect(await db.rows(`select labels, value from noetl.query('{__name__=~"m:.*"}', $1) order by value`, [at(30)])).toEqual([
      { labels: { __name__: 'm:sum', of: 'all' }, value: 15 }, { labels: { __name__: 'm:twice', of: 'all' }, value: 30 },
    ]);
    expect((await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => line.startsWith('m:'))).toEqual(['m:sum{of="all"} 15', 'm:twice{of="all"} 30']);
  });

  it('that fail say so, change nothing, and hinder no other', async () => {
    await only(db);
    await load(db, { 'm{a="1"}': '5x9', 'm{a="2"}': '5x9', n: '1x9' });
    await db.rows(`select noetl.set_alert_rule('Broken', 'n * on () m > 1')`);
    await db.rows(`select noetl.set_alert_rule('Same', 'm > 1', labels => '{"a": ""}')`);
    await db.rows(`select noetl.set_alert_rule('Good', 'n > 0')`);
    expect(await db.value(`select noetl.evaluate_rules($1)`, [at(0)])).toBe(3);
    expect(await db.rows('select name from noetl.alert')).toEqual([{ name: 'Good' }]);
    expect(await db.rows(`select rule, substring(error from 'many-to-many|^vector.*') as error, failures from _noetl.rule_state order by rule`)).toEqual([
      { rule: 'alert:Broken', failures: '1', error: 'many-to-many' },
      { rule: 'alert:Good', failures: '0', error: null },
      { rule: 'alert:Same', failures: '1', error: 'vector contains metrics with the same labelset after applying alert labels' },
    ]);
  });

  it('are evaluated once for a time, however many servers ask', async () => {
    await only(db);
    await load(db, { m: '5x9' });
    await db.rows(`select noetl.set_alert_rule('High', 'm > 1')`);
    const evaluated = await Promise.all(Array.from({ length: 6 }, async () => db.value<number>(`select noetl.evaluate_rules($1)`, [at(0)])));
    expect(evaluated.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(await history(db, 'High')).toEqual([{ second: 0, state: 'firing' }]);
  });

  it('of a group with an interval wait for it', async () => {
    await only(db);
    await load(db, { m: '1+1x20' });
    await db.rows(`select noetl.set_recording_rule('m:copy', 'm', every => '1 minute')`);
    await evaluate(db, 9);
    expect(await db.rows(`select extract(epoch from at - $1::timestamptz)::integer as second, value from noetl.query('m:copy[3m]', $2) order by at`, [at(0), at(120)])).toEqual([
      { second: 0, value: 1 }, { second: 60, value: 5 }, { second: 120, value: 9 },
    ]);
  });

  it.each([
    [`set_recording_rule('a b', 'm')`, 'name: must be letters, digits, underscores and colons, and must not begin with a digit'],
    [`set_recording_rule('ALERTS', 'm')`, 'name: is kept for alerts'],
    [`set_recording_rule('r', 'sum(')`, 'expression: 1:5: parse error: unclosed left parenthesis'],
    [`set_recording_rule('r', 'm[5m]')`, 'expression: must give an instant vector or a scalar, this gives a matrix'],
    [`set_recording_rule('r', 'm', '{"a": "{{ nothing }}"}')`, 'labels: a: function "nothing" is not supported'],
    [`set_recording_rule('r', 'm', every => '1 millisecond')`, 'every: must be a second or more'],
    [`set_alert_rule('A', 'm >')`, 'expression: 1:4: parse error: unexpected end of input'],
    [`set_alert_rule('A', 'm', keep_firing_for => '-1 s')`, 'keep_firing_for: must not be negative'],
    [`set_alert_rule('A', 'm', annotations => '{"summary": "{{ if $value }}"}')`, 'annotations: summary: unexpected EOF: an {{if}} has no {{end}}'],
    [`drop_recording_rule('none')`, 'name: there is no recording rule "none" with these labels'],
  ])('are refused as %s, and says why', async (call, message) => {
    expect(await db.refusal(`select noetl.${call}`)).toMatchObject({ code: '22023', message });
  });

  it('do not take the name of a metric that is reported', async () => {
    await db.rows(`select noetl.inc('orders_total')`);
    expect(await db.refusal(`select noetl.set_recording_rule('orders_total', 'm')`)).toMatchObject({ message: 'name: orders_total is a metric that is reported' });
  });
});
