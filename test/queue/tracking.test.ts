import { describe, expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { seededRandom } from '../exactness/random.ts';
import { refusalOf, useDatabase } from '../support/database.ts';
import { readCounted, readings, registerRuns, runsTable } from './page.ts';

const db = useDatabase({ per: 'test' });

const queue = `
  create table jobs (
    id bigint generated always as identity primary key, state text not null, lane text, run_at timestamptz, queued_at timestamptz default clock_timestamp(),
    started_at timestamptz, lease timestamptz, attempts integer default 0, held boolean default false, payload text default repeat('x', 200));
  create index on jobs (state, run_at);
  select noetl.register_queue('jobs', 'jobs', status => 'state', run_at => 'run_at', queued_at => 'queued_at', started_at => 'started_at',
    lease_expires_at => 'lease', attempts => 'attempts', blocked => 'held', queue => 'lane',
    ready_status => 'new', running_status => 'busy', failed_status => 'dead')`;

/** Some moment from 2 s ago to 2 s ahead, so that jobs fall due and leases end while the test runs. */
const soon = `clock_timestamp() + (random() * 4 - 2) * interval '1 second'`;

const operations: Record<string, (n: number) => string> = {
  enqueue: (n) => `insert into jobs (state, lane, run_at, held)
    select 'new', 'lane' || (i % 3), case when i % 7 > 0 then ${soon} end, i % 11 = 0 from generate_series(1, ${n}) as i`,
  claim: (n) => `update jobs set state = 'busy', started_at = clock_timestamp(), lease = case when id % 5 > 0 then ${soon} end, attempts = attempts + 1
    where id in (select id from jobs where state = 'new' and not held and run_at <= clock_timestamp() order by run_at limit ${n} for update skip locked)`,
  beat: (n) => `update jobs set lease = ${soon} where id in (select id from jobs where state = 'busy' limit ${n} for update skip locked)`,
  complete: (n) => `update jobs set state = 'done', payload = '' where id in (select id from jobs where state = 'busy' limit ${n} for update skip locked)`,
  fail: (n) => `update jobs set state = case when attempts > 2 then 'dead' else 'new' end, run_at = ${soon}
    where id in (select id from jobs where state = 'busy' limit ${n} for update skip locked)`,
  release: (n) => `update jobs set held = false where id in (select id from jobs where held limit ${n} for update skip locked)`,
  remove: (n) => `delete from jobs where id in (select id from jobs order by random() limit ${n} for update skip locked)`,
  upsert: (n) => `insert into jobs (id, state, lane) overriding system value
    select 1000000 + (random() * ${n})::int, 'new', 'up' limit 1 on conflict (id) do update set state = 'busy', lease = ${soon}`,
  nothing: () => `update jobs set payload = payload where id % 50 = 0 and false`,
};

describe('the counts that triggers keep are those of the table', () => {
  it('after thousands of concurrent changes, rolled back ones and truncates among them, while the fold goes on', async () => {
    await db.rows(queue);
    await db.rows(readCounted);
    await db.rows(`insert into jobs (state, lane, run_at) select 'new', 'lane0', ${soon} from generate_series(1, 500)`);
    let going = true;
    const workers = Array.from({ length: 5 }, async (_, worker) => {
      const random = seededRandom().fork(worker);
      const session = await db.session();
      for (let i = 0; i < 600; i += 1) {
        const names = Object.keys(operations);
        const own = 1 + random.whole(4);
        await session.query(random.chance(0.1) ? 'begin isolation level repeatable read' : 'begin');
        let broken = false;
        for (let each = 0; each < own && !broken; each += 1) {
          const sql = operations[names[random.whole(names.length)] ?? '']?.(1 + random.whole(12)) ?? '';
          const guarded = random.chance(0.2);
          if (guarded) await session.query('savepoint s');
          await session.query(sql).catch((error: Error & { code?: string }) => {
            if (!['40P01', '40001'].includes(error.code ?? '')) throw error;
            broken = true;
          });
          if (guarded && !broken && random.chance(0.5)) await session.query('rollback to savepoint s');
        }
        const truncates = !broken && random.chance(0.004);
        if (truncates) await session.query('commit; begin; truncate jobs; ' + (operations['enqueue']?.(5) ?? ''));
        await session.query(broken || random.chance(0.16) ? 'rollback' : 'commit');
      }
    });
    const tracker = await db.session();
    const done = Promise.all(workers).finally(() => {
      going = false;
    });
    await tracker.query(`select noetl.track_queue('jobs')`);
    let compared = 0;
    while (going) {
      // a snapshot older than a truncate would see the table empty and the counts as they were
      await tracker.query('begin; lock table jobs in access share mode');
      const { tracked, counted } = await readings(tracker);
      await tracker.query('commit');
      expect(tracked).toEqual(counted);
      compared += 1;
      await tracker.query(compared % 3 === 0 ? 'select noetl.fold()' : compared % 7 === 0 ? 'select noetl.rotate_events()' : 'select 1');
    }
    await done;
    expect(compared).toBeGreaterThan(20);
    expect(await db.value('select tracked from noetl.queue')).toBe(true);
    await db.rows('select noetl.fold()');
    const { tracked, counted } = await readings(db);
    expect(tracked).toEqual(counted);
    expect(await db.value(`select noetl.recount_queue('jobs')`)).toBe('0');
    await db.rows('truncate jobs');
    await db.rows('select noetl.fold()');
    expect(await db.rows('select * from _noetl.queue_total union all select queue_id, state, member, jobs, 0 from _noetl.queue_future')).toEqual([]);
  });

  it('while time passes: jobs fall due and leases end to the microsecond', async () => {
    await db.rows(runsTable);
    await db.rows(registerRuns);
    await db.rows(`select noetl.track_queue('runs')`);
    await db.rows(`
      insert into runs (status, run_at) select 'QUEUED', '2099-01-01' from generate_series(1, 3);
      insert into runs (status, lease_expires_at) select 'RUNNING', '2099-01-01' from generate_series(1, 2)`);
    const at = async (moment: string): Promise<unknown> =>
      (await db.rows(`select ready, scheduled, running, stuck from _noetl.queue as q, _noetl.read_queue(q, $1) as r`, [moment]))[0];
    for (const fold of [false, true]) {
      if (fold) await db.rows('select noetl.fold()');
      expect(await at('2098-12-31 23:59:59.999999 America/New_York')).toEqual({ ready: '0', scheduled: '3', running: '2', stuck: '0' });
      expect(await at('2099-01-01 00:00:00 America/New_York')).toEqual({ ready: '3', scheduled: '0', running: '2', stuck: '0' });
      expect(await at('2099-01-01 00:00:00.000001 America/New_York')).toEqual({ ready: '3', scheduled: '0', running: '0', stuck: '2' });
    }
  });

  it('when the counting of a large table begins while jobs come and go', async () => {
    await db.rows(runsTable);
    await db.rows(registerRuns);
    await db.rows(readCounted);
    await db.rows(`insert into runs (status, run_at) select 'QUEUED', now() from generate_series(1, 150000)`);
    expect(await db.value(`select pg_relation_size('runs') > 8388608`)).toBe(true);
    await db.rows(`select noetl.track_queue('runs')`);
    expect(await db.value('select tracked from noetl.queue')).toBe(false);
    expect(await db.value('select ready from noetl.queue_health')).toBe('150000');
    // the first collection declares its families, which folds
    await db.rows(`select noetl.collect_queue('runs')`);
    let going = true;
    const session = await db.session();
    const busy = (async () => {
      while (going) {
        await session.query(`insert into runs (status, run_at) select 'QUEUED', now() from generate_series(1, 10)`);
        await session.query(`delete from runs where id in (select id from runs limit 7)`);
      }
    })();
    const late = await db.session();
    await late.query(`begin; insert into runs (status, run_at) select 'QUEUED', now() from generate_series(1, 1000)`);
    // what it holds until it commits keeps nobody from writing, collecting or folding
    const counting = await db.session();
    await counting.query(`begin; select noetl.recount_queue('runs')`);
    const impatient = await db.session();
    await impatient.query(`set lock_timeout = '1ms'; update runs set run_at = now() where id in (select id from runs order by id desc limit 5)`);
    expect((await impatient.query(`select noetl.collect_queue('runs') as ok`)).rows).toEqual([{ ok: true }]);
    await counting.query('commit');
    await late.query('commit');
    going = false;
    await busy;
    expect(await db.value('select tracked from noetl.queue')).toBe(true);
    const { tracked, counted } = await readings(db);
    expect(tracked).toEqual(counted);
    expect(await db.value(`select noetl.recount_queue('runs')`)).toBe('0');
  });
});

it('enqueues by a role that has no right to anything of noetl', async () => {
  const role = `app_${db.name}`;
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`select noetl.track_queue('runs'); create role ${role}; grant all on runs to ${role}`);
  const session = await db.session();
  await session.query(`set role ${role}; insert into runs (status, run_at) values ('QUEUED', now()); update runs set status = 'RUNNING'; truncate runs`);
  await session.query(`insert into runs (status, run_at) values ('QUEUED', now())`);
  await session.query('reset role');
  expect(await db.rows('select ready, running, tracked from noetl.queue_health')).toEqual([{ ready: '1', running: '0', tracked: true }]);
  await db.rows(`drop owned by ${role}; drop role ${role}`);
});

