import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import PgBoss from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/server.ts';
import { debianServer, needing, pathOf, pgDump, pgRestore } from '../support/tools.ts';
import { install } from '../../src/install.ts';
import { readCounted, readings, registerRuns, runsTable } from './page.ts';

const db = useDatabase({ per: 'test' });
const run = promisify(execFile);

const enqueue = (jobs: number): string => `insert into runs (status, run_at) select 'QUEUED', now() from generate_series(1, ${jobs})`;
const health = (): Promise<unknown> => db.row('select ready, tracked, error from noetl.queue_health');
const trackingError = (): Promise<unknown> => db.value('select tracking_error from noetl.queue');
/** As the next beat but one does, whatever the last renewal took. */
async function renew(): Promise<unknown> {
  await db.rows('update _noetl.queue_tracking set renewed_at = null');
  return db.value('select noetl.renew_tracking()');
}
async function tracked(): Promise<void> {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`select noetl.track_queue('runs')`);
  await db.rows(enqueue(3));
}
/** Tracked, and by what was kept. */
async function isExact(): Promise<void> {
  await db.rows(`create or replace ${readCounted.trim().slice('create '.length)}`);
  expect(await db.value('select tracked from noetl.queue')).toBe(true);
  const { tracked: kept, counted } = await readings(db);
  expect(kept).toEqual(counted);
}

describe('a statement of the user goes through, and the jobs are counted until the counts are renewed,', () => {
  const cases: [string, string, string][] = [
    ['when a column has another name', 'alter table runs rename column lease_expires_at to lease', 'alter table runs rename column lease to lease_expires_at'],
    ['when a column is gone', 'alter table runs drop column run_at', 'alter table runs add column run_at timestamptz default now()'],
    ['when a column has another type', `alter table runs alter column queued_at type text`, 'alter table runs alter column queued_at type timestamptz using queued_at::timestamptz'],
  ];
  for (const [title, upgrade, back] of cases) {
    it(title, async () => {
      await tracked();
      await db.rows(upgrade);
      await db.rows(`insert into runs (status) values ('QUEUED'); update runs set status = 'DONE' where id = 1; delete from runs where id = 2`);
      expect(await health()).toMatchObject({ tracked: false });
      await renew();
      await db.rows(back);
      await db.rows(enqueue(5));
      expect(await health()).toEqual({ ready: '7', tracked: false, error: null });
      expect(await renew()).toBe('runs');
      expect(await health()).toEqual({ ready: '7', tracked: true, error: null });
      await isExact();
      expect(await trackingError()).toBe(null);
    });
  }

  it('when an expression fails for a row', async () => {
    await db.rows(`
      create table jobs (state text, info text);
      select noetl.register_queue('jobs', 'jobs', status => 'state', ready_status => 'new', blocked => 'info::boolean');
      select noetl.track_queue('jobs')`);
    await db.rows(`insert into jobs values ('new', 'no')`);
    await db.rows(`insert into jobs values ('new', 'many')`);
    expect(await db.value('select count(*)::int from jobs')).toBe(2);
    expect(await trackingError()).toBe('INSERT of public.jobs: invalid input syntax for type boolean: "many"');
    expect(await health()).toEqual({ ready: null, tracked: false, error: 'invalid input syntax for type boolean: "many"' });
    await db.rows(`insert into jobs values ('new', 'more')`);
    expect(await renew()).toBe('jobs');
    // one fault says as much as many
    expect(await db.value('select count(*)::int from _noetl.queue_fault')).toBe(1);
    await db.rows(`delete from jobs where info like 'm%'`);
    expect(await renew()).toBe('jobs');
    expect(await health()).toEqual({ ready: '1', tracked: true, error: null });
  });

  it('also when all of noetl is gone', async () => {
    await tracked();
    await db.rows('drop schema noetl, _noetl cascade');
    await db.rows(`${enqueue(1)}; update runs set status = 'DONE'; delete from runs; truncate runs`);
    expect(await db.rows(`select tgname from pg_trigger where tgrelid = 'runs'::regclass`)).toEqual([]);
  });
});

it('keeps its place when triggers are bypassed as replicas do, and notices where they were off', async () => {
  await tracked();
  await db.rows(`begin; set local session_replication_role = replica; ${enqueue(2)}; commit`);
  expect(await health()).toEqual({ ready: '5', tracked: true, error: null });
  await db.rows(`alter table runs disable trigger all; ${enqueue(2)}; alter table runs enable trigger all`);
  expect(await health()).toEqual({ ready: '7', tracked: false, error: null });
  expect(await renew()).toBe('runs');
  expect(await health()).toEqual({ ready: '7', tracked: true, error: null });
});

