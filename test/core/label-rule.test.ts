import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

const page = async (pattern: RegExp): Promise<string[]> =>
  (await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => pattern.test(line)).toSorted();

describe('a rule for labels', () => {
  it('renames, replaces, drops and keeps labels of what is counted, reported and collected, before the fold and after it', async () => {
    await db.rows(`
      select noetl.add_label_rule('no pods', 'web_.*', 'drop', 'pod|node');
      select noetl.add_label_rule('paths', 'web_visits_total', 'replace', 'path', '/user/.*', '/user/:id');
      select noetl.add_label_rule('no query', 'web_visits_total', 'replace', 'path', '([^?]*)[?].*', '\\1');
      select noetl.add_label_rule('code', 'web_visits_total', 'rename', 'status', replacement => 'code');
      select noetl.add_label_rule('only shop', 'stock', 'keep', 'shop');
      select noetl.inc('web_visits_total', jsonb_build_object('pod', 'p' || i, 'path', '/user/' || i, 'status', 200)) from generate_series(1, 5) as i;
      select noetl.inc('web_visits_total', '{"path": "/a?b=c", "status": "404"}');
      select noetl.observe('web_seconds', 0.2, '{"node": "n1", "le_class": "x"}');
      insert into noetl.metric (metric_name, metric_type, metric_value, labels) values ('stock', 'gauge', 5, '{"shop": "a", "batch": "77"}')`);
    const seen = [
      'stock{shop="a"} 5',
      'web_seconds_count{le_class="x"} 1',
      'web_seconds_sum{le_class="x"} 0.2',
      'web_visits_total{code="200",path="/user/:id"} 5',
      'web_visits_total{code="404",path="/a"} 1',
    ];
    expect(await page(/^(stock|web_visits_total|web_seconds_(sum|count))\b/)).toEqual(seen);
    await db.rows('select noetl.fold()');
    expect(await page(/^(stock|web_visits_total|web_seconds_(sum|count))\b/)).toEqual(seen);
    // what is known by now is not looked at again, and what is new is
    await db.rows(`select noetl.inc('web_visits_total', jsonb_build_object('pod', 'p' || i, 'path', '/user/' || i, 'status', 200)) from generate_series(5, 6) as i`);
    expect(await page(/^web_visits_total.*user/)).toEqual(['web_visits_total{code="200",path="/user/:id"} 7']);
    expect(await db.rows(`select label, series::int from noetl.cardinality where family = 'web_visits_total' and value in ('200', '/user/:id') order by 1`)).toEqual([
      { label: 'code', series: 1 }, { label: 'path', series: 1 },
    ]);
    await db.rows(`select noetl.add_collector('web_load', $$select 'p9' as pod, 'b' as zone, 3 as value$$)`);
    expect(await page(/^web_load/)).toEqual(['web_load{zone="b"} 3']);
  });

  it('drops series, or all but some, and nobody is told that they were refused', async () => {
    await db.rows(`
      select noetl.add_label_rule('no tests', 'orders_total', 'drop_series', 'zone', 'test.*');
      select noetl.add_label_rule('one shop', 'sales', 'keep_series', 'shop', 'a|b');
      select noetl.inc('orders_total', jsonb_build_object('zone', z)) from unnest('{test1,eu}'::text[]) as z;
      insert into noetl.metric (metric_name, metric_type, metric_value, labels) select 'sales', 'gauge', 1, jsonb_build_object('shop', s) from unnest('{a,b,c}'::text[]) as s`);
    const seen = ['orders_total{zone="eu"} 1', 'sales{shop="a"} 1', 'sales{shop="b"} 1'];
    expect(await page(/^(orders|sales)/)).toEqual(seen);
    await db.rows('select noetl.fold()');
    await db.rows('select noetl.fold()');
    expect(await page(/^(orders|sales)/)).toEqual(seen);
    expect(await page(/^noetl_series_rejected_total/)).toEqual([]);
    expect(await db.value(`select count(*)::int from noetl.metric where metric_name = 'sales'`)).toBe(2);
    expect([await db.value(`select noetl.drop_label_rule('no tests')`), await db.value(`select noetl.drop_label_rule('no tests')`)]).toEqual([true, false]);
    await db.rows(`select noetl.inc('orders_total', '{"zone": "test1"}')`);
    expect(await page(/^orders/)).toEqual(['orders_total{zone="eu"} 1', 'orders_total{zone="test1"} 1']);
  });

  it.each([
    [`'r', 'm', 'erase', 'a'`, 'action: must be rename, replace, drop, keep, drop_series or keep_series'],
    [`'r', 'm', 'replace', 'le', '.*', 'x'`, 'label: must be the name of a label, and neither le nor quantile'],
    [`'r', 'm', 'rename', 'a', replacement => '__b'`, 'replacement: must be the new name of the label'],
    [`'r', 'm', 'drop', 'a', replacement => 'b'`, 'replacement: drop takes none'],
    [`'r', '(', 'drop', 'a'`, 'invalid regular expression: parentheses () not balanced'],
  ])('%s is refused', async (given, message) => {
    expect((await db.refusal(`select noetl.add_label_rule(${given})`)).message).toBe(message);
  });
});
