import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();

/** Ten minutes of scrapes, a minute apart, of a counter that restarts, a gauge and observations. */
beforeAll(async () => {
  await db.rows(`select noetl.declare_metric('wait_seconds', 'histogram', buckets => '{1, 2}')`);
  await db.rows(`select noetl.inc('orders_total', '{"shop": "a"}', 50), noetl.inc('orders_total', '{"shop": "b"}', 1), noetl.set('level', 1), noetl.observe('wait_seconds', 0.5)`);
  await db.rows(`select noetl.scrape('2026-03-02 12:00:30Z')`);
  for (let minute = 1; minute <= 9; minute += 1) {
    await db.rows(`select noetl.inc('orders_total', '{"shop": "a"}', $1), noetl.set('level', $1), noetl.observe('wait_seconds', 1.5)`, [minute]);
    await db.rows(`select noetl.scrape('2026-03-02 12:00:30Z'::timestamptz + $1 * interval '1 minute')`, [minute]);
  }
});

describe('noetl.metric_history()', () => {
  it('says what the samples of a gauge came to in each bucket', async () => {
    expect(
      await db.rows(`select to_char(bucket, 'MI') as minute, seconds, count::int, sum, min, max, avg, first, last, increase
        from noetl.metric_history('level', '2026-03-02 12:00Z', '2026-03-02 12:10Z', '5 minutes')`),
    ).toEqual([
      { minute: '00', seconds: 300, count: 5, sum: 11, min: 1, max: 4, avg: 2.2, first: 1, last: 4, increase: null },
      { minute: '05', seconds: 300, count: 5, sum: 35, min: 5, max: 9, avg: 7, first: 5, last: 9, increase: null },
    ]);
  });

  it('counts each increase of a running total in one bucket, the first one from zero', async () => {
    const increases = async (step: string): Promise<unknown[]> =>
      (await db.rows<{ increase: number }>(`select increase from noetl.metric_history('orders_total', '2026-03-02 12:00Z', '2026-03-02 12:10Z', $1, '{"shop": "a"}')`, [step])).map(({ increase }) => increase);
    expect(await increases('5 minutes')).toEqual([10, 35]);
    expect(await increases('10 minutes')).toEqual([45]);
    expect(await increases('1 minute')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('answers no finer than the archive is', async () => {
    expect(await db.rows(`select distinct seconds from noetl.metric_history('level', '2026-03-02 12:00Z', '2026-03-02 12:10Z', '1 second')`)).toEqual([{ seconds: 15 }]);
    expect(await db.rows(`select distinct seconds from noetl.metric_history('level', '2026-03-02 12:00Z', '2026-03-02 12:10Z')`)).toEqual([{ seconds: 15 }]);
  });

  it('gives of a histogram how much was observed', async () => {
    expect(await db.rows(`select count::int, sum, avg, min from noetl.metric_history('wait_seconds', '2026-03-02 12:01Z', '2026-03-02 12:10Z', '1 hour')`)).toEqual([
      { count: 9, sum: 13.5, avg: 1.5, min: null },
    ]);
  });

  it('of one series is what its line came to', async () => {
    const id = await db.value<string>(`select series_id from _noetl.series where metric_name = 'orders_total' and labels = '{"shop": "a"}'`);
    expect(await db.rows(`select line_labels, last, increase from noetl.series_history($1, '2026-03-02 12:00Z', '2026-03-02 12:10Z', '1 hour')`, [id])).toEqual([
      { line_labels: { shop: 'a' }, last: 95, increase: 45 },
    ]);
  });
});

describe('noetl.rate()', () => {
  it('says by how much each running total grew, the fastest first', async () => {
    expect(await db.rows(`select line_labels, increase, per_second from noetl.rate('orders_total', '5 minutes', at => '2026-03-02 12:10Z')`)).toEqual([
      { line_labels: { shop: 'a' }, increase: 35, per_second: 35 / 300 },
      { line_labels: { shop: 'b' }, increase: 0, per_second: 0 },
    ]);
  });

  it('refuses no time', async () => {
    expect(await db.refusal(`select * from noetl.rate('orders_total', '0')`)).toMatchObject({ message: 'over: must be longer than zero' });
  });
});

describe('noetl.histogram_quantile()', () => {
  it('is a quantile of what was observed between two times', async () => {
    expect(await db.rows(`select value, observations from noetl.histogram_quantile(0.5, 'wait_seconds', '2026-03-02 12:01Z', '2026-03-02 12:10Z')`)).toEqual([{ value: 1.5, observations: 9 }]);
  });

  it('is one for each bucket of a step', async () => {
    expect(
      await db.rows(`select to_char(bucket, 'MI') as minute, value, observations from noetl.histogram_quantile(0.9, 'wait_seconds', '2026-03-02 12:01Z', '2026-03-02 12:10Z', '5 minutes')`),
    ).toEqual([
      { minute: '00', value: 1.9, observations: 4 },
      { minute: '05', value: 1.9, observations: 5 },
    ]);
  });
});

describe('noetl.current_value', () => {
  it('is every line of the page as a number, folded or not', async () => {
    await db.rows(`select noetl.inc('orders_total', '{"shop": "b"}', 6)`);
    expect(await db.rows(`select name, labels, value, at is not null as measured from noetl.current_value where name !~ '^noetl' order by name, labels::text collate "C"`)).toEqual([
      { name: 'level', labels: {}, value: 9, measured: true },
      { name: 'orders_total', labels: { shop: 'a' }, value: 95, measured: false },
      { name: 'orders_total', labels: { shop: 'b' }, value: 7, measured: false },
      { name: 'wait_seconds_bucket', labels: { le: '+Inf' }, value: 10, measured: false },
      { name: 'wait_seconds_bucket', labels: { le: '1.0' }, value: 1, measured: false },
      { name: 'wait_seconds_bucket', labels: { le: '2.0' }, value: 10, measured: false },
      { name: 'wait_seconds_count', labels: {}, value: 10, measured: false },
      { name: 'wait_seconds_sum', labels: {}, value: 14, measured: false },
    ]);
  });
});