it('counts again, and is right, when its triggers are disabled, bypassed or gone with the table', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  const row = async (): Promise<unknown> => (await db.rows('select ready, tracked, error from noetl.queue_health'))[0];
  await db.rows(`select noetl.track_queue('runs'); insert into runs (status, run_at) values ('QUEUED', now())`);
  expect(await row()).toEqual({ ready: '1', tracked: true, error: null });
  await db.rows(`alter table runs disable trigger user; insert into runs (status, run_at) values ('QUEUED', now())`);
  expect(await row()).toEqual({ ready: '2', tracked: false, error: null });
  // on again, but what happened meanwhile is not known
  await db.rows('alter table runs enable trigger user');
  expect(await row()).toEqual({ ready: '2', tracked: false, error: null });
  expect(await db.value('select tracking_error from noetl.queue')).toBe('its tables, their partitions or triggers have changed');
  expect(await db.value('select noetl.renew_tracking()')).toBe('runs');
  expect(await db.value('select noetl.renew_tracking()')).toBe(null);
  expect(await row()).toEqual({ ready: '2', tracked: true, error: null });
  const session = await db.session();
  await session.query('begin isolation level repeatable read; select 1');
  await db.rows(`insert into runs (status, run_at) values ('QUEUED', now())`);
  await session.query('truncate runs; commit');
  expect(await row()).toEqual({ ready: '0', tracked: false, error: null });
  await db.rows(`select noetl.recount_queue('runs')`);
  expect(await row()).toEqual({ ready: '0', tracked: true, error: null });
  await db.rows('drop table runs');
  expect(await row()).toMatchObject({ ready: null, tracked: false });
  await db.rows('select noetl.fold()');
  await db.rows(runsTable);
  expect(await row()).toEqual({ ready: '0', tracked: false, error: null });
  await db.rows(`insert into runs (status, run_at) values ('QUEUED', now())`);
  await db.rows('update _noetl.queue_tracking set renewed_at = null');
  expect(await db.value('select noetl.renew_tracking()')).toBe('runs');
  expect(await row()).toEqual({ ready: '1', tracked: true, error: null });
  expect(await db.value(`select noetl.untrack_queue('runs')`)).toBe(true);
  expect(await db.value(`select noetl.untrack_queue('runs')`)).toBe(false);
  expect(await row()).toEqual({ ready: '1', tracked: false, error: null });
});

