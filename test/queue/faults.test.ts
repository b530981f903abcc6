import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { readCounted, readings, registerRuns, runsTable, samples } from './page.ts';

const db = useDatabase({ per: 'test' });

/** Both ways of reading one queue, which must be equal. */
async function agree(): Promise<void> {
  await db.rows(`create or replace ${readCounted.trim().slice('create '.length)}`);
  const { tracked, counted } = await readings(db);
  expect(tracked).toEqual(counted);
}

for (const tracked of [false, true]) {
  describe(tracked ? 'tracked' : 'counted', () => {
    const register = async (options: string): Promise<void> => {
      await db.rows(`select noetl.register_queue('jobs', 'jobs', status => 'state', ready_status => 'new', ${options})`);
      if (tracked) await db.rows(`select noetl.track_queue('jobs')`);
    };
    const oldest = async (): Promise<number | null> => {
      const seconds = await db.value<number | null>('select oldest_ready_seconds from noetl.queue_health');
      return seconds === null ? null : Math.floor(seconds / 60) * 60;
    };
    const jobs = `create table jobs (id bigint generated always as identity primary key, state text, nb timestamptz, queued_at timestamptz, held boolean)`;

    describe('a job that could be taken has an age from the later of when it was queued and when it was due:', () => {
      const cases: [string, string, number | null][] = [
        ['without a time to run, from when it was queued', `(null, -3600), (-5, -5)`, 3600],
        ['due at once, too', `('-infinity', -3600)`, 3600],
        ['queued after it was due', `(-3600, -60)`, 60],
        ['queued before it was due', `(-60, -3600)`, 60],
        ['not due yet', `(60, -3600)`, null],
        ['the least of all', `(-600, -60), (-120, -900), (null, -300), (600, -900)`, 300],
      ];
      for (const [title, values, expected] of cases) {
        it(title, async () => {
          await db.rows(jobs);
          await register(`run_at => 'nb', queued_at => 'queued_at'`);
          await db.rows(`
            insert into jobs (state, nb, queued_at)
            select 'new', case v.nb when '-infinity' then v.nb::timestamptz else now() + v.nb::int * interval '1 s' end, now() + v.queued * interval '1 s'
            from (values ${values.replaceAll(/\((-?\d+|null),/g, (_, nb: string) => (nb === 'null' ? '(null,' : `('${nb}',`))}) as v (nb, queued)`);
          expect(await oldest()).toBe(expected);
          if (tracked) await agree();
        });
      }

      it('none, where only a time to run is told and the job is due at once', async () => {
        await db.rows(jobs);
        await register(`run_at => 'nb'`);
        await db.rows(`insert into jobs (state, nb) values ('new', '-infinity'), ('new', null)`);
        expect(await oldest()).toBe(null);
        expect(await db.value('select ready from noetl.queue_health')).toBe('2');
      });

      it('none, while it is held', async () => {
        await db.rows(jobs);
        await register(`queued_at => 'queued_at', blocked => 'held'`);
        await db.rows(`insert into jobs (state, queued_at, held) values ('new', now() - interval '1 h', true), ('new', now() - interval '2 min', null)`);
        expect(await oldest()).toBe(120);
      });
    });

    it('counts jobs of several statuses, and as other those that are in none and have not ended', async () => {
      await db.rows(`create table jobs (state text, ended_at timestamptz)`);
      await db.rows(`
        select noetl.register_queue('jobs', 'jobs', status => 'state', ready_status => '{new,"again, please"}', running_status => 'busy', failed_status => '{dead,gone}',
          finished_at => 'ended_at', prefix => 'xyn')`);
      if (tracked) await db.rows(`select noetl.track_queue('jobs')`);
      await db.rows(`insert into jobs (state) values ('new'), ('again, please'), ('busy'), ('dead'), ('gone'), ('odd'), (null), ('Done')`);
      await db.rows(`insert into jobs values ('odd', now())`);
      expect(await db.row('select ready, running, failed, other from noetl.queue_health')).toEqual({ ready: '2', running: '1', failed: '2', other: '2' });
      if (tracked) await agree();
      await db.rows(`select noetl.collect_queue('jobs')`);
      expect(await samples(db, 'noetl_queue_jobs{queue="jobs",source="jobs",state="other"}')).toEqual({ 'noetl_queue_jobs{queue="jobs",source="jobs",state="other"}': 2 });
      expect(await samples(db, 'xyn_queue_depth')).toEqual({
        'xyn_queue_depth{status="new,again, please"}': 2, 'xyn_queue_depth{status="busy"}': 1, 'xyn_queue_depth{status="dead,gone"}': 2,
      });
    });

    it('counts the end of a job once, however often and late its row is touched', async () => {
      await db.rows(runsTable);
      await db.rows(registerRuns);
      if (tracked) await db.rows(`select noetl.track_queue('runs')`);
      await db.rows(`select noetl.collect_queue('runs')`);
      const late = await db.session();
      await late.query(`begin; insert into runs (status, blueprint, started_at, finished_at) values ('DONE', 'late', now(), now())`);
      await db.rows(`insert into runs (status, blueprint, started_at, finished_at) select 'DONE', 'a', now() - interval '2 s', now() from generate_series(1, 10)`);
      await db.rows(`select noetl.collect_queue('runs')`);
      await db.rows(`update runs set blueprint = blueprint; update runs set status = 'ARCHIVED' where id % 2 = 0`);
      await db.rows(`select noetl.collect_queue('runs')`);
      await late.query('commit');
      await db.rows(`select noetl.collect_queue('runs')`);
      // which writes every row of the table anew
      await db.rows(`alter table runs alter column status type varchar(90)`);
      await db.rows(`select noetl.collect_queue('runs')`);
      await db.rows(`update runs set blueprint = blueprint`);
      await db.rows(`select noetl.collect_queue('runs')`);
      expect(await samples(db, 'xyn_blueprint_run_count')).toEqual({
        'xyn_blueprint_run_count{blueprint="a",status="DONE"}': 10, 'xyn_blueprint_run_count{blueprint="late",status="DONE"}': 1,
      });
      expect(await samples(db, 'xyn_blueprint_duration_seconds_count{blueprint="a"')).toEqual({ 'xyn_blueprint_duration_seconds_count{blueprint="a"}': 10 });
    });

    it('counts the ends that a table without a key and an expression keep', async () => {
      await db.rows(`create table jobs (state text, ended_ms bigint)`);
      await register(`finished_at => 'to_timestamp(ended_ms / 1000.0)'`);
      await db.rows(`select noetl.collect_queue('jobs')`);
      await db.rows(`insert into jobs select 'done', extract(epoch from now()) * 1000 from generate_series(1, 3)`);
      await db.rows(`select noetl.collect_queue('jobs')`);
      await db.rows(`update jobs set state = 'done'; delete from jobs where ctid = (select min(ctid) from jobs)`);
      await db.rows(`select noetl.collect_queue('jobs')`);
      expect(await samples(db, 'noetl_queue_jobs_finished_total')).toEqual({ 'noetl_queue_jobs_finished_total{outcome="done",queue="jobs",source="jobs"}': 3 });
    });
  });
}

describe('how jobs of a view end', () => {
  const view = `${runsTable} create view seen as table runs`;
  const register = (more = ''): string => `select noetl.register_queue('seen', 'seen', status => 'status', ready_status => 'QUEUED'${more})`;

  it('is not read unless it is asked for', async () => {
    await db.rows(view);
    await db.rows(register());
    await db.rows(`insert into runs (status, finished_at) values ('DONE', now()), ('QUEUED', null)`);
    expect(await db.value(`select noetl.collect_queue('seen')`)).toBe(true);
    expect(await db.value('select ready from noetl.queue_health')).toBe('1');
  });

  it('is counted if it is', async () => {
    await db.rows(view);
    await db.rows(register(`, finished_at => 'finished_at'`));
    await db.rows(`select noetl.collect_queue('seen')`);
    await db.rows(`insert into runs (status, finished_at) values ('DONE', now())`);
    await db.rows(`select noetl.collect_queue('seen')`);
    expect(Object.values(await samples(db, 'noetl_queue_jobs_finished_total'))).toEqual([1]);
  });
});

it('does not use a column of a usual name that is given as null', async () => {
  await db.rows(runsTable);
  await db.rows(`select noetl.register_queue('runs', 'runs', status => 'status', ready_status => 'QUEUED', finished_at => null, started_at => null, operation => null)`);
  expect(await db.value(`select options ?| '{finished_at,started_at,operation}' from noetl.queue`)).toBe(false);
});

it('advises only what can be run, after which no finished job is read', async () => {
  await db.rows(`
    create type mood as enum ('new', 'busy', 'dead', 'done');
    create table jobs (id bigserial primary key, state mood not null, lane mood, at timestamptz default now(), started timestamptz, kept boolean default true);
    select noetl.register_queue('jobs', 'jobs', status => 'state::text', ready_status => 'new', running_status => 'busy', failed_status => 'dead', run_at => 'at',
      lease_expires_at => $$started + interval '1 day'$$, queue => 'lane', condition => $$kept and at > now() - interval '1 year'$$);
    insert into jobs (state) select 'done' from generate_series(1, 30000);
    insert into jobs (state, lane) values ('new', 'busy'), ('dead', null)`);
  await db.rows('vacuum analyze jobs');
  for (const { statement } of await db.rows<{ statement: string }>('select statement from noetl.queue_advice')) await db.rows(statement);
  expect(await db.rows('select statement from noetl.queue_advice')).toEqual([]);
  await db.rows('vacuum analyze jobs');
  const statement = await db.value<string>('select _noetl.queue_statement(q) from _noetl.queue as q');
  expect(JSON.stringify(await db.rows(`explain (format json) ${statement.replaceAll('$1', 'clock_timestamp()::timestamptz')}`))).not.toMatch(
    /"Node Type":"Seq Scan"[^{}]*?"Relation Name":"jobs"/,
  );
  expect(await db.rows('select queue, ready, failed, other from noetl.queue_health order by 1')).toEqual([
    { queue: 'busy', ready: '1', failed: '0', other: '0' }, { queue: 'default', ready: '0', failed: '1', other: '0' },
  ]);
});

it('gives a prefix to one queue', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(registerRuns);
  const second = `select noetl.register_queue('more', 'runs', status => 'status', ready_status => 'QUEUED', prefix => 'xyn')`;
  expect((await db.refusal(second)).message).toBe(`prefix: queue "runs" has it, and two would overwrite each other's lines`);
  await db.rows(`select noetl.unregister_queue('runs')`);
  await db.rows(second);
});

