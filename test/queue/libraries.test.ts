import { Logger, makeWorkerUtils, run, runMigrations } from 'graphile-worker';
import PgBoss from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { states } from './page.ts';

describe('graphile-worker', () => {
  const db = useDatabase();

  it('is read right at each step of the life of real jobs', async () => {
    await runMigrations({ connectionString: db.url });
    expect(await db.rows('select adapter, schema, registered_as, call from noetl.detect_queues()')).toEqual([
      { adapter: 'graphile_worker', schema: 'graphile_worker', registered_as: null, call: `select noetl.register_queue('graphile_worker')` },
    ]);
    await db.rows(`select noetl.register_queue('graphile_worker', per => 'task')`);
    expect(await states(db)).toEqual({});

    const utils = await makeWorkerUtils({ connectionString: db.url });
    await utils.addJob('good', {});
    await utils.addJob('good', {}, { runAt: new Date(Date.now() + 3_600_000) });
    await utils.addJob('bad', {}); // so many attempts that it is still retried, however late anybody looks
    await utils.addJob('hopeless', {}, { maxAttempts: 1 });
    await utils.addJob('slow', {}, { queueName: 'serial' });
    await utils.addJob('slow', {}, { queueName: 'serial' });
    expect(await states(db)).toEqual({ 'bad ready': 1, 'good ready': 1, 'good scheduled': 1, 'hopeless ready': 1, 'slow ready': 2 });

    let finish = (): void => {};
    const runner = await run({
      connectionString: db.url,
      concurrency: 4,
      pollInterval: 100,
      noHandleSignals: true,
      logger: quiet(),
      taskList: {
        good: async () => {},
        bad: async () => {
          throw new Error('again');
        },
        hopeless: async () => {
          throw new Error('never');
        },
        slow: async () =>
          new Promise<void>((resolve) => {
            finish = resolve;
          }),
      },
    });
    await expect
      .poll(async () => states(db))
      .toEqual({ 'bad retrying': 1, 'good scheduled': 1, 'hopeless failed': 1, 'slow blocked': 1, 'slow running': 1 });
    // a worker that crashed leaves its claim behind
    await db.rows(`update graphile_worker._private_jobs set locked_at = now() - interval '5 hours' where locked_at is not null`);
    expect(await states(db)).toMatchObject({ 'slow blocked': 1, 'slow stuck': 1 });
    expect(await db.rows(`select queue, floor(oldest_running_seconds / 3600)::int as hours from noetl.queue_health where queue = 'slow'`)).toEqual([
      { queue: 'slow', hours: 5 },
    ]);
    await db.rows(`select noetl.register_queue('graphile_worker', lease => '6 hours')`);
    expect(await states(db)).toEqual({ 'default failed': 1, 'default retrying': 1, 'default scheduled': 1, 'serial blocked': 1, 'serial running': 1 });
    await db.rows(`update graphile_worker._private_jobs set locked_at = now() where locked_at is not null`);
    await expect.poll(async () => {
      finish(); // of whichever of the two jobs runs
      return (await states(db))['serial running'];
    }).toBeUndefined();
    await runner.stop();
    await utils.release();
    expect(await db.value(`select noetl.collect_queue('graphile_worker')`)).toBe(true);
  });
});

describe('pg-boss', () => {
  const db = useDatabase();

  it('is read right at each step of the life of real jobs', async () => {
    const boss = new PgBoss({ connectionString: db.url, schedule: false });
    boss.on('error', () => {});
    await boss.start();
    expect(await db.rows('select call from noetl.detect_queues()')).toEqual([{ call: `select noetl.register_queue('pgboss')` }]);
    await db.rows(`select noetl.register_queue('pgboss')`);
    await boss.createQueue('mail');
    await boss.createQueue('video');
    expect(await states(db)).toEqual({});
    expect(await db.rows('select queue, ready from noetl.queue_health')).toContainEqual({ queue: 'video', ready: '0' });

    await boss.send('mail', { n: 1 });
    await boss.send('mail', { n: 2 }, { retryLimit: 2, retryDelay: 60 });
    await boss.send('mail', { n: 3 }, { retryLimit: 0 });
    await boss.send('mail', { n: 4 }, { startAfter: 3600 });
    await boss.send('video', { n: 5 }, { expireInSeconds: 1 });
    expect(await states(db)).toEqual({ 'mail ready': 3, 'mail scheduled': 1, 'video ready': 1 });

    const jobs = await boss.fetch<{ n: number }>('mail', { batchSize: 3 });
    expect(await states(db)).toEqual({ 'mail running': 3, 'mail scheduled': 1, 'video ready': 1 });
    for (const { id, data } of jobs) {
      if (data.n === 1) await boss.complete('mail', id);
      else await boss.fail('mail', id, { message: 'no' });
    }
    expect(await states(db)).toEqual({ 'mail failed': 1, 'mail retrying': 1, 'mail scheduled': 1, 'video ready': 1 });
    await boss.fetch('video');
    expect(await states(db)).toMatchObject({ 'video running': 1 });
    await expect.poll(async () => states(db)).toMatchObject({ 'video stuck': 1 });
    expect(await db.row(`select active, expired from noetl.queue_lease where queue = 'video'`)).toEqual({ active: '0', expired: '1' });
    await boss.stop({ graceful: false });
  });
});

function quiet(): NonNullable<Parameters<typeof run>[0]['logger']> {
  return new Logger(() => () => {});
}
