import { runMigrations } from 'graphile-worker';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Chore } from '../../src/worker/chores.ts';
import { createSchedule, type Schedule } from '../../src/worker/schedule.ts';
import { useDatabase } from '../support/database.ts';

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
    await given('running', `locked_at = now() - interval '3 seconds', locked_by = 'alive', attempts = 1`);
    await schedule.renew(['planned', 'running', 'absent'].map((name) => chore(name, 60)), 'lost');
    expect(await jobs()).toEqual([
      { key: 'noetl:absent', locked: false, due: 0 },
      { key: 'noetl:planned', locked: false, due: 40 },
      { key: 'noetl:running', locked: true, due: 0 },
    ]);
  });

  it('what is lost replaces what has run for longer than it can, and what waits for longer than it may', async () => {
    await given('hanging', `locked_at = now() - interval '7 seconds', locked_by = 'dead', attempts = 1`);
    await given('late', soon);
    await schedule.renew(['hanging', 'late'].map((name) => chore(name, 5)), 'lost');
    expect(await db.rows('select key, locked_at is null as waiting from graphile_worker.jobs order by key nulls last')).toEqual([
      { key: 'noetl:hanging', waiting: true },
      { key: 'noetl:late', waiting: true },
      { key: null, waiting: false },
    ]);
    expect(await db.value(`select run_at <= now() from graphile_worker.jobs where key = 'noetl:late'`)).toBe(true);
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
