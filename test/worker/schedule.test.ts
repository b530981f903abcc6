import { runMigrations } from 'graphile-worker';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chores, type Chore } from '../../src/worker/chores.ts';
import { clock } from '../../src/server/database.ts';
import { createSchedule, type Schedule } from '../../src/worker/schedule.ts';
import { useDatabase } from '../support/database.ts';
import { slow } from './worker.ts';

const db = useDatabase();
let schedule: Schedule;

const chore = (name: string, everySeconds = 5): Chore => ({
  name,
  key: `noetl:${name}`,
  perServer: false,
  everySeconds,
  timeoutSeconds: 1,
  run: async () => [],
});

beforeAll(async () => {
  db.pool.on('connect', (client) => client.on('error', () => {}));
  await runMigrations({ pgPool: db.pool });
  schedule = createSchedule(db.pool, 'graphile_worker');
});
beforeEach(async () => {
  await db.rows('truncate graphile_worker._private_jobs');
});

const jobs = () =>
  db.rows(`
    select key, locked_at is not null as locked, round(extract(epoch from run_at - now()))::int as due
    from graphile_worker.jobs order by key, id`);

describe('the next run of a chore', () => {
  it.each([
    [0, 5],
    [4, 5],
    [5.5, 10],
    [12, 15],
    [3601, 3605],
  ])('%d s after the planned time is %d s after it, on the beat, whatever was missed', async (late, next) => {
    const planned = new Date(Date.now() - late * 1000);
    await schedule.again(chore('beat'), planned);
    expect(await db.rows('select run_at from graphile_worker.jobs')).toEqual([
      { run_at: new Date(planned.getTime() + next * 1000) },
    ]);
  });

  it('is one job, however often it is asked for', async () => {
    await Promise.all(Array.from({ length: 8 }, () => schedule.again(chore('beat'), new Date())));
    expect(await jobs()).toMatchObject([{ key: 'noetl:beat' }]);
  });
});

describe('renewing', () => {
  const given = async (name: string, set: string): Promise<void> => {
    await db.rows(`select graphile_worker.add_job('noetl:${name}', job_key => 'noetl:${name}')`);
    await db.rows(`update graphile_worker._private_jobs set ${set} where key = 'noetl:${name}'`);
  };
  const soon = `run_at = now() + interval '40 seconds'`;

  it('what is lost adds what has no job and leaves what has one', async () => {
    await given('planned', soon);
    await given('running', `locked_at = now() - interval '1 minute', locked_by = 'alive', attempts = 1`);
    await schedule.renew(['planned', 'running', 'absent'].map((name) => chore(name)), 'lost');
    expect(await jobs()).toEqual([
      { key: 'noetl:absent', locked: false, due: 0 },
      { key: 'noetl:planned', locked: false, due: 40 },
      { key: 'noetl:running', locked: true, due: 0 },
    ]);
  });

  it('what is lost frees what a dead worker holds and replaces what has used up its attempts', async () => {
    await given('dead', `locked_at = now() - interval '3 minutes', locked_by = 'dead', attempts = 1`);
    await given('failed', 'attempts = max_attempts');
    await schedule.renew(['dead', 'failed'].map((name) => chore(name)), 'lost');
    expect(await jobs()).toEqual([
      { key: 'noetl:dead', locked: false, due: 0 },
      { key: 'noetl:failed', locked: false, due: 0 },
    ]);
  });

  it('all makes due at once what waits, and lets run what runs', async () => {
    await given('planned', soon);
    await given('running', `${soon}, locked_at = now(), locked_by = 'alive', attempts = 1`);
    await schedule.renew(['planned', 'running'].map((name) => chore(name)), 'all');
    expect(await jobs()).toEqual([
      { key: 'noetl:planned', locked: false, due: 0 },
      { key: 'noetl:running', locked: true, due: 40 },
    ]);
  });

  it('all takes a server’s own chores from its former self', async () => {
    await given('own', `locked_at = now(), locked_by = 'former', attempts = 1`);
    await schedule.renew([{ ...chore('own'), perServer: true }], 'all');
    expect(await jobs()).toEqual([
      { key: 'noetl:own', locked: false, due: 0 },
      { key: null, locked: true, due: 0 },
    ]);
  });

  it('clears away what dead servers left, and nobody else’s jobs', async () => {
    await given('host:77', `run_at = now() - interval '11 minutes'`);
    await given('host:78', `run_at = now() - interval '9 minutes'`);
    await given('old', `key = null, attempts = max_attempts, locked_at = now() - interval '3 minutes', locked_by = 'dead'`);
    await db.rows(`select graphile_worker.add_job('theirs', run_at => now() - interval '2 days')`);
    await schedule.renew([], 'lost');
    expect(await db.rows('select task_identifier from graphile_worker.jobs order by 1')).toEqual([
      { task_identifier: 'noetl:host:78' },
      { task_identifier: 'theirs' },
    ]);
  });

  it('by eight servers at once leaves one job for each chore', async () => {
    const all = ['a', 'b', 'c'].map((name) => chore(name));
    await Promise.all(Array.from({ length: 8 }, () => schedule.renew(all, 'all')));
    expect(await jobs()).toMatchObject(all.map(({ key }) => ({ key })));
  });
});

