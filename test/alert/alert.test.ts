import { describe, expect, it } from 'vitest';
import { useDatabase, type TestDatabase } from '../support/database.ts';
import { needing, promtool } from '../support/tools.ts';
import { cases, hour, step } from './cases.ts';
import { judged } from './promtool.ts';

interface Rule {
  name: string;
  preset: string;
  expression: string;
  for: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

const test = needing(promtool);

const yamlOf = async (db: TestDatabase, preset: string | null = null): Promise<string> => db.value('select noetl.alert_rules_yaml($1)', [preset]);
const ruleOf = async (db: TestDatabase, name: string): Promise<Rule> =>
  db.row<Rule & Record<string, unknown>>('select name, preset, expression, "for"::text, labels, annotations from noetl.alert_rule where name = $1', [name]);

describe('the alert rules', () => {
  const db = useDatabase();

  it('are those of the presets', async () => {
    expect(await db.rows(`select preset, name, expression, "for"::text, labels ->> 'severity' as severity from noetl.alert_rule where preset not in ('noetl', 'postgres') order by 1, 2`)).toEqual([
      { preset: 'hodei', name: 'HodeiNoHealthyWorkers', expression: 'hodei_workers_healthy == 0', for: '00:00:30', severity: 'critical' },
      { preset: 'hodei', name: 'HodeiQueueBacklog', expression: 'hodei_queue_size > 1000', for: '00:05:00', severity: 'warning' },
      {
        preset: 'hodei', name: 'HodeiSchedulingLatencyHigh', for: '00:02:00', severity: 'warning',
        expression: 'histogram_quantile(0.95, sum by (le) (rate(hodei_scheduling_latency_seconds_bucket[5m]))) > 0.1',
      },
      { preset: 'xyn', name: 'XynExpiredLeases', expression: 'xyn_running_with_expired_lease > 0', for: '00:02:00', severity: 'critical' },
      {
        preset: 'xyn', name: 'XynNoActiveWorkers', expression: 'xyn_running_with_active_lease == 0 and xyn_queue_ready_depth > 0',
        for: '00:05:00', severity: 'critical',
      },
      { preset: 'xyn', name: 'XynOldestRunWaiting', expression: 'xyn_queue_oldest_ready_seconds > 300', for: '00:05:00', severity: 'warning' },
      { preset: 'xyn', name: 'XynQueueBacklog', expression: 'xyn_queue_ready_depth > 100', for: '00:05:00', severity: 'warning' },
    ]);
  });

  it('watch only metrics that a preset declares, or the installation or the server has by itself', async () => {
    const known = new Set(
      (await db.rows<{ name: string }>('select name from noetl.preset_metric')).flatMap(({ name }) => [name, `${name}_bucket`]),
    );
    const collecting = await db.rows<{ name: string }>(
      `select m ->> 'name' as name from jsonb_path_query(_noetl.collector_family(), '$.*') as m
       union all select name from _noetl.queue_family(null)`,
    );
    const builtIn = await db.rows<{ name: string }>(`select m ->> 'name' as name from _noetl.collector_default as c, jsonb_path_query(c.metrics, '$.*') as m`);
    for (const { name } of [...collecting, ...builtIn]) known.add(name);
    for (const name of ['noetl_partition_coverage_ahead', 'noetl_collector_errors_total', 'up']) known.add(name);
    const rules = await db.rows<{ expression: string }>('select expression from noetl.alert_rule');
    const used = rules.flatMap(({ expression }) => expression.replaceAll(/\{[^}]*\}|by \([^)]*\)/g, '').match(/\b(?:up\b|(?:hodei|xyn|noetl)_\w+)/g) ?? []);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  it('each have a case below that fires', async () => {
    const rules = await db.rows<{ name: string }>('select name from noetl.alert_rule order by name');
    const fired = new Set(cases.filter(({ fires }) => fires !== undefined).map(({ alert }) => alert));
    expect([...fired].toSorted()).toEqual(rules.map(({ name }) => name));
  });

  test('are a file that promtool accepts, all together and each preset alone', async () => {
    const presets = { all: [null, 32], postgres: ['postgres', 17], hodei: ['hodei', 3], xyn: ['xyn', 4], noetl: ['noetl', 8] } as const;
    for (const [preset, rules] of Object.values(presets)) {
      const verdict = await judged(['check', 'rules', 'alerts.yml'], { 'alerts.yml': await yamlOf(db, preset) });
      expect(verdict).toEqual({ accepted: true, said: ['Checking alerts.yml', `SUCCESS: ${rules} rules found`] });
    }
    const none = await judged(['check', 'rules', 'alerts.yml'], { 'alerts.yml': await yamlOf(db, 'operations') });
    expect(none.said).toEqual(['Checking alerts.yml', 'SUCCESS: 0 rules found']);
  });

  for (const each of cases) {
    const { alert, title, series, fires, quietFrom = 0, labels, summary } = each;
    test(`${alert} fires ${title}`, async () => {
      const { labels: own, annotations } = await ruleOf(db, alert);
      const firing = { exp_labels: { ...own, ...labels }, exp_annotations: { ...annotations, summary } };
      const at = (seconds: number, alerts: object[]): object => ({ eval_time: `${seconds}s`, alertname: alert, exp_alerts: alerts });
      const quiet = Array.from({ length: ((fires ?? hour) - quietFrom) / step }, (_, n) => at(quietFrom + n * step, []));
      const unit = {
        rule_files: ['alerts.yml'],
        evaluation_interval: `${step}s`,
        tests: [
          {
            interval: `${step}s`,
            input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
            alert_rule_test: [...quiet, ...(fires === undefined ? [] : [at(fires, [firing])])],
          },
        ],
      };
      const verdict = await judged(['test', 'rules', 'test.json'], { 'alerts.yml': await yamlOf(db), 'test.json': JSON.stringify(unit) });
      expect(verdict).toEqual({ accepted: true, said: ['Unit Testing:  test.json', 'SUCCESS'] });
    });
  }
});

describe('changing an alert rule', () => {
  const db = useDatabase({ per: 'test' });

  it('changes what is said and leaves the rest, until it is reset', async () => {
    const before = await ruleOf(db, 'XynQueueBacklog');
    await db.rows(`select noetl.set_alert_rule('XynQueueBacklog', hold => '90 seconds')`);
    await db.rows(`select noetl.set_alert_rule('XynQueueBacklog', 'xyn_queue_ready_depth > 7', labels => '{"severity": "page", "team": "a"}')`);
    expect(await ruleOf(db, 'XynQueueBacklog')).toEqual({
      ...before, expression: 'xyn_queue_ready_depth > 7', for: '00:01:30', labels: { severity: 'page', team: 'a' },
    });
    await db.rows(`select noetl.reset_alert_rule('XynQueueBacklog')`);
    expect(await ruleOf(db, 'XynQueueBacklog')).toEqual(before);
  });

  it('leaves a disabled one out of the file', async () => {
    await db.rows(`select noetl.set_alert_rule('XynQueueBacklog', enabled => false)`);
    const text = await yamlOf(db, 'xyn');
    expect(text).not.toContain('XynQueueBacklog');
    expect(text).toContain('XynExpiredLeases');
  });

  it("adds one of one's own, which resetting removes", async () => {
    await db.rows(`select noetl.set_alert_rule('Mine', 'rate(orders_total[5m]) == 0', '1 hour 30 minutes')`);
    expect(await ruleOf(db, 'Mine')).toEqual({
      name: 'Mine', preset: 'own', expression: 'rate(orders_total[5m]) == 0', for: '01:30:00', labels: { severity: 'warning' }, annotations: {},
    });
    expect(await yamlOf(db, 'own')).toBe(
      [
        'groups:', '  - name: noetl-metrics-own', '    rules:', '      - alert: Mine',
        '        expr: "rate(orders_total[5m]) == 0"', '        for: 90m', '        labels:', '          severity: "warning"', '',
      ].join('\n'),
    );
    await db.rows(`select noetl.reset_alert_rule('Mine')`);
    expect(await yamlOf(db, 'own')).toBe('groups:\n  []\n');
  });

  test('keeps the file valid whatever stands in the texts', async () => {
    const odd = `: # {} [] & * ! | > ' " % @ \` \\ \\n {{ $value }}\r\n\t---\u007f\u0085\u009f\u2028\ufeff\uffff - ü 漢字 👩‍🚀`;
    await db.rows(`select noetl.set_alert_rule('Odd', $1, '250 milliseconds', $2, $3)`, [
      'm{a="x: # y\\\\z\\"q\\"\\n"} > 0', JSON.stringify({ a: odd }), JSON.stringify({ summary: odd, empty: '' }),
    ]);
    const verdict = await judged(['check', 'rules', 'alerts.yml'], { 'alerts.yml': await yamlOf(db, 'own') });
    expect(verdict).toEqual({ accepted: true, said: ['Checking alerts.yml', 'SUCCESS: 1 rules found'] });
  });

  it.each([
    [`'No Such'`, 'name: must be letters, digits and underscores, and must not begin with a digit'],
    [`'Unknown'`, 'name: there is no alert rule "Unknown", and a new one needs an expression'],
    [`null, 'up'`, 'name: must be letters, digits and underscores, and must not begin with a digit'],
    [`'A', ' '`, 'expression: 1:1: parse error: no expression found in input'],
    [`'A', 'up', '-1 minute'`, 'hold: must not be negative'],
    [`'A', 'up', labels => '[]'`, 'labels: must be an object'],
    [`'A', 'up', labels => '{"a-b": "c"}'`, 'labels: "a-b" is no label name'],
    [`'A', 'up', annotations => '{"a": 1}'`, 'annotations: the value of "a" must be a string'],
  ])('refuses (%s), and says why', async (call, message) => {
    expect(await db.refusal(`select noetl.set_alert_rule(${call})`)).toMatchObject({ code: '22023', message });
  });
});
