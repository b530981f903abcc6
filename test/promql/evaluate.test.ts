import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

// One sample a minute from 10:00:00 on; a blank is none, "stale" ends the series.
const series: readonly (readonly [name: string, labels: Record<string, string>, values: string])[] = [
  ['orders_total', { shop: 'a', method: 'get' }, '0 10 20 30 40 50 60 70 80 90 100'],
  ['orders_total', { shop: 'a', method: 'put' }, '0 20 40 60 80 5 25 45 65 85 105'],
  ['orders_total', { shop: 'b', method: 'get' }, '5 5 5 5 5 5 5 5 5 5 5'],
  ['errors_total', { shop: 'a', method: 'get' }, '0 1 2 3 4 5 6 7 8 9 10'],
  ['shop_info', { shop: 'a', town: 'Oslo' }, '1 1 1 1 1 1 1 1 1 1 1'],
  ['shop_info', { shop: 'b', town: 'Rome' }, '1 1 1 1 1 1 1 1 1 1 1'],
  ['level', { at: 'x' }, '1 -2 3 NaN 5 Inf 7 8 9 -4 2'],
  ['level', { at: 'y' }, '4 4 4 4 4 4 4 4 stale'],
  ['latency_bucket', { le: '0.1' }, '0 5 10 15 20 25 30 35 40 45 50'],
  ['latency_bucket', { le: '0.5' }, '0 8 16 24 32 40 48 56 64 72 80'],
  ['latency_bucket', { le: '+Inf' }, '0 10 20 30 40 50 60 70 80 90 100'],
  ['huge', { n: '1' }, '1.7e308'],
  ['huge', { n: '2' }, '1.7e308'],
];
const since = Date.parse('2026-03-01T10:00:00Z');
const minute = (n: number): string => new Date(since + n * 60_000).toISOString();

