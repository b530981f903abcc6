import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Logger, makeWorkerUtils, run, runMigrations } from 'graphile-worker';
import type { DatabaseError } from 'pg';
import PgBoss from 'pg-boss';
import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../exactness/random.ts';
import { useDatabase } from '../support/database.ts';
import { readCounted, readings, states } from './page.ts';

const db = useDatabase({ per: 'test' });
const logger = new Logger(() => () => {});

/** What is claimed is in the hand of a process of its own. */
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs a program beside the packages of this project until it says that it holds its job. */
async function holding(program: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes('holds')) break;
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function agree(): Promise<void> {
  const { tracked, counted } = await readings(db);
  expect(tracked).toEqual(counted);
}

for (const tracked of [false, true]) {
  describe(`a worker that is killed with a job in hand, ${tracked ? 'tracked' : 'counted'}`, () => {
    it('of graphile-worker leaves it stuck after its lease, and its queue blocked, until its worker is unlocked', async () => {
      await runMigrations({ connectionString: db.url });
      await db.rows(readCounted);
      await db.rows(`select noetl.register_queue('graphile_worker', lease => '2 seconds')`);
      if (tracked) await db.rows(`select noetl.track_queue('graphile_worker')`);
      const utils = await makeWorkerUtils({ connectionString: db.url });
      await utils.addJob('slow', {}, { queueName: 'serial' });
      await utils.addJob('slow', {}, { queueName: 'serial' });
      const child = await holding(`
        import { run } from 'graphile-worker';
        await run({ connectionString: ${JSON.stringify(db.url)}, concurrency: 1, noHandleSignals: true,
          taskList: { slow: () => { console.log('holds'); return new Promise(() => {}); } } });`);
      expect(await states(db)).toEqual({ 'serial blocked': 1, 'serial running': 1 });
      await killed(child);
      await expect.poll(async () => states(db)).toEqual({ 'serial blocked': 1, 'serial stuck': 1 });
      if (tracked) await agree();
      const [lease] = await db.rows<{ active: string; expired: string; ago: number }>('select active, expired, longest_expired_seconds as ago from noetl.queue_lease where queue = \'serial\'');
      expect(lease).toMatchObject({ active: '0', expired: '1' });
      await utils.forceUnlockWorkers([await db.value<string>('select locked_by from graphile_worker._private_jobs where locked_by is not null')]);
      expect(await states(db)).toEqual({ 'serial ready': 2 });
      const runner = await run({ connectionString: db.url, concurrency: 1, pollInterval: 50, noHandleSignals: true, logger, taskList: { slow: async () => {} } });
      await expect.poll(async () => states(db)).toEqual({});
      await runner.stop();
      await utils.release();
      if (tracked) await agree();
    });

    it('of pg-boss leaves it stuck until pg-boss finds it, and it is tried again', async () => {
      const boss = new PgBoss({ connectionString: db.url, schedule: false, supervise: false });
      boss.on('error', () => {});
      await boss.start();
      await boss.createQueue('video');
      await db.rows(readCounted);
      await db.rows(`select noetl.register_queue('pgboss')`);
      if (tracked) await db.rows(`select noetl.track_queue('pgboss')`);
      await boss.send('video', {}, { expireInSeconds: 2, retryLimit: 1 });
      const child = await holding(`
        import PgBoss from 'pg-boss';
        const boss = new PgBoss({ connectionString: ${JSON.stringify(db.url)}, schedule: false, supervise: false });
        boss.on('error', () => {});
        await boss.start();
        await boss.work('video', () => { console.log('holds'); return new Promise(() => {}); });`);
      expect(await states(db)).toEqual({ 'video running': 1 });
      await killed(child);
      await expect.poll(async () => states(db)).toEqual({ 'video stuck': 1 });
      if (tracked) await agree();
      await boss.maintain();
      expect(await states(db)).toEqual({ 'video ready': 1 });
      const [job] = await boss.fetch('video');
      expect(await states(db)).toEqual({ 'video running': 1 });
      await boss.complete('video', job?.id ?? '');
      expect(await states(db)).toEqual({});
      if (tracked) await agree();
      await boss.stop({ graceful: false });
    });
  });
}

/**
 * A library that changes jobs in one order here and in another there may meet itself in a deadlock, tracked or not. What
 * the triggers would wait for is no row of a job.
 */
function notOfItsOwn(error: Error): void {
  const { code, detail = '', where = '' } = error as DatabaseError;
  const ofRows = detail.split('\n').every((line) => /waits for (ShareLock on transaction|ExclusiveLock on tuple) /.test(line));
  if (code !== '40P01' || !ofRows || where.includes('noetl')) throw error;
}

/** Until all of them are done: both readings of the queue in one snapshot, beside the fold. */
async function compareMeanwhile(work: Promise<unknown>): Promise<number> {
  let going = true;
  const done = work.finally(() => {
    going = false;
  });
  done.catch(() => {}); // awaited below
  const reader = await db.session();
  let compared = 0;
  while (going) {
    const { tracked, counted } = await readings(reader);
    expect(tracked).toEqual(counted);
    compared += 1;
    if (compared % 3 === 0) await reader.query('select noetl.fold()');
  }
  await done;
  return compared;
}

