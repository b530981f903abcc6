import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

/** Whoever waits at all fails at once, and whoever deadlocks fails sooner still. */
async function impatient(): Promise<Client> {
  const session = await db.session();
  await session.query("set lock_timeout = '50ms'; set deadlock_timeout = '10ms'");
  return session;
}

const ways: Readonly<Record<string, (n: number) => string>> = {
  'noetl.inc': (n) => `select noetl.inc('wait_a_total', '{"n": ${n}}')`,
  'noetl.observe': (n) => `select noetl.observe('wait_b_seconds', ${n}, '{"n": ${n}}')`,
  'noetl.set': (n) => `select noetl.set('wait_c', ${n}, '{"n": ${n}}')`,
  'an INSERT': (n) =>
    `insert into noetl.metric (metric_name, metric_type, metric_value, labels) values ('wait_d', 'gauge', ${n}, '{"n": ${n}}')`,
  'noetl.report': (n) =>
    `select noetl.report((select runtime_id from noetl.runtime where name = 'one'),
      '[{"metric_name": "wait_e", "metric_type": "gauge", "metric_value": ${n}, "labels": {"n": ${n}}}]')`,
};

describe.each(['known', 'new'] as const)('two transactions that touch the same hundred %s series in opposite orders', (kind) => {
  it.each(Object.keys(ways))('never wait for each other: %s', async (way) => {
    const record = ways[way];
    if (record === undefined) throw new Error(way);
    await db.rows("select noetl.register_runtime('one', 'worker_pool')");
    if (kind === 'known') {
      for (let n = 0; n < 100; n += 1) await db.rows(record(n));
      await db.rows('select noetl.fold()');
    }
    const [one, two] = [await impatient(), await impatient()];
    await one.query('begin');
    await two.query('begin');
    for (let n = 0; n < 100; n += 1) {
      await one.query(record(n));
      await two.query(record(99 - n));
      if (n === 50) await db.rows('select noetl.fold()'); // does not wait for them either
    }
    await one.query('commit');
    await db.rows('select noetl.fold()');
    await two.query('commit');
    const page = await db.value<string>('select noetl.prometheus_text()');
    const lines = page.split('\n').filter((line) => /^wait_\w+(_count)?\{/.test(line) && !line.includes('le=') && !line.includes('_sum'));
    expect(lines).toHaveLength(100);
    if (way === 'noetl.inc') expect(lines.every((line) => line.endsWith(kind === 'known' ? ' 3' : ' 2'))).toBe(true);
  });
});

it('two transactions that register, beat and report for different components never wait for each other', async () => {
  const [one, two] = [await impatient(), await impatient()];
  for (const [session, name] of [[one, 'one'], [two, 'two']] as const) {
    await session.query('begin');
    await session.query(`select noetl.heartbeat(noetl.register_runtime('${name}', 'worker_pool'))`);
  }
  await one.query('commit');
  await two.query('commit');
  expect(await db.value('select count(*)::int from noetl.runtime')).toBe(3);
});

it('a fold waits for no writer, and no writer waits for a fold that is not committed', async () => {
  const [writer, folder] = [await impatient(), await impatient()];
  await writer.query("select noetl.inc('wait_a_total')");
  await writer.query('begin');
  await writer.query("select noetl.inc('wait_a_total'), noetl.inc('wait_new_total')");
  await folder.query('begin');
  await folder.query('select noetl.fold()');
  await writer.query("select noetl.inc('wait_a_total'), noetl.inc('wait_newer_total'), noetl.set('wait_level', 1)");
  await writer.query(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('wait_stored', 'gauge', 1)`);
  await writer.query('commit');
  const page = (): Promise<string> => db.value('select noetl.prometheus_text()');
  const seen = (await page()).split('\n').filter((line) => line.startsWith('wait_'));
  expect(seen).toEqual(['wait_a_total 3', 'wait_level 1', 'wait_new_total 1', 'wait_newer_total 1', 'wait_stored 1']);
  await folder.query('commit');
  expect((await page()).split('\n').filter((line) => line.startsWith('wait_'))).toEqual(seen);
});

it('a second fold does not wait for the first, and says so with null', async () => {
  const [one, two] = [await impatient(), await impatient()];
  await one.query('begin');
  await one.query('select noetl.fold()');
  expect((await two.query('select noetl.fold()')).rows).toEqual([{ fold: null }]);
  expect((await two.query('select noetl.rotate_events()')).rows).toEqual([{ rotate_events: null }]);
  await one.query('rollback');
  expect((await two.query('select noetl.fold()')).rows).toEqual([{ fold: '0' }]);
});