it('begins only when writers let it, and blocks them for a second at most', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  const session = await db.session();
  await session.query(`begin; insert into runs (status) values ('QUEUED')`);
  expect((await refusalOf(db.pool.query(`select noetl.track_queue('runs')`))).code).toBe('55P03');
  await session.query('commit');
  await db.rows(`select noetl.track_queue('runs')`);
});

it('refuses what cannot be tracked, with the reason', async () => {
  await db.rows(`
    create table parts (state text) partition by list (state);
    create table part partition of parts default;
    create unlogged table fleeting (state text);
    create view seen as table parts;
    select noetl.register_queue(name, name::regclass, status => 'state', ready_status => 'new') from unnest('{part,fleeting,seen}'::text[]) as name`);
  expect((await db.refusal(`select noetl.track_queue('part')`)).message).toBe('name: public.part is part of public.parts, which is written to past its triggers');
  expect((await db.refusal(`select noetl.track_queue('seen')`)).message).toBe('name: public.seen is no ordinary table');
  expect((await db.refusal(`select noetl.track_queue('fleeting')`)).message).toMatch(/^name: public.fleeting is not logged/);
  expect((await db.refusal(`select noetl.track_queue('nothing')`)).message).toBe('name: there is no queue "nothing"');
});

it('goes on through an upgrade', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`select noetl.track_queue('runs'); insert into runs (status, run_at) values ('QUEUED', now())`);
  await install(db.url);
  await db.rows(`insert into runs (status, run_at) values ('QUEUED', now())`);
  expect(await db.rows('select ready, tracked from noetl.queue_health')).toEqual([{ ready: '2', tracked: true }]);
  expect(await db.value(`select noetl.recount_queue('runs')`)).toBe('0');
});

it('truncates the slots of changes that are folded, not while a transaction may still read them', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`select noetl.track_queue('runs'); insert into runs (status, run_at) select 'QUEUED', now() from generate_series(1, 3)`);
  // the changes of a minute ago: neither of the slot in use nor of the next
  const slot = await db.value<number>('select ((extract(epoch from now())::bigint / 30 + 6) % 8)::int');
  await db.rows('update _noetl.queue_change set slot = $1', [slot]);
  const size = (): Promise<number> =>
    db.value('select pg_relation_size(partition)::int from _noetl.queue_change_slot where slot = $1', [slot]);
  const reader = await db.session();
  await reader.query('begin isolation level repeatable read; select 1');
  await db.rows('select noetl.rotate_events()');
  await db.rows('select noetl.fold()');
  await db.rows('select noetl.rotate_events()');
  await db.rows('select noetl.rotate_events()');
  expect(await size()).toBeGreaterThan(0);
  expect((await reader.query('select ready, tracked from noetl.queue_health')).rows).toEqual([{ ready: '3', tracked: true }]);
  await reader.query('commit');
  await db.rows('select noetl.rotate_events()');
  expect(await size()).toBe(0);
  expect(await db.rows('select ready, tracked from noetl.queue_health')).toEqual([{ ready: '3', tracked: true }]);
});