it('is counted, or absent with its failure, while the table has another name, and right when it has its own again', async () => {
  await tracked();
  await db.rows('alter table runs rename to old_runs');
  await db.rows('insert into old_runs (status) select \'QUEUED\' from generate_series(1, 4)');
  expect(await health()).toEqual({ ready: null, tracked: false, error: 'relation "public.runs" does not exist' });
  expect(await renew()).toBe('runs');
  expect(await trackingError()).toBe('name: the table public.runs of "runs" is not there');
  await db.rows(runsTable.replaceAll(/create index[^;]*;/g, ''));
  await db.rows(enqueue(2));
  expect(await health()).toEqual({ ready: '2', tracked: false, error: null });
  await db.rows('drop table runs; alter table old_runs rename to runs');
  await renew();
  expect(await health()).toEqual({ ready: '7', tracked: true, error: null });
  await db.rows('create schema attic; alter table runs set schema attic');
  expect(await health()).toMatchObject({ ready: null, tracked: false });
  await db.rows('alter table attic.runs set schema public');
  expect(await health()).toEqual({ ready: '7', tracked: true, error: null });
  await isExact();
});

it('follows partitions that come and go, and statements that name one', async () => {
  await db.rows(`
    create table jobs (state text, lane int, at timestamptz default now()) partition by list (lane);
    create table jobs_1 partition of jobs for values in (1);
    create table jobs_2 partition of jobs for values in (2);
    select noetl.register_queue('jobs', 'jobs', status => 'state', ready_status => 'new', running_status => 'busy', run_at => 'at', queue => 'lane');
    select noetl.track_queue('jobs')`);
  const ready = (): Promise<unknown> => db.value('select coalesce(sum(ready), 0)::int from noetl.queue_health');
  const isTracked = (): Promise<unknown> => db.value('select tracked from noetl.queue');
  await db.rows(`insert into jobs select 'new', 1 + i % 2 from generate_series(1, 10) as i; insert into jobs_1 values ('new', 1); update jobs set lane = 3 - lane where lane = 1`);
  await db.rows('delete from only jobs_2 where ctid = (select min(ctid) from jobs_2)');
  await isExact();
  expect([await ready(), await isTracked()]).toEqual([10, true]);
  await db.rows(`create table jobs_3 partition of jobs for values in (3); insert into jobs_3 values ('new', 3); insert into jobs values ('new', 3)`);
  expect([await ready(), await isTracked()]).toEqual([12, false]);
  await renew();
  await db.rows(`insert into jobs_3 values ('new', 3)`);
  expect([await ready(), await isTracked()]).toEqual([13, true]);
  await db.rows('alter table jobs detach partition jobs_3');
  expect([await ready(), await isTracked()]).toEqual([10, false]);
  await renew();
  await isExact();
  await db.rows('alter table jobs attach partition jobs_3 for values in (3)');
  expect([await ready(), await isTracked()]).toEqual([13, false]);
  await renew();
  await isExact();
  await db.rows('truncate jobs_3');
  expect([await ready(), await isTracked()]).toEqual([10, false]);
  await renew();
  await db.rows('drop table jobs_2');
  expect(await isTracked()).toBe(false);
  await renew();
  await isExact();
  await db.rows('truncate jobs');
  await renew();
  expect([await ready(), await isTracked()]).toEqual([0, true]);
  expect(await db.value(`select noetl.recount_queue('jobs')`)).toBe('0');
});