describe('the health of the queue', () => {
  let runtimeId: string;
  let collect: () => Promise<unknown>;
  let asking = '0';

  beforeAll(async () => {
    runtimeId = await db.value<string>(`select noetl.register_runtime('here', 'server_api')::text`);
    const table = chores({ pool: db.pool, runtimeId, schema: 'graphile_worker', config: slow });
    const collector = table.find(({ name }) => name === 'graphile_worker_queue');
    collect = async () => collector?.run({ deadline: clock() + 5000, signal: new AbortController().signal, job: asking });
  });
  beforeEach(async () => {
    await db.rows('delete from noetl.metric');
    await db.rows('truncate graphile_worker._private_job_queues cascade');
  });

  const states = () =>
    db.value(
      `select json_object_agg(labels->>'state', metric_value) from noetl.metric where metric_name = 'noetl_queue_jobs'`,
    );
  const oldest = () =>
    db.value<number>(`select metric_value from noetl.metric where metric_name = 'noetl_queue_oldest_ready_seconds'`);
  const none = { ready: 0, blocked: 0, scheduled: 0, retrying: 0, running: 0, stuck: 0, failed: 0 };

  it('of an empty queue is zeros', async () => {
    await collect();
    expect(await states()).toEqual(none);
    expect(await oldest()).toBe(0);
  });

  it('puts each job into exactly one state', async () => {
    const jobsIn: [count: number, set: string, queue?: string][] = [
      [1, `run_at = now() - interval '1 minute'`],
      [2, `run_at = now() - interval '2 minutes'`, 'held'],
      [3, `run_at = now() + interval '1 hour'`],
      [4, `run_at = now() + interval '1 hour', attempts = 2`],
      [5, `locked_at = now() - interval '3 hours', locked_by = 'w', attempts = max_attempts`],
      [6, `locked_at = now() - interval '5 hours', locked_by = 'w', attempts = 1`],
      [7, 'attempts = max_attempts'],
    ];
    for (const [count, set, queue] of jobsIn) {
      for (let i = 0; i < count; i += 1) {
        const id = await db.value<string>(`select id::text from graphile_worker.add_job('work', queue_name => $1)`, [queue]);
        await db.rows(`update graphile_worker._private_jobs set ${set} where id = $1`, [id]);
      }
    }
    await db.rows(`update graphile_worker._private_job_queues set locked_at = now(), locked_by = 'w'`);
    await collect();
    expect(await states()).toEqual({
      ready: 1,
      blocked: 2,
      scheduled: 3,
      retrying: 4,
      running: 5,
      stuck: 6,
      failed: 7,
    });
    expect(await oldest()).toBeCloseTo(120, 0);
  });

  it('leaves out the job that asks', async () => {
    asking = await db.value<string>(`select id::text from graphile_worker.add_job('work')`);
    await db.rows('update graphile_worker._private_jobs set locked_at = now()');
    await collect();
    expect(await states()).toEqual(none);
  });
});
