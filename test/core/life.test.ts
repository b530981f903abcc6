import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

const page = async (): Promise<string[]> =>
  (await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('a family that is full', () => {
  const counted = 'noetl_series_rejected_total{metric="jobs_total"}';

  it('rejects new series only: their samples are dropped and counted, and the transaction goes on', async () => {
    await db.pool.query(`select noetl.declare_metric('jobs_total', 'counter', max_series => 2)`);
    await db.pool.query(`select noetl.inc('jobs_total', '{"q": "a"}'), noetl.inc('jobs_total', '{"q": "b"}')`);
    await db.pool.query('select noetl.fold()');

    await db.pool.query(`
      begin;
      select noetl.inc('jobs_total', '{"q": "c"}'), noetl.inc('jobs_total', '{"q": "c"}'), noetl.inc('jobs_total', '{"q": "a"}');
      insert into noetl.metric (metric_name, metric_type, metric_value, labels) values ('jobs_total', 'counter', 9, '{"q": "d"}');
      create table committed ();
      commit`);
    const shown = ['jobs_total{q="a"} 2', 'jobs_total{q="b"} 1'];
    expect(await page()).toEqual(shown);

    await db.pool.query('select noetl.fold()');
    expect(await page()).toEqual([...shown, `${counted} 3`]);
    expect(await db.value(`select count(*)::int from noetl.metric where labels = '{"q": "d"}'`)).toBe(0);
    expect(await db.value(`select to_regclass('committed') is not null`)).toBe(true);
  });

  it('takes new series again when its limit is raised', async () => {
    await db.pool.query(`select noetl.declare_metric('jobs_total', 'counter', max_series => 1)`);
    await db.pool.query(`select noetl.inc('jobs_total', '{"q": "a"}'), noetl.inc('jobs_total', '{"q": "b"}')`);
    await db.pool.query('select noetl.fold()');
    await db.pool.query(`select noetl.declare_metric('jobs_total', 'counter', max_series => 2)`);
    await db.pool.query(`select noetl.inc('jobs_total', '{"q": "b"}', 5)`);

    const [a, b, rejected] = await page();
    expect([...(a ?? '').matchAll(/ 1$/g)].length + [...(b ?? '').matchAll(/ 5$/g)].length).toBeGreaterThan(0);
    expect(rejected).toBe(`${counted} 1`);
  });
});

describe('two transactions that bring one new name with two types', () => {
  it('both commit; the first sight wins and what the other brought is dropped and counted', async () => {
    const [one, two] = [await db.session(), await db.session()];
    await one.query('begin');
    await two.query('begin');
    await one.query(`select noetl.inc('thing_total')`);
    await two.query(`select noetl.set('thing_total', 7)`);
    await two.query('commit');
    await one.query('commit');

    expect(await page()).toEqual(['thing_total 1']);
    await db.pool.query('select noetl.fold()');
    expect(await page()).toEqual(['noetl_series_rejected_total{metric="thing_total"} 1', 'thing_total 1']);
  });
});

describe('deleting a component', () => {
  it('deletes its samples and series, and its name can come back', async () => {
    const id = await db.value(`select noetl.use_component('w', 'worker_pool')`);
    await db.pool.query(
      `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value) values ($1, 'depth', 'gauge', 1), (0, 'depth', 'gauge', 2)`,
      [id],
    );
    await db.pool.query('select noetl.fold()');
    await db.pool.query('delete from noetl.runtime where runtime_id = $1', [id]);

    expect(await db.rows('select runtime_id::int, metric_value from noetl.metric')).toEqual([{ runtime_id: 0, metric_value: 2 }]);
    expect(await page()).toEqual(['depth 2']);
    expect(await db.value(`select noetl.register_runtime('w', 'worker_pool') <> $1`, [id])).toBe(true);
  });

  it('waits for a transaction that is storing samples of it, and takes those too', async () => {
    const id = await db.value(`select noetl.register_runtime('w', 'worker_pool')`);
    const insert = `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value) values (${String(id)}, 'depth', 'gauge', 1)`;
    await db.pool.query(insert);
    await db.pool.query('select noetl.fold()');
    const [writer, deleter] = [await db.session(), await db.session()];
    await writer.query('begin');
    await writer.query(insert);
    const deleted = deleter.query('delete from noetl.runtime where runtime_id = $1', [id]);
    await expect.poll(async () => db.value(`select count(*)::int from pg_stat_activity where query like 'delete from noetl.runtime%' and state = 'active'`)).toBe(1);
    await writer.query('commit');
    await deleted;

    expect(await db.value('select count(*)::int from noetl.metric')).toBe(0);
    expect((await db.refusal(insert)).message).toBe(`runtime_id: there is no component ${String(id)}`);
  });

  it('cannot delete the default component', async () => {
    expect((await db.refusal('delete from noetl.runtime where runtime_id = 0')).message).toBe(
      'runtime_id: the default component 0 cannot be deleted',
    );
  });
});

describe('metadata', () => {
  it('stays with the sample and makes no series', async () => {
    await db.pool.query(`
      insert into noetl.metric (metric_name, metric_type, metric_value, metadata)
      select 'depth', 'gauge', n, jsonb_build_object('job_id', n) from generate_series(1, 3) as n`);

    expect(await page()).toEqual(['depth 3']);
    expect(await db.rows('select metadata from noetl.metric order by metric_id')).toEqual([1, 2, 3].map((job_id) => ({ metadata: { job_id } })));
  });

  it('with a trace_id is the exemplar of a bucket and of a counter, in OpenMetrics alone', async () => {
    await db.pool.query(`
      select noetl.declare_metric('wait_seconds', 'histogram', buckets => '{1, 10}'),
        noetl.observe('wait_seconds', 5, metadata => '{"trace_id": "abc", "span_id": "def"}'),
        noetl.inc('jobs_total', metadata => '{"trace_id": "xyz"}'),
        noetl.inc('calls_total', metadata => '{"exemplar_labels": {"user": "a\\"b", "no-label": "x", "__no": "x", "none": "", "n": 1}}'),
        noetl.set('level', 1, metadata => '{"trace_id": "of a gauge"}')`);
    for (const state of ['not folded', 'folded']) {
      const lines = (await db.value<string>('select noetl.openmetrics_text()')).split('\n').map((line) => line.replace(/ [\d.]+$/, ' <at>'));
      expect({ state, lines: lines.filter((line) => line.includes(' # ')) }).toEqual({
        state,
        lines: [String.raw`calls_total 1 # {n="1",user="a\"b"} 1 <at>`, 'jobs_total 1 # {trace_id="xyz"} 1 <at>', 'wait_seconds_bucket{le="10.0"} 1 # {span_id="def",trace_id="abc"} 5 <at>'],
      });
      expect((await page()).filter((line) => line.includes('trace'))).toEqual([]);
      await db.pool.query('select noetl.fold()');
    }
  });

  it('of several samples makes the latest the exemplar, in the order of their timestamps, also beyond every bound', async () => {
    await db.pool.query(`select noetl.declare_metric('wait_seconds', 'histogram', buckets => '{1, 10}')`);
    await db.pool.query(`
      insert into noetl.metric (metric_name, metric_type, metric_value, labels, "timestamp", metadata)
      select m.name, m.type, m.value, m.labels, now() - make_interval(secs => m.age), jsonb_build_object('trace_id', m.trace_id)
      from (values
        ('calls_total', 'counter', 2, '{}'::jsonb, 9, 'later'), ('calls_total', 'counter', 1, '{}', 10, 'earlier'),
        ('wait_seconds', 'histogram', 50, '{}', 1, 'later'), ('wait_seconds', 'histogram', 60, '{}', 2, 'earlier'),
        ('wait_seconds', 'histogram', 70, '{"q": "b"}', 3, 'of another')
      ) as m (name, type, value, labels, age, trace_id)`);
    for (const state of ['not folded', 'folded']) {
      const lines = (await db.value<string>('select noetl.openmetrics_text()')).split('\n').map((line) => line.replace(/ [\d.]+$/, ' <at>'));
      expect({ state, lines: lines.filter((line) => line.includes(' # ')) }).toEqual({
        state,
        lines: [
          'calls_total 2 # {trace_id="later"} 2 <at>',
          'wait_seconds_bucket{le="+Inf"} 2 # {trace_id="later"} 50 <at>',
          'wait_seconds_bucket{q="b",le="+Inf"} 1 # {trace_id="of another"} 70 <at>',
        ],
      });
      await db.pool.query('select noetl.fold()');
    }
  });
});

describe('a histogram', () => {
  it('fed the same observations as prom-client shows the same buckets', async () => {
    // not -1: prom-client counts what is beyond all bounds under that key
    const bounds = [-2, 0, 0.005, 0.1, 1, 2.5, 1e6];
    const values = [-5, -1, -0.5, 0, 0.005, 0.0050001, 0.1, 1, 2.5, 2.5000001, 1e6, 1e7, 1e300, 5e-324];
    const register = new Registry();
    const histogram = new Histogram({ name: 'x', help: 'No help text.', buckets: bounds, registers: [register] });
    for (const value of values) histogram.observe(value);
    await db.pool.query(`select noetl.declare_metric('x', 'histogram', buckets => $1)`, [bounds]);
    await db.pool.query(`select noetl.observe('x', v) from unnest($1::float8[]) as v`, [values]);

    const expected = (await register.metrics())
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.replace(/le="(-?\d+)"/, 'le="$1.0"').replace('1000000.0', '1e+06'));
    expect(await page()).toEqual(expected);
    await db.pool.query('select noetl.fold()');
    expect(await page()).toEqual(expected);
  });

  it('given new bounds keeps every count', async () => {
    await db.pool.query(`select noetl.declare_metric('x', 'histogram', buckets => '{1, 2, 5}')`);
    await db.pool.query(`select noetl.observe('x', v) from unnest('{0.5, 1.5, 4, 9}'::float8[]) as v`);
    await db.pool.query(`select noetl.declare_metric('x', 'histogram', buckets => '{2, 3, 10}')`);
    await db.pool.query(`select noetl.observe('x', 2.5)`);

    expect(await page()).toEqual([
      'x_bucket{le="2.0"} 2', 'x_bucket{le="3.0"} 3', 'x_bucket{le="10.0"} 4', 'x_bucket{le="+Inf"} 5', 'x_sum 17.5', 'x_count 5',
    ]);
  });

  it('suggests bounds from what it observed', async () => {
    await db.pool.query(`select noetl.observe('x', v) from generate_series(1, 1000) as v`);

    const suggested = await db.value<number[]>(`select noetl.suggested_buckets('x')`);
    const quantiles = [50, 100, 250, 500, 750, 900, 950, 990, 999, 1000];
    expect(suggested.length).toBeGreaterThan(6);
    for (const bound of suggested) {
      // each is a quantile within 1 %, rounded up to two digits
      expect(quantiles.some((value) => bound >= value * 0.99 && bound <= value * 1.11)).toBe(true);
    }
    expect(await db.value(`select noetl.suggested_buckets('nothing')`)).toBeNull();
  });
});

