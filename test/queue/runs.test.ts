import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { registerRuns, runsTable, samples } from './page.ts';

const db = useDatabase({ per: 'test' });

const fill = `
  insert into runs (status, run_at, queued_at)
  select 'QUEUED', now() - interval '1 minute', now() - n * interval '1 minute' from generate_series(1, 12) as n;
  insert into runs (status, run_at, queued_at)
  select 'QUEUED', now() + interval '1 hour', now() - interval '1 day' from generate_series(1, 3) as n;
  insert into runs (status, lease_expires_at)
  select 'RUNNING', now() + case when n <= 2 then -1 else 60 end * interval '1 minute' from generate_series(1, 5) as n;
  insert into runs (status) values ('RUNNING'), ('DONE'), ('DONE');`;

for (const tracked of [false, true]) {
  it(`shows the runs table as specified, ${tracked ? 'tracked' : 'counted'}`, async () => {
    await db.rows(runsTable);
    await db.rows(registerRuns);
    if (tracked) await db.rows(`select noetl.track_queue('runs')`);
    await db.rows(fill);
    await db.rows(`
      select noetl.register_runtime('a', 'worker_pool'), noetl.register_runtime('b', 'worker_pool'), noetl.register_runtime('s', 'server_api')`);
    expect(await db.value('select tracked from noetl.queue')).toBe(tracked);
    expect(await db.value(`select noetl.collect_queue('runs')`)).toBe(true);
    const { xyn_queue_oldest_ready_seconds: oldest, ...exact } = await samples(db, 'xyn_');
    expect(exact).toEqual({
      'xyn_queue_depth{status="QUEUED"}': 15,
      'xyn_queue_depth{status="RUNNING"}': 6,
      xyn_queue_ready_depth: 12,
      xyn_queue_future_depth: 3,
      xyn_running_with_expired_lease: 2,
      xyn_running_with_active_lease: 3,
      xyn_workers_alive: 2,
    });
    const lines = (await db.value<string>('select noetl.prometheus_text()')).split('\n');
    expect(lines).toContain('xyn_queue_depth{status="QUEUED"} 15');
    expect(lines).toContain('xyn_queue_ready_depth 12');
    expect(lines).toContain('# TYPE xyn_workers_alive gauge');
    expect(oldest).toBeGreaterThanOrEqual(720);
    expect(oldest).toBeLessThan(750);
    expect(
      await db.rows(
        `select source, queue, active, expired, without_lease, floor(longest_expired_seconds / 60) as expired_minutes,
           ceil(next_expiring_seconds / 60) as minutes_left, error
         from noetl.queue_lease`,
      ),
    ).toEqual([
      { source: 'runs', queue: 'runs', active: '3', expired: '2', without_lease: '1', expired_minutes: 1, minutes_left: 60, error: null },
    ]);
  });
}

it('reads 0 everywhere when the queue is empty', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`select noetl.collect_queue('runs')`);
  expect(Object.values(await samples(db, 'xyn_'))).toEqual(Array.from({ length: 8 }, () => 0));
  expect(Object.values(await samples(db, 'noetl_queue_jobs'))).toEqual(Array.from({ length: 7 }, () => 0));
  expect(await samples(db, 'noetl_queue_oldest')).toEqual({
    'noetl_queue_oldest_ready_seconds{queue="runs",source="runs"}': 0,
    'noetl_queue_oldest_running_seconds{queue="runs",source="runs"}': 0,
  });
});

it('takes a queue that cannot be read off the page at once, says so, and brings it back', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`create table other (state text); select noetl.register_queue('other', 'other', status => 'state', ready_status => 'new')`);
  await db.rows('select noetl.collect_queues()');
  expect(Object.keys(await samples(db, 'xyn_'))).toHaveLength(8);
  await db.rows('alter table runs rename column run_at to due');
  await db.rows('select noetl.collect_queues()');
  expect(await samples(db, 'xyn_')).toEqual({});
  expect(Object.keys(await samples(db, 'noetl_queue_jobs{queue="other"'))).toHaveLength(7);
  expect(Object.keys(await samples(db, 'noetl_queue_jobs{queue="runs"'))).toHaveLength(0);
  expect(await samples(db, 'noetl_queue_collect_success')).toEqual({
    'noetl_queue_collect_success{source="other"}': 1,
    'noetl_queue_collect_success{source="runs"}': 0,
  });
  expect(await samples(db, 'noetl_queue_collect_failures')).toEqual({ 'noetl_queue_collect_failures_total{source="runs"}': 1 });
  expect(await db.rows('select name, succeeded, error from noetl.queue order by name')).toEqual([
    { name: 'other', succeeded: true, error: null },
    { name: 'runs', succeeded: false, error: 'column "run_at" does not exist' },
  ]);
  expect(await db.rows('select source, ready, error from noetl.queue_health order by source')).toEqual([
    { source: 'other', ready: '0', error: null },
    { source: 'runs', ready: null, error: 'column "run_at" does not exist' },
  ]);
  await db.rows('alter table runs rename column due to run_at');
  await db.rows('select noetl.collect_queues()');
  expect(Object.keys(await samples(db, 'xyn_'))).toHaveLength(8);
});