describe('an expression', () => {
  const db = useDatabase();

  beforeAll(async () => {
    const samples = series.flatMap(([name, labels, values]) =>
      values.split(' ').map((value, n) => ({ name, labels: JSON.stringify(labels), at: minute(n), value: value === 'stale' ? null : value })),
    );
    await db.rows('select noetl.import_samples($1, $2::jsonb[], $3::timestamptz[], $4::float8[])', [
      samples.map(({ name }) => name),
      samples.map(({ labels }) => labels),
      samples.map(({ at }) => at),
      samples.map(({ value }) => value),
    ]);
  });

  type Row = { labels: Record<string, string> | string; at: Date; value: number | null };
  const text = ({ labels }: Row): string =>
    typeof labels === 'string' ? JSON.stringify(labels) : Object.entries(labels).map((label) => label.join('=')).toSorted((x, y) => (x < y ? -1 : 1)).join(' ') || '{}';
  const number = (value: number | null): string => (value === null || !Number.isFinite(value) ? String(value) : String(Math.round(value * 1e6) / 1e6));
  const at = async (expression: string, n = 10): Promise<string[]> => {
    const rows = await db.rows<Row>('select labels, at, value from noetl.query($1, $2)', [expression, minute(n)]);
    return rows.map((row) => `${text(row)} ${number(row.value)}`);
  };
  const over = async (expression: string, from: number, to: number, step: string): Promise<string[]> => {
    const rows = await db.rows<Row>('select labels, at, value from noetl.query_range($1, $2, $3, $4)', [expression, minute(from), minute(to), step]);
    const lines = new Map<string, string>();
    for (const row of rows) lines.set(text(row), `${lines.get(text(row)) ?? text(row)} ${row.at.toISOString().slice(14, 19)} ${number(row.value)}`);
    return [...lines.values()];
  };

  it.each([
    ['orders_total{shop="b"}', ['__name__=orders_total method=get shop=b 5']],
    ['orders_total{shop="a"} offset 5m', ['__name__=orders_total method=get shop=a 50', '__name__=orders_total method=put shop=a 5']],
    ['sum by (shop) (orders_total @ 1772359320)', ['shop=a 60', 'shop=b 5']],
    ['level', ['__name__=level at=x 2']],
    ['rate(orders_total{shop="a"}[5m])', ['method=get shop=a 0.166667', 'method=put shop=a 0.333333']],
    ['increase(orders_total{method="put"}[10m])', ['method=put shop=a 183.333333']],
    ['delta(level{at="y"}[5m])', ['at=y 0']],
    ['irate(orders_total{method="put"}[5m])', ['method=put shop=a 0.333333']],
    ['resets(orders_total{shop="a"}[10m])', ['method=get shop=a 0', 'method=put shop=a 1']],
    ['changes(level{at="x"}[10m])', ['at=x 9']],
    ['max_over_time(level{at="x"}[4m])', ['at=x 9']],
    ['max_over_time(level{at="x"}[10m])', ['at=x Infinity']],
    ['min_over_time(level{at="x"}[10m])', ['at=x -4']],
    ['avg_over_time(level{at="x"}[4m])', ['at=x 3.75']],
    ['stddev_over_time(level{at="x"}[4m])', ['at=x 5.214163']],
    ['quantile_over_time(0.5, level{at="x"}[4m])', ['at=x 5']],
    ['count_over_time(level[4m])', ['at=x 4', 'at=y 1']],
    ['deriv(orders_total{method="get",shop="a"}[10m])', ['method=get shop=a 0.166667']],
    ['predict_linear(orders_total{method="get",shop="a"}[10m], 3600)', ['method=get shop=a 700']],
    ['absent(nothing{a="1",b=~"2"})', ['a=1 1']],
    ['absent_over_time(level{at="x"}[5m])', []],
    ['max_over_time(rate(errors_total[2m])[6m:1m])', ['method=get shop=a 0.016667']],
    ['histogram_quantile(0.9, rate(latency_bucket[5m]))', ['{} 0.5']],
    ['histogram_quantile(0.5, latency_bucket)', ['{} 0.1']],
    ['histogram_fraction(0, 0.3, latency_bucket)', ['{} 0.65']],
    ['errors_total / ignoring() orders_total', ['method=get shop=a 0.1']],
    ['orders_total * on (shop) group_left (town) shop_info', [
      'method=get shop=a town=Oslo 100', 'method=get shop=b town=Rome 5', 'method=put shop=a town=Oslo 105']],
    ['orders_total > 50 unless errors_total', ['__name__=orders_total method=put shop=a 105']],
    ['orders_total{shop="b"} or errors_total', ['__name__=orders_total method=get shop=b 5', '__name__=errors_total method=get shop=a 10']],
    ['NaN == bool (level > 100)', []],
    ['errors_total > bool 3', ['method=get shop=a 1']],
    ['topk(2, orders_total)', ['__name__=orders_total method=put shop=a 105', '__name__=orders_total method=get shop=a 100']],
    ['bottomk(1, orders_total)', ['__name__=orders_total method=get shop=b 5']],
    ['quantile(0.5, orders_total)', ['{} 100']],
    ['count_values without (method) ("v", orders_total)', ['shop=a v=100 1', 'shop=a v=105 1', 'shop=b v=5 1']],
    ['stdvar(orders_total)', ['{} 2116.666667']],
    ['avg(huge) / 1e308', ['{} 1.7']],
    ['sum(huge)', ['{} Infinity']],
    ['label_replace(errors_total, "code", "$1-${1}", "method", "(.).*")', ['__name__=errors_total code=g-g method=get shop=a 10']],
    ['label_join(errors_total, "both", "/", "shop", "method")', ['__name__=errors_total both=a/get method=get shop=a 10']],
    ['sort_desc(orders_total)', ['__name__=orders_total method=put shop=a 105', '__name__=orders_total method=get shop=a 100', '__name__=orders_total method=get shop=b 5']],
    ['-orders_total{shop="b"} ^ 2', ['method=get shop=b -25']],
    ['orders_total{shop="b"} % -3', ['method=get shop=b 2']],
    ['1 / 0', ['{} Infinity']],
    ['-1e308 * 10', ['{} -Infinity']],
    ['scalar(level) + time() - 1772359800', ['{} 2']],
    ['minute(vector(1772359800 + 61)) + hour()', ['{} 21']],
    ['clamp(orders_total{shop="a"}, 0, 102)', ['method=get shop=a 100', 'method=put shop=a 102']],
    ['"a text"', ['"a text" null']],
  ])('%s gives what Prometheus gives', async (expression, expected) => {
    const answer = await at(expression, expression.startsWith('avg(huge') || expression.startsWith('sum(huge') ? 0 : 10);
    expect(/^(sort|topk|bottomk)/.test(expression) ? answer : answer.toSorted((x, y) => (x < y ? -1 : 1))).toEqual(/^(sort|topk|bottomk)/.test(expression) ? expected : expected.toSorted((x, y) => (x < y ? -1 : 1)));
  });

  it('has values on the steps of a range, sorted by labels', async () => {
    expect(await over('orders_total{shop="a"}', 0, 2, '30 seconds')).toEqual([
      '__name__=orders_total method=get shop=a 00:00 0 00:30 0 01:00 10 01:30 10 02:00 20',
      '__name__=orders_total method=put shop=a 00:00 0 00:30 0 01:00 20 01:30 20 02:00 40',
    ]);
    expect(await over('level{at="y"}', 6, 9, '1 minute')).toEqual(['__name__=level at=y 06:00 4 07:00 4']);
    expect(await over('sum(rate(orders_total[2m])) > 0.4', 2, 10, '2 minutes')).toEqual(['{} 02:00 0.5 04:00 0.5 08:00 0.5 10:00 0.5']);
    expect(await over('time() - 1772359200', 0, 2, '1 minute')).toEqual(['{} 00:00 0 01:00 60 02:00 120']);
  });

  it('is evaluated for hundreds of steps as for one', async () => {
    const [{ steps, wrong }] = (await db.rows(
      `select count(*)::int as steps, count(*) filter (where r.value is distinct from (select i.value from noetl.query($1, r.at) as i))::int as wrong
       from (select *, row_number() over () as n from noetl.query_range($1, $2, $3, '1 second')) as r where r.n % 20 = 0`,
      ['sum(rate(orders_total[2m]))', minute(1), minute(11)],
    )) as [{ steps: number; wrong: number }];
    expect({ steps, wrong }).toEqual({ steps: 30, wrong: 0 });
  });

  it.each([
    ['orders_total + on (shop) shop_info', 'NP002', 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'],
    ['shop_info * on (shop) orders_total', 'NP002',
      'found duplicate series for the match group {shop="a"} on the right hand-side of the operation: [{__name__="orders_total", method="get", shop="a"}, {__name__="orders_total", method="put", shop="a"}];many-to-many matching not allowed: matching labels must be unique on one side'],
    ['shop_info * on (shop) group_right (town) orders_total * on () group_left shop_info', 'NP002',
      'found duplicate series for the match group {} on the right hand-side of the operation: [{__name__="shop_info", shop="a", town="Oslo"}, {__name__="shop_info", shop="b", town="Rome"}];many-to-many matching not allowed: matching labels must be unique on one side'],
    ['label_replace(orders_total, "method", "x", "method", ".*")', 'NP002', 'vector cannot contain metrics with the same labelset'],
    ['rate({shop="a", method="get"}[5m])', 'NP002', 'vector cannot contain metrics with the same labelset'],
    ['label_replace(level, "a", "", "b", "(")', 'NP002', 'invalid regular expression in label_replace(): ('],
    ['topk(NaN, level) or topk(2, level)', 'NP002', 'Parameter value is NaN'],
    ['level +', 'NP001', '1:8: parse error: unexpected end of input'],
  ])('%s is an error in Prometheus\' words', async (expression, code, message) => {
    expect(await db.refusal('select * from noetl.query($1, $2)', [expression, minute(10)])).toMatchObject({ code, message });
  });

  it('warns and informs, with the position', async () => {
    const client = await db.session();
    const heard: unknown[] = [];
    client.on('notice', ({ severity, message }) => heard.push([severity, message]));
    await client.query('select * from noetl.query($1, $2)', ['quantile(2,\n level) + on () sum(rate(level[2m]))', minute(2)]);
    expect(heard).toEqual([
      ['WARNING', 'PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)'],
      ['NOTICE', 'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "level" (2:26)'],
    ]);
  });

  it('is bounded in steps, samples and time', async () => {
    const refused = async (...given: unknown[]): Promise<unknown> => db.refusal('select * from noetl.query_range($1, $2, $3, $4)', given);
    expect(await refused('1', minute(0), minute(200), '1 second')).toMatchObject({
      code: 'NP001',
      message: 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    });
    await db.rows(`select noetl.set_setting('query_samples', '50')`);
    expect(await refused('orders_total + level', minute(0), minute(10), '1 minute')).toMatchObject({
      code: 'NP002',
      message: 'query processing would load too many samples into memory in query execution',
    });
    expect(await refused('max_over_time(vector(1)[1y:1s])', minute(0), minute(10), '1 minute')).toMatchObject({ code: 'NP002' });
    await db.rows(`select noetl.reset_setting('query_samples'), noetl.set_setting('query_timeout', '1 microsecond')`);
    expect(await refused('level', minute(0), minute(10), '1 minute')).toMatchObject({
      code: 'NP003',
      message: 'query timed out in expression evaluation',
    });
    await db.rows(`select noetl.reset_setting('query_timeout')`);
  });

  it('is answered in a read-only transaction', async () => {
    const client = await db.session();
    await client.query('begin read only');
    expect((await client.query('select * from noetl.query($1, $2)', ['sum(level)', minute(10)])).rows).toMatchObject([{ labels: {}, value: 2 }]);
    await client.query('rollback');
  });
});