it('follows the queues that pg-boss makes and drops', async () => {
  const boss = new PgBoss({ connectionString: db.url, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  await db.rows(`select noetl.register_queue('pgboss'); select noetl.track_queue('pgboss')`);
  await boss.createQueue('mail');
  await boss.send('mail', {});
  expect(await db.rows('select queue, ready, tracked from noetl.queue_health')).toEqual([{ queue: 'mail', ready: '1', tracked: false }]);
  expect(await renew()).toBe('pgboss');
  await boss.send('mail', {});
  expect(await db.rows('select queue, ready, tracked from noetl.queue_health')).toEqual([{ queue: 'mail', ready: '2', tracked: true }]);
  await boss.createQueue('video');
  await boss.purgeQueue('mail');
  await boss.deleteQueue('mail');
  await renew();
  await boss.send('video', {});
  expect(await db.rows('select queue, ready, tracked from noetl.queue_health')).toEqual([{ queue: 'video', ready: '1', tracked: true }]);
  await boss.clearStorage();
  await renew();
  await isExact();
  await boss.stop({ graceful: false });
});

it('does not take a count for the tracking of a queue of pgmq that is new', async () => {
  const queue = (name: string): string => `
    create table pgmq.q_${name} (msg_id bigint primary key generated always as identity, read_ct int default 0 not null,
      enqueued_at timestamptz default now() not null, vt timestamptz not null, message jsonb);
    insert into pgmq.meta (queue_name, is_partitioned, is_unlogged) values ('${name}', false, false)`;
  await db.rows(`
    create schema pgmq;
    create table pgmq.meta (queue_name varchar unique not null, is_partitioned boolean not null, is_unlogged boolean not null,
      created_at timestamptz default now() not null);
    ${queue('mail')};
    select noetl.register_queue('pgmq'), noetl.track_queue('pgmq')`);
  await db.rows(queue('video'));
  await db.rows(`truncate pgmq.q_mail; insert into pgmq.q_video (vt) values (now())`);
  await db.rows(`select noetl.recount_queue('pgmq')`);
  const read = (): Promise<unknown> => db.rows('select queue, ready, tracked from noetl.queue_health order by queue');
  expect(await read()).toEqual([{ queue: 'mail', ready: '0', tracked: false }, { queue: 'video', ready: '1', tracked: false }]);
  await renew();
  await db.rows('insert into pgmq.q_video (vt) values (now())');
  expect(await read()).toEqual([{ queue: 'mail', ready: '0', tracked: true }, { queue: 'video', ready: '2', tracked: true }]);
  await isExact();
});

it('is not renewed by two at once, nor again and again', async () => {
  await tracked();
  await db.rows('alter table runs disable trigger all');
  const session = await db.session();
  await session.query('begin; lock table runs in row exclusive mode');
  expect(await db.value('select noetl.renew_tracking()')).toBe('runs');
  expect(await trackingError()).toBe('canceling statement due to lock timeout');
  expect(await db.value('select noetl.renew_tracking()')).toBe(null);
  await session.query('commit');
  await session.query(`begin; update _noetl.queue_tracking set renewed_at = null; commit; begin; select noetl.renew_tracking()`);
  await db.rows('update _noetl.queue_tracking set renewed_at = null where false');
  expect(await db.value('select noetl.renew_tracking()')).toBe(null);
  await session.query('commit');
  expect(await health()).toEqual({ ready: '3', tracked: true, error: null });
});

it('replaces what an earlier release tracked by, without a lock, and renews it', async () => {
  await tracked();
  await db.rows(`
    create function _noetl_track.queue_1_insert() returns trigger language plpgsql as 'begin perform gone(); end';
    create trigger older after insert on runs for each statement execute function _noetl_track.queue_1_insert();
    update _noetl.queue_tracking set shape = null, relations = '{}'`);
  const session = await db.session();
  await session.query('begin; lock table runs in row exclusive mode');
  await install(db.url);
  await session.query(`${enqueue(2)}; commit`);
  expect(await health()).toEqual({ ready: '5', tracked: false, error: null });
  expect(await renew()).toBe('runs');
  expect(await trackingError()).toBe(null);
  await db.rows(enqueue(1));
  expect(await health()).toEqual({ ready: '6', tracked: true, error: null });
});

describe('a dump', () => {
  const cluster = useCluster({ server: debianServer });

  for (const format of ['custom', 'plain, data apart from the schema'] as const) {
    needing(debianServer, pgDump, pgRestore)(`with a tracked queue is right as restored (${format}), and tracked again`, async () => {
      const folder = await temporaryFolder();
      const from = await cluster.installed(`from_${format.length}`);
      const to = await cluster.empty(`to_${format.length}`);
      await connected(from, async (client) => {
        await client.query(runsTable);
        await client.query(registerRuns);
        await client.query(`select noetl.track_queue('runs'); ${enqueue(5)}`);
        await client.query('select noetl.fold()');
        await client.query(enqueue(2));
      });
      const file = join(folder, 'dump');
      await run(pathOf(pgDump), ['-Fc', '--file', file, from]);
      if (format === 'custom') await run(pathOf(pgRestore), ['--exit-on-error', '-d', to, file]);
      else {
        await run(pathOf(pgRestore), ['--exit-on-error', '--section=pre-data', '-d', to, file]);
        await run(pathOf(pgRestore), ['--exit-on-error', '--section=data', '--disable-triggers', '-d', to, file]);
        await run(pathOf(pgRestore), ['--exit-on-error', '--section=post-data', '-d', to, file]);
      }
      await connected(to, async (client) => {
        const read = async (): Promise<unknown> => (await client.query('select ready, tracked, error from noetl.queue_health')).rows;
        expect(await read()).toMatchObject([{ ready: '7', error: null }]);
        await client.query(enqueue(1));
        expect(await read()).toMatchObject([{ ready: '8', error: null }]);
        await client.query('select noetl.renew_tracking()');
        expect(await read()).toEqual([{ ready: '8', tracked: true, error: null }]);
        await client.query('select noetl.fold()');
        await client.query(`${enqueue(1)}; delete from runs where id = 1`);
        expect(await read()).toEqual([{ ready: '8', tracked: true, error: null }]);
        expect((await client.query(`select noetl.recount_queue('runs')::int as off`)).rows).toEqual([{ off: 0 }]);
        await client.query('select noetl.fold()');
        expect(await read()).toEqual([{ ready: '8', tracked: true, error: null }]);
      });
      await rm(folder, { recursive: true });
    });
  }
});