describe('a summary', () => {
  it('shows quantiles of its observations within 1 %', async () => {
    await db.pool.query(`select noetl.declare_metric('x', 'summary', quantiles => '{0.5, 0.99}')`);
    await db.pool.query(`select noetl.observe('x', v) from generate_series(1, 1000) as v`);

    const shown = Object.fromEntries((await page()).map((line) => line.split(' ') as [string, string]));
    expect(shown['x_count']).toBe('1000');
    expect(shown['x_sum']).toBe('500500');
    expect(Math.abs(Number(shown['x{quantile="0.5"}']) / 500 - 1)).toBeLessThan(0.01);
    expect(Math.abs(Number(shown['x{quantile="0.99"}']) / 990 - 1)).toBeLessThan(0.01);
  });
});

describe('huge values', () => {
  it('cannot take the page away', async () => {
    for (const statement of [
      `select noetl.inc('a_total', '{}', 1.7e308)`,
      `select noetl.inc('a_total', '{}', 1e300)`,
      `select noetl.inc('a_total', '{}', 1e300)`,
      `select noetl.observe('x', 1.79e308)`,
      `select noetl.observe('x', 1e300, metric_type => 'summary')`,
      `insert into noetl.metric (metric_name, metric_type, metric_value) values ('h', 'histogram', 1.7e308)`,
      `insert into noetl.metric (metric_name, metric_type, metric_value) values ('s_sum', 'histogram', 1.7e308)`,
      `insert into noetl.metric (metric_name, metric_type, metric_value) values ('s_count', 'histogram', 1e308)`,
      `select noetl.declare_metric('g', 'gauge', per_component => false, aggregate => 'sum')`,
      `select noetl.set('g', 1.7e308, '{}', noetl.register_runtime('c' || n, 'x')) from generate_series(1, 2) as n`,
    ]) {
      await db.pool.query(statement).catch(() => {});
    }
    const shown = await page();
    expect(shown).toContain('a_total 2e+300');
    expect(shown).toContain('g +Inf');
    await db.pool.query('select noetl.fold()');
    expect(await page()).toEqual(shown);
  });
});