it('gives up on a queue after statement_timeout, and lets a cancelled collection be cancelled', async () => {
  await db.rows(`
    create table slow (state text);
    insert into slow values ('new');
    select noetl.register_queue('slow', 'slow', status => 'state', ready_status => 'new', condition => 'pg_catalog.pg_sleep(0.3) is not null')`);
  const session = await db.session();
  await session.query(`set statement_timeout = '100ms'`);
  expect((await session.query(`select noetl.collect_queue('slow') as ok`)).rows).toEqual([{ ok: false }]);
  expect(await db.value('select error from noetl.queue')).toBe('it took longer than statement_timeout');
  await session.query(`set statement_timeout = 0`);
  await db.rows(`update _noetl.queue set options = options || '{"condition": "pg_catalog.pg_sleep(30) is not null"}'`);
  const { pid } = (await session.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0] ?? { pid: 0 };
  const collecting = session.query(`select noetl.collect_queue('slow')`).then(() => 'done', (error: Error) => error.message);
  await expect.poll(() => db.value(`select count(*)::int from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`)).toBe(1);
  await db.rows(`select pg_cancel_backend(${pid})`);
  expect(await collecting).toBe('canceling statement due to user request');
});

it('waits for no lock on the table for long', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  const session = await db.session();
  await session.query('begin; lock table runs in access exclusive mode');
  expect(await db.value(`select noetl.collect_queue('runs')`)).toBe(false);
  expect(await db.value('select error from noetl.queue')).toBe('canceling statement due to lock timeout');
  await session.query('rollback');
});

describe('a queue that cannot be read as asked is refused with the reason:', () => {
  const register = (options: string): string => `select noetl.register_queue('q', 'jobs', ${options})`;
  const valid = `status => 'state', ready_status => 'new'`;
  const cases: [string, string, string][] = [
    ['a column that is not there', register(`${valid}, run_at => 'due'`), 'run_at: (due) is no expression over a row of public.jobs: column "due" does not exist'],
    ['no status', register(`run_at => 'at'`), 'status: a table needs status and ready_status, to tell which of its rows wait'],
    ['a time without a zone', register(`${valid}, run_at => 'local'`), 'run_at: local is of type timestamp without time zone, which does not say which moment it means'],
    ['an unknown zone', register(`${valid}, run_at => 'local', time_zone => 'Mars'`), 'time zone "Mars" not recognized'],
    ['a status that its enum does not have', `select noetl.register_queue('q', 'jobs', status => 'mood', ready_status => 'new')`, 'queue "q" cannot be read as asked: invalid input value for enum public.mood: "new"'],
    ['an unknown library', `select noetl.register_queue('sidekiq')`, 'adapter: there is none called "sidekiq"'],
    ['a library that is not there', `select noetl.register_queue('oban')`, 'schema: the tables of Oban, with the columns it should have, are not in this database'],
    ['a table that is not there', `select noetl.register_queue('q', 'nowhere', ${valid})`, 'relation "nowhere" does not exist'],
    ['an endless lease', `select noetl.register_queue('oban', lease => '0')`, 'lease: must be longer than zero'],
  ];
  for (const [title, sql, message] of cases) {
    it(title, async () => {
      await db.rows(`create type mood as enum ('sad'); create table jobs (state text, mood mood, at timestamptz, local timestamp)`);
      expect((await db.refusal(sql)).message).toBe(message);
      expect(await db.rows('select name from noetl.queue')).toEqual([]);
    });
  }

  it('row security that would hide rows, and no right to read', async () => {
    await db.rows(`
      create table jobs (state text);
      insert into jobs values ('new');
      alter table jobs enable row level security;
      create table secret (state text);
      create role reader_${db.name} in role pg_read_all_data;
      create role stranger_${db.name};
      grant usage on schema noetl, _noetl to reader_${db.name}, stranger_${db.name};
      grant all on all tables in schema noetl, _noetl to reader_${db.name}, stranger_${db.name};
      grant execute on all functions in schema noetl, _noetl to reader_${db.name}, stranger_${db.name}`);
    const session = await db.session();
    // it reads with the rights of whoever owns the function, not of whoever calls it
    await session.query(`alter routine _noetl.add_queue owner to reader_${db.name}`);
    await expect(session.query(register(valid))).rejects.toThrow(
      `relation: row security of public.jobs would hide rows from reader_${db.name}, so that it would count too few`,
    );
    await session.query(`alter routine _noetl.add_queue owner to current_user`);
    // and what belongs to somebody else with the rights of that role
    await session.query(`create view view_of_jobs with (security_barrier) as select * from jobs; alter view view_of_jobs owner to reader_${db.name}`);
    await expect(session.query(`select noetl.register_queue('q', 'view_of_jobs', ${valid})`)).rejects.toThrow(
      'query would be affected by row-level security policy for table "jobs"',
    );
    await session.query(`create view view_of_secret as select * from secret; alter view view_of_secret owner to stranger_${db.name}`);
    await expect(session.query(`select noetl.register_queue('q', 'view_of_secret', ${valid})`)).rejects.toThrow('permission denied for table secret');
    await session.query(`drop owned by reader_${db.name}, stranger_${db.name} cascade; drop role reader_${db.name}, stranger_${db.name}`);
  });
});

