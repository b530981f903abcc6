import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

describe('noetl.remove_idle_series()', () => {
  const db = useDatabase({ per: 'test' });
  const later = `now() + interval '3 days'`;
  const remove = async (): Promise<string[]> => db.value<string[]>(`select noetl.remove_idle_series(${later})`);
  const removed = async (): Promise<string[]> => [...(await remove()), ...(await remove()), ...(await remove())];
  const dropSamples = async (): Promise<void> => {
    while ((await db.value('select count(*)::int from noetl.metric')) !== 0) await db.rows(`select noetl.cleanup_expired_metrics(${later})`);
  };

  it('removes gauges without samples, with their families and names, and keeps their history', async () => {
    await db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, labels) values
       ('load', 'gauge', 1, '{"cpu": 0}'), ('load', 'gauge', 2, '{"cpu": "0"}'), ('jobs_total', 'counter', 5, '{}')`,
    );
    await db.rows(`select noetl.set('level', 3), noetl.observe('span_seconds', 1), noetl.inc('done_total')`);
    await db.rows('select noetl.scrape()');
    expect(await removed()).toEqual(['level {}']); // the samples of the other are still there
    await dropSamples();
    expect(await removed()).toEqual(['load {"cpu": "0"}']);
    expect(await db.value(`select array_agg(name order by name) from noetl.family where not declared`)).toEqual(
      expect.not.arrayContaining(['load', 'level']),
    );
    expect(await db.value(`select noetl.prometheus_text()`)).toContain('\njobs_total 5\n');
    expect(await db.value(`select noetl.prometheus_text()`)).toContain('\ndone_total 1\n');
    expect(await db.value(`select noetl.prometheus_text()`)).toContain('\nspan_seconds_count 1\n');
    const history = `select line_labels, sum(count)::int as count, sum(sum) as sum
      from noetl.metric_history('load', now() - interval '1 hour', now() + interval '1 minute') group by 1`;
    expect(await db.rows(history)).toEqual([{ line_labels: { cpu: '0' }, count: 1, sum: 2 }]);
    // the name is free for another type, and the series may come back
    await db.rows(`select noetl.inc('level')`);
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value, labels) values ('load', 'gauge', 4, '{"cpu": "0"}')`);
    await db.rows('select noetl.scrape()');
    expect(await db.value('select noetl.prometheus_text()')).toContain('\nlevel 1\n');
    expect(await db.value('select noetl.prometheus_text()')).toContain('\nload{cpu="0"} 4\n');
    expect(await db.rows(history)).toEqual([{ line_labels: { cpu: '0' }, count: 2, sum: 6 }]);
  });

  it('removes all of a component that has been offline for the retention, and nothing of one that lives', async () => {
    for (const name of ['gone', 'here']) {
      const runtime = await db.value(`select noetl.register_runtime($1, 'worker_pool')`, [name]);
      await db.rows(
        `select noetl.inc('done_total', '{}', 1, $1), noetl.observe('span_seconds', 1, '{}', $1), noetl.set('load', 1, '{}', $1)`,
        [runtime],
      );
    }
    await db.rows('select noetl.fold()');
    await db.rows(`update noetl.runtime set status = 'offline' where name = 'gone'`);
    await dropSamples();
    expect(await removed()).toEqual([
      'done_total {}',
      'load {}',
      'load {}',
      'span_seconds {}',
    ]);
    const page = await db.value<string>('select noetl.prometheus_text()');
    expect(page.split('\n').filter((line) => /^(done|span)\w*(_total|_count)\{/.test(line))).toEqual([
      'done_total{component="here",component_type="worker_pool"} 1',
      'span_seconds_count{component="here",component_type="worker_pool"} 1',
    ]);
  });

  it('has a series that was retired on the page once, with all that was recorded before and since', async () => {
    const runtime = await db.value(`select noetl.register_runtime('gone', 'worker_pool')`);
    const record = `select noetl.inc('done_total', '{}', 2, $1), noetl.observe('span_seconds', 1, '{}', $1)`;
    await db.rows(record, [runtime]);
    await db.rows('select noetl.fold()');
    await db.rows(`update noetl.runtime set status = 'offline' where name = 'gone'`);
    await remove();
    await db.rows(`update noetl.runtime set status = 'ready' where name = 'gone'`);
    await db.rows(record, [runtime]);
    const page = async (): Promise<string[]> =>
      (await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => /^(done_total|span_seconds_count)\{/.test(line));
    const lines = ['done_total{component="gone",component_type="worker_pool"} 4', 'span_seconds_count{component="gone",component_type="worker_pool"} 2'];
    expect(await page()).toEqual(lines);
    await db.rows('select noetl.fold()');
    expect(await page()).toEqual(lines);
  });

  it('loses no sample of a writer that took the series for known before', async () => {
    const write = async (client: Client): Promise<void> => {
      await client.query(`insert into _noetl.event (series_id, value) values ((select series_id from _noetl.series where metric_name = 'load'), 7)`);
    };
    await db.rows(`select noetl.set('load', 1)`);
    await db.rows('select noetl.fold()');
    await dropSamples();
    const early = await db.session();
    await early.query('begin isolation level repeatable read; select from _noetl.series'); // sees it in use
    const writer = await db.session();
    await writer.query('begin');
    await write(writer);
    await writer.query(`prepare transaction 'writer'`);
    expect(await removed()).toEqual([]);
    expect(await removed()).toEqual([]);
    await write(early);
    await early.query('commit');
    expect(await removed()).toEqual([]);
    await db.rows(`commit prepared 'writer'`);
    expect(await db.value('select noetl.prometheus_text()')).toContain('\nload 7\n');
    await db.rows('select noetl.fold()');
    expect(await db.value('select noetl.prometheus_text()')).toContain('\nload 7\n');
    expect(await db.value(`select count(*)::int from _noetl.series where retired_at is not null and metric_name = 'load'`)).toBeLessThan(2);
  });

  it('registers a retired series again when a new sample comes', async () => {
    await db.rows(`select noetl.set('load', 1)`);
    await db.rows('select noetl.fold()');
    await dropSamples();
    await remove();
    expect(await db.value(`select count(*)::int from _noetl.series where retired_at is not null`)).toBe(1);
    await db.rows(`select noetl.set('load', 2)`);
    await db.rows('select noetl.fold()');
    expect(await db.value(`select retired_at from _noetl.series where metric_name = 'load'`)).toBeNull();
    expect(await db.value('select noetl.prometheus_text()')).toContain('\nload 2\n');
  });
});