describe('an expression that depends on more than the row is not tracked:', () => {
  const cases: [string, string, RegExp][] = [
    ['the time', `condition => 'at < now()'`, /^name: condition of "q" cannot be counted by triggers, .*: now\(\) does not depend on its arguments alone$/],
    ['a special value', `condition => 'at < current_timestamp'`, /it depends on the time or the session$/],
    ['chance', `attempts => '(random() * 2)::int'`, /random\(\) does not depend/],
    ['the age of a moment', `blocked => $$age(at) > interval '1 day'$$`, /age\(/],
    ['the table by its name', `condition => 'jobs.kept'`, /missing FROM-clause entry for table "jobs"$/],
    ['a function of somebody', `blocked => 'public.is_held(id)'`, /is_held\(/],
  ];
  for (const [title, option, reason] of cases) {
    it(title, async () => {
      await db.rows(`
        create table jobs (id int, state text, at timestamptz, kept boolean);
        create function is_held(id int) returns boolean language sql stable return id in (select 1);
        select noetl.register_queue('q', 'jobs', status => 'state', ready_status => 'new', ${option})`);
      expect((await db.refusal(`select noetl.track_queue('q')`)).message).toMatch(reason);
    });
  }

  it('but one that depends on the row and the time zone is', async () => {
    await db.rows(`
      create type mood as enum ('new');
      create table jobs (state mood, at timestamptz, info jsonb);
      select noetl.register_queue('q', 'jobs', status => 'lower(state::text)', ready_status => 'new', run_at => $$at + interval '1 day'$$,
        queued_at => $$(info ->> 'at')::timestamptz$$);
      select noetl.track_queue('q'); insert into jobs values ('new', now() - interval '2 days', '{"at": "2000-01-01"}')`);
    expect(await db.row('select ready, tracked from noetl.queue_health')).toEqual({ ready: '1', tracked: true });
  });
});

it('tells which statuses no row has yet, and which there are', async () => {
  await db.rows(`create table jobs (state text); insert into jobs values ('new'), ('busy')`);
  const session = await db.session();
  const notices: string[] = [];
  session.on('notice', ({ message = '' }) => notices.push(message));
  await session.query(`select noetl.register_queue('q', 'jobs', status => 'state', ready_status => '{new,nwe}', running_status => 'busy')`);
  expect(notices).toEqual(['ready_status: no row of public.jobs has status nwe yet; there are busy, new']);
});

it('has outcomes of a table whose jobs are deleted when they are done, if it is tracked', async () => {
  await db.rows(`
    create table jobs (id bigserial primary key, queue text, reserved_at integer, available_at integer, created_at integer);
    select noetl.register_queue('own', 'jobs', status => $$case when reserved_at is null then 'waiting' else 'reserved' end$$, ready_status => 'waiting',
      running_status => 'reserved', run_at => 'to_timestamp(available_at)', started_at => 'to_timestamp(reserved_at)', queue => 'queue');
    select noetl.track_queue('own');
    insert into jobs (queue, reserved_at, available_at)
    select 'a', case when n < 3 then extract(epoch from now())::int - 7 end, extract(epoch from now())::int - 9 from generate_series(1, 4) as n;
    delete from jobs`);
  await db.rows(`select noetl.collect_queue('own')`);
  expect(await samples(db, 'noetl_queue_jobs_finished_total')).toEqual({ 'noetl_queue_jobs_finished_total{outcome="deleted",queue="a",source="own"}': 2 });
  expect(await samples(db, 'noetl_queue_job_wait_seconds_sum')).toEqual({ 'noetl_queue_job_wait_seconds_sum{queue="a",source="own"}': 4 });
});