it('reads times without zone in the zone they are said to have, wherever the session is', async () => {
  await db.rows(`
    create table jobs (state text, at timestamp);
    insert into jobs select 'new', timezone('UTC', now()) + n * interval '1 minute' from generate_series(-2, 2) as n;
    select noetl.register_queue('jobs', 'jobs', status => 'state', ready_status => 'new', run_at => 'at', time_zone => 'UTC')`);
  const query = 'select ready, scheduled, floor(oldest_ready_seconds / 60) as minutes, tracked from noetl.queue_health';
  expect(await db.rows(query)).toEqual([{ ready: '3', scheduled: '2', minutes: 2, tracked: false }]);
  await db.rows(`select noetl.track_queue('jobs')`);
  expect(await db.rows(query)).toEqual([{ ready: '3', scheduled: '2', minutes: 2, tracked: true }]);
});

it('tells queues apart, remembers empty ones, and calls those beyond the limit other', async () => {
  await db.rows(`
    create table jobs (state text, lane text, at timestamptz default now());
    select noetl.set_setting('queue_label_limit', '3');
    select noetl.register_queue('jobs', 'jobs', status => 'state', ready_status => 'new', queue => 'lane', run_at => 'at');
    insert into jobs values ('new', 'a'), ('new', 'b'), ('new', 'b'), ('new', null)`);
  const query = `select queue, ready from noetl.queue_health order by 1`;
  await db.rows('select noetl.collect_queues()');
  await db.rows(`delete from jobs where lane = 'a'; insert into jobs select 'new', 'c' || n from generate_series(1, 9) as n`);
  const expected = [
    { queue: 'a', ready: '0' },
    { queue: 'b', ready: '2' },
    { queue: 'default', ready: '1' },
    { queue: 'other', ready: '9' },
  ];
  expect(await db.rows(query)).toEqual(expected);
  await db.rows(`select noetl.track_queue('jobs')`);
  expect(await db.rows(query)).toEqual(expected);
  await db.rows('select noetl.collect_queues()');
  expect(await samples(db, 'noetl_queue_jobs{queue="a",source="jobs",state="ready"}')).toEqual({
    'noetl_queue_jobs{queue="a",source="jobs",state="ready"}': 0,
  });
  await db.rows(`update _noetl.queue_member set seen_at = now() - interval '8 days'`);
  await db.rows('select noetl.collect_queues()');
  expect((await db.rows(query)).map(({ queue }) => queue)).not.toContain('a');
});

it('forgets a queue, and all of it goes off the page', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`select noetl.track_queue('runs')`);
  await db.rows(`select noetl.collect_queue('runs')`);
  expect(await db.value(`select noetl.unregister_queue('runs')`)).toBe(true);
  expect(await db.value(`select noetl.unregister_queue('runs')`)).toBe(false);
  expect(await samples(db, 'xyn_')).toEqual({});
  expect(await samples(db, 'noetl_queue_')).toEqual({});
  expect(await db.rows(`select tgname from pg_trigger where tgname like 'noetl%' and tgrelid = 'runs'::regclass`)).toEqual([]);
});