it('keeps the counts of graphile-worker exact while workers, clients and administrators do all they can', async () => {
  await runMigrations({ connectionString: db.url });
  await db.rows(readCounted);
  await db.rows(`select noetl.register_queue('graphile_worker', lease => '1 second'); select noetl.track_queue('graphile_worker')`);
  const runners = await Promise.all(
    [1, 2].map((seed) => {
      const random = seededRandom().fork(seed);
      return run({
        connectionString: db.url,
        concurrency: 4,
        pollInterval: 20,
        noHandleSignals: true,
        logger,
        taskList: {
          work: async () => {
            await new Promise((resolve) => setTimeout(resolve, random.whole(30)));
            if (random.chance(0.3)) throw new Error('no');
          },
        },
      });
    }),
  );
  const clients = [3, 4, 5].map(async (seed) => {
    const random = seededRandom().fork(seed);
    const session = await db.session();
    const some = `array(select id from graphile_worker._private_jobs order by random() limit ${1 + random.whole(5)})`;
    const operations: (() => string)[] = [
      () => `select graphile_worker.add_job('work', queue_name => ${random.chance(0.4) ? `'serial' || ${random.whole(3)}` : 'null'},
        run_at => now() + ${random.whole(4) - 2} * interval '0.4 s', max_attempts => ${1 + random.whole(3)})`,
      () => `select graphile_worker.add_jobs(array(select row('work', '{}', 'bulk', now(), 2, null, 0, null)::graphile_worker.job_spec from generate_series(1, ${1 + random.whole(9)})))`,
      () => `select graphile_worker.add_job('work', job_key => 'k${random.whole(9)}', job_key_mode => 'replace', run_at => now() + interval '1 s')`,
      () => `select graphile_worker.remove_job('k${random.whole(9)}')`,
      () => `select graphile_worker.complete_jobs(${some})`,
      () => `select graphile_worker.permanently_fail_jobs(${some}, 'enough')`,
      () => `select graphile_worker.reschedule_jobs(${some}, run_at => now() + interval '0.5 s', attempts => 0)`,
      () => 'delete from graphile_worker._private_jobs where attempts >= max_attempts and locked_at is null',
    ];
    for (let i = 0; i < 200; i += 1) {
      const sql = operations[random.chance(0.5) ? 0 : random.whole(operations.length)]?.() ?? '';
      await session.query(`begin; ${sql}; ${random.chance(0.15) ? 'rollback' : 'commit'}`).catch(async (error: Error) => {
        await session.query('rollback');
        notOfItsOwn(error);
      });
    }
  });
  expect(await compareMeanwhile(Promise.all(clients))).toBeGreaterThan(0);
  await Promise.all(runners.map((runner) => runner.stop()));
  expect(await db.value('select tracked from noetl.queue')).toBe(true);
  expect(await db.value('select count(*)::int from _noetl.queue_fault')).toBe(0);
  await agree();
  expect(await db.value(`select noetl.recount_queue('graphile_worker')`)).toBe('0');
});

it('keeps the counts of pg-boss exact while jobs are sent, fetched, ended, cancelled, brought back and thrown away', async () => {
  const bosses = await Promise.all(
    [1, 2].map(async () => {
      const boss = new PgBoss({ connectionString: db.url, schedule: false, supervise: false, max: 4 });
      boss.on('error', () => {});
      await boss.start();
      return boss;
    }),
  );
  const queues = ['mail', 'video', 'audio'];
  for (const queue of queues) await bosses[0]?.createQueue(queue);
  await db.rows(readCounted);
  await db.rows(`select noetl.register_queue('pgboss'); select noetl.track_queue('pgboss')`);
  const clients = [3, 4, 5, 6].map(async (seed) => {
    const random = seededRandom().fork(seed);
    const boss = bosses[seed % 2];
    if (boss === undefined) return;
    let held: { queue: string; id: string }[] = [];
    const act = async (): Promise<void> => {
      const queue = queues[random.whole(queues.length)] ?? '';
      const own = held.filter((job) => job.queue === queue).map(({ id }) => id);
      const chosen = random.whole(10);
      if (chosen < 3) await boss.send(queue, {}, { retryLimit: random.whole(3), retryDelay: random.whole(2), startAfter: random.whole(2), expireInSeconds: 1 + random.whole(2) });
      else if (chosen === 3) await boss.insert(Array.from({ length: 1 + random.whole(8) }, () => ({ name: queue })));
      else if (chosen < 6) for (const { id } of (await boss.fetch(queue, { batchSize: 1 + random.whole(4) })) ?? []) held.push({ queue, id });
      else if (chosen === 9) await (random.chance(0.5) ? boss.purgeQueue(queue) : boss.maintain());
      else if (own.length > 0) {
        if (chosen === 6) await boss.complete(queue, own);
        else if (chosen === 7) await boss.fail(queue, own);
        else await boss.cancel(queue, own).then(async () => random.chance(0.5) && boss.resume(queue, own));
        held = held.filter((job) => job.queue !== queue);
      }
    };
    for (let i = 0; i < 150; i += 1) await act().catch(notOfItsOwn);
  });
  expect(await compareMeanwhile(Promise.all(clients))).toBeGreaterThan(0);
  expect(await db.value('select tracked from noetl.queue')).toBe(true);
  await agree();
  expect(await db.value(`select noetl.recount_queue('pgboss')`)).toBe('0');
  await Promise.all(bosses.map((boss) => boss.stop({ graceful: false })));
});
