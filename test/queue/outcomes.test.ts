import { Logger, makeWorkerUtils, run, runMigrations } from 'graphile-worker';
import PgBoss from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { libraries, utc } from './libraries.ts';
import { registerRuns, runsTable, samples } from './page.ts';

const db = useDatabase({ per: 'test' });

const collect = (): Promise<unknown> => db.rows('select noetl.collect_queues()');

it('shows how runs ended and how long they took, by blueprint', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  const finish = (status: string, blueprint: string, seconds: number): string => `
    insert into runs (status, blueprint, queued_at, started_at, finished_at)
    values ('${status}', '${blueprint}', now() - interval '${seconds + 2} s', now() - interval '${seconds} s', now())`;
  await db.rows(finish('DONE', 'before', 1));
  await collect();
  await db.rows(finish('DONE', 'etl', 3));
  await db.rows(finish('DONE', 'etl', 40));
  await db.rows(finish('FAILED', 'etl', 1));
  await db.rows(finish('DONE', 'mail', 1));
  // runs that are not over, and one whose transaction is
  await db.rows(`insert into runs (status, blueprint, finished_at) values ('RUNNING', 'etl', now())`);
  const late = await db.session();
  await late.query(`begin; ${finish('DONE', 'late', 7)}`);
  await collect();
  await collect();
  expect(await samples(db, 'xyn_blueprint_run_count')).toEqual({
    'xyn_blueprint_run_count{blueprint="etl",status="DONE"}': 2,
    'xyn_blueprint_run_count{blueprint="etl",status="FAILED"}': 1,
    'xyn_blueprint_run_count{blueprint="mail",status="DONE"}': 1,
  });
  await late.query('commit');
  await collect();
  await db.rows('select noetl.fold()');
  await collect();
  expect(await samples(db, 'xyn_blueprint_run_count{blueprint="late"')).toEqual({ 'xyn_blueprint_run_count{blueprint="late",status="DONE"}': 1 });
  expect(await samples(db, 'xyn_blueprint_duration_seconds_sum')).toEqual({
    'xyn_blueprint_duration_seconds_sum{blueprint="etl"}': 44,
    'xyn_blueprint_duration_seconds_sum{blueprint="late"}': 7,
    'xyn_blueprint_duration_seconds_sum{blueprint="mail"}': 1,
  });
  const { 'xyn_blueprint_duration_seconds_bucket{blueprint="etl",le="5.0"}': upToFive, 'xyn_blueprint_duration_seconds_bucket{blueprint="etl",le="60.0"}': upToSixty } =
    await samples(db, 'xyn_blueprint_duration_seconds_bucket');
  expect([upToFive, upToSixty]).toEqual([2, 3]);
  expect(await samples(db, 'noetl_queue_job_wait_seconds_sum{operation="etl"')).toEqual({
    'noetl_queue_job_wait_seconds_sum{operation="etl",queue="runs",source="runs"}': 6,
  });
  expect(await samples(db, 'noetl_queue_jobs_finished_total{operation="etl",outcome="DONE"')).toEqual({
    'noetl_queue_jobs_finished_total{operation="etl",outcome="DONE",queue="runs",source="runs"}': 2,
  });
});

it('counts how jobs of pg-boss ended', async () => {
  const boss = new PgBoss({ connectionString: db.url, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue('mail');
  await db.rows(`select noetl.register_queue('pgboss')`);
  await collect();
  for (let i = 0; i < 3; i += 1) await boss.send('mail', {}, { retryLimit: 0 });
  const [first, second, third] = await boss.fetch('mail', { batchSize: 3 });
  await boss.complete('mail', first?.id ?? '');
  await collect();
  await boss.complete('mail', second?.id ?? '');
  await boss.fail('mail', third?.id ?? '', {});
  await collect();
  await collect();
  expect(await samples(db, 'noetl_queue_jobs_finished_total')).toEqual({
    'noetl_queue_jobs_finished_total{outcome="completed",queue="mail",source="pgboss"}': 2,
    'noetl_queue_jobs_finished_total{outcome="failed",queue="mail",source="pgboss"}': 1,
  });
  expect(await samples(db, 'noetl_queue_job_wait_seconds_count')).toEqual({
    'noetl_queue_job_wait_seconds_count{queue="mail",source="pgboss"}': 3,
  });
  await boss.stop({ graceful: false });
});

it('sees how jobs of graphile-worker end, which keeps none of them, when it is tracked', async () => {
  await runMigrations({ connectionString: db.url });
  await db.rows(`select noetl.register_queue('graphile_worker'); select noetl.track_queue('graphile_worker')`);
  const utils = await makeWorkerUtils({ connectionString: db.url });
  await utils.addJob('good', {}, { runAt: new Date(Date.now() - 60_000) });
  await utils.addJob('good', {}, { queueName: 'serial' });
  await utils.addJob('bad', {}, { maxAttempts: 2 });
  await utils.addJob('hopeless', {}, { maxAttempts: 1 });
  await utils.addJob('unwanted', {}, { jobKey: 'k' });
  await db.rows(`select graphile_worker.remove_job('k')`);
  const runner = await run({
    connectionString: db.url,
    concurrency: 3,
    pollInterval: 100,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: {
      good: async () => {},
      bad: async () => {
        throw new Error('again');
      },
      hopeless: async () => {
        throw new Error('never');
      },
    },
  });
  // one that failed for good, and one that waits for its last try
  await expect.poll(async () => db.value('select count(*)::int from graphile_worker._private_jobs where locked_at is null and attempts > 0')).toBe(2);
  await expect.poll(async () => db.value('select count(*)::int from graphile_worker._private_jobs')).toBe(2);
  await runner.stop();
  await utils.release();
  expect(await samples(db, 'noetl_queue_jobs_finished_total')).toEqual({
    'noetl_queue_jobs_finished_total{operation="good",outcome="completed",queue="default",source="graphile_worker"}': 1,
    'noetl_queue_jobs_finished_total{operation="good",outcome="completed",queue="serial",source="graphile_worker"}': 1,
    'noetl_queue_jobs_finished_total{operation="hopeless",outcome="failed",queue="default",source="graphile_worker"}': 1,
  });
  expect(await samples(db, 'noetl_queue_job_duration_seconds_count')).toEqual({
    'noetl_queue_job_duration_seconds_count{operation="good",queue="default",source="graphile_worker"}': 1,
    'noetl_queue_job_duration_seconds_count{operation="good",queue="serial",source="graphile_worker"}': 1,
    'noetl_queue_job_duration_seconds_count{operation="hopeless",queue="default",source="graphile_worker"}': 1,
  });
  const { 'noetl_queue_job_wait_seconds_sum{operation="good",queue="default",source="graphile_worker"}': waited } =
    await samples(db, 'noetl_queue_job_wait_seconds_sum');
  expect(waited).toBeGreaterThanOrEqual(60);
  expect(waited).toBeLessThan(90);
});

describe('of libraries that npm does not have', () => {
  interface Kept {
    readonly title: string;
    readonly adapter: string;
    readonly tables?: string;
    readonly track?: true;
    readonly ends: string;
    /** By operation, outcome and queue. */
    readonly finished: Record<string, number>;
    /** Seconds in all, by operation and queue. */
    readonly ran?: Record<string, number>;
    readonly waited?: Record<string, number>;
  }
  const kept: Kept[] = [
    {
      title: 'Procrastinate 3',
      adapter: 'procrastinate',
      ends: `
        insert into procrastinate_jobs (queue_name, task_name, status) select 'a', t, 'succeeded' from unnest('{download,upload}'::text[]) as t;
        insert into procrastinate_jobs (queue_name, task_name, status, attempts, scheduled_at) values ('a', 'validate', 'failed', 2, now() - interval '20 s');
        insert into procrastinate_events (job_id, type, at)
        select j.id, e.type::procrastinate_job_event_type, now() + e.at * interval '1 s'
        from procrastinate_jobs as j
        cross join (values ('deferred', -30), ('started', -10), ('succeeded', 0)) as e (type, at)
        where j.status = 'succeeded';
        insert into procrastinate_events (job_id, type, at)
        select j.id, e.type::procrastinate_job_event_type, now() + e.at * interval '1 s'
        from procrastinate_jobs as j
        cross join (values ('deferred', -60), ('started', -50), ('deferred_for_retry', -40), ('started', -15), ('failed', -1)) as e (type, at)
        where j.status = 'failed'`,
      finished: { 'download succeeded a': 1, 'upload succeeded a': 1, 'validate failed a': 1 },
      ran: { 'download a': 10, 'upload a': 10, 'validate a': 14 },
      waited: { 'download a': 20, 'upload a': 20, 'validate a': 5 },
    },
    {
      title: 'Procrastinate 3',
      adapter: 'procrastinate',
      track: true,
      ends: `
        insert into procrastinate_jobs (queue_name, task_name, status) values ('a', 'download', 'doing'), ('a', 'download', 'todo');
        delete from procrastinate_jobs`,
      finished: { 'download deleted a': 1 },
    },
    {
      title: 'Solid Queue',
      adapter: 'solid_queue',
      ends: `
        insert into solid_queue_jobs (queue_name, class_name, finished_at) values ('a', 'Done', ${utc('0')}), ('a', 'Bad', null), ('a', 'Waiting', null);
        insert into solid_queue_failed_executions (job_id, created_at) select id, ${utc('0')} from solid_queue_jobs where class_name = 'Bad'`,
      finished: { 'Done finished a': 1, 'Bad failed a': 1 },
    },
    {
      title: 'Celery on its SQLAlchemy transport',
      adapter: 'celery',
      tables: `
        create table celery_taskmeta (
          id integer primary key, task_id varchar(155) unique, status varchar(50), result bytea, date_done timestamp, traceback text);
        create table django_celery_results_taskresult (
          id serial primary key, task_id varchar(255) unique, task_name varchar(255), status varchar(50) not null, result text,
          date_created timestamptz not null default now(), date_started timestamptz, date_done timestamptz not null)`,
      ends: `
        insert into celery_taskmeta (id, status, date_done) values (1, 'SUCCESS', ${utc('0')}), (2, 'FAILURE', ${utc('0')}), (3, 'STARTED', ${utc('0')});
        insert into django_celery_results_taskresult (task_name, status, date_started, date_done) values
          ('upload', 'SUCCESS', now() - interval '9 s', now()), ('upload', 'STARTED', now(), now())`,
      finished: { 'SUCCESS celery': 1, 'FAILURE celery': 1, 'upload SUCCESS celery': 1 },
      ran: { 'upload celery': 9 },
    },
    {
      title: 'Celery on its SQLAlchemy transport',
      adapter: 'celery',
      tables: `
        create table celery_taskmeta (
          id integer primary key, status varchar(50), date_done timestamp, name varchar(155), args bytea, worker varchar(155), queue varchar(155))`,
      ends: `insert into celery_taskmeta (id, status, date_done, name, queue) values (1, 'SUCCESS', ${utc('0')}, 'download', 'slow')`,
      finished: { 'download SUCCESS slow': 1 },
    },
    {
      title: 'pgmq',
      adapter: 'pgmq',
      tables: `
        insert into pgmq.meta (queue_name, is_partitioned, is_unlogged) values ('mail', false, false);
        alter table pgmq.q_mail add column last_read_at timestamptz;
        create table pgmq.a_mail (
          msg_id bigint primary key, read_ct int not null default 0, enqueued_at timestamptz not null default now(), archived_at timestamptz not null default now(),
          vt timestamptz not null, message jsonb, last_read_at timestamptz)`,
      track: true,
      ends: `
        insert into pgmq.q_mail (read_ct, vt, enqueued_at, last_read_at)
        select n, now(), now() - interval '10 s', case when n > 0 then now() - interval '4 s' end from generate_series(0, 2) as n;
        with gone as (delete from pgmq.q_mail where read_ct = 2 returning *)
        insert into pgmq.a_mail (msg_id, read_ct, enqueued_at, vt, last_read_at) select msg_id, read_ct, enqueued_at, vt, last_read_at from gone;
        delete from pgmq.q_mail`,
      finished: { 'archived mail': 1, 'deleted mail': 1 },
      ran: { mail: 8 },
      waited: { mail: 12 },
    },
    {
      title: 'Que',
      adapter: 'que',
      track: true,
      ends: `
        insert into que_jobs (job_class, expired_at) values ('Dead', now()), ('Done', null), ('Kept', null);
        update que_jobs set finished_at = now() where job_class = 'Kept';
        delete from que_jobs`,
      finished: { 'Done deleted default': 1 },
    },
    {
      title: 'GoodJob 4',
      adapter: 'good_job',
      track: true,
      ends: `
        insert into good_jobs (queue_name, job_class, scheduled_at, performed_at, finished_at, error) values
          ('a', 'Kept', ${utc('-9 s')}, ${utc('-5 s')}, ${utc('0')}, null), ('a', 'Bad', ${utc('-9 s')}, ${utc('-5 s')}, ${utc('0')}, 'no'),
          ('a', 'Gone', ${utc('-9 s')}, ${utc('-5 s')}, null, null);
        delete from good_jobs where job_class = 'Gone'`,
      finished: { 'Kept succeeded a': 1, 'Bad failed a': 1, 'Gone deleted a': 1 },
      ran: { 'Kept a': 5, 'Bad a': 5, 'Gone a': 5 },
      waited: { 'Kept a': 4, 'Bad a': 4, 'Gone a': 4 },
    },
  ];
  for (const { title, adapter, tables, track, ends, finished, ran = {}, waited = {} } of kept) {
    it(`${title} tells how its jobs end${track === true ? ' where they are tracked' : ''}`, async () => {
      await db.rows(libraries.find((library) => library.title === title)?.schema ?? '');
      if (tables !== undefined) await db.rows(tables);
      await db.rows(`select noetl.register_queue('${adapter}')`);
      if (track === true) await db.rows(`select noetl.track_queue('${adapter}')`);
      await collect();
      await db.rows(ends);
      await collect();
      await collect();
      const labelled = async (metric: string): Promise<Record<string, number>> =>
        Object.fromEntries(
          Object.entries(await samples(db, metric)).map(([line, value]) => [
            ['operation', 'outcome', 'queue'].flatMap((label) => new RegExp(`${label}="([^"]*)"`).exec(line)?.[1] ?? []).join(' '), Math.round(value),
          ]),
        );
      expect(await labelled('noetl_queue_jobs_finished_total{')).toEqual(finished);
      expect(await labelled('noetl_queue_job_duration_seconds_sum{')).toEqual(ran);
      expect(await labelled('noetl_queue_job_wait_seconds_sum{')).toEqual(waited);
    });
  }
});

it('advises the indexes that are missing, until they are there', async () => {
  await db.rows(runsTable.replaceAll(/create index[^;]*;/g, ''));
  await db.rows(registerRuns);
  const advice = (): Promise<{ statement: string }[]> => db.rows('select statement from noetl.queue_advice order by statement');
  expect((await advice()).map(({ statement }) => statement)).toEqual([
    'create index concurrently on public.runs (finished_at)',
    `create index concurrently on public.runs (lease_expires_at) where status = 'RUNNING'`,
    `create index concurrently on public.runs (queued_at) where status = 'QUEUED'`,
    `create index concurrently on public.runs (run_at) where status = 'QUEUED'`,
    `create index concurrently on public.runs (started_at) where status = 'RUNNING'`,
  ]);
  await db.rows('create index on runs (status, run_at)');
  for (const { statement } of await advice()) await db.rows(statement);
  expect(await advice()).toEqual([]);
});

it('advises a partitioned queue partition by partition', async () => {
  const boss = new PgBoss({ connectionString: db.url, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue('mail');
  await db.rows(`select noetl.register_queue('pgboss')`);
  const advice = await db.rows<{ statement: string }>(`select statement from noetl.queue_advice where statement like '%failed%'`);
  expect(advice.length).toBeGreaterThan(0);
  for (const { statement } of advice) await db.rows(statement);
  expect(await db.rows(`select statement from noetl.queue_advice where statement like '%failed%'`)).toEqual([]);
  await boss.stop({ graceful: false });
});

it('reads a large table by its indexes, finished jobs never', async () => {
  await db.rows(runsTable);
  await db.rows(registerRuns);
  await db.rows(`
    insert into runs (status, run_at) select 'DONE', now() from generate_series(1, 20000);
    insert into runs (status, run_at) select 'QUEUED', now() + (n - 50) * interval '1 minute' from generate_series(1, 100) as n;
    insert into runs (status, lease_expires_at) select 'RUNNING', now() from generate_series(1, 5)`);
  await db.rows('vacuum analyze runs');
  const scans = async (): Promise<unknown> => {
    const statement = await db.value<string>(`select _noetl.queue_statement(q, _noetl.is_tracked(q)) from _noetl.queue as q`);
    const plan = JSON.stringify(await db.rows(`explain (format json) ${statement.replaceAll('$1', 'clock_timestamp()::timestamptz')}`));
    return [...plan.matchAll(/"Node Type":"(\w[^"]*)"[^{}]*?"Relation Name":"runs"/g)].map(([, type]) => type).filter((type) => type === 'Seq Scan');
  };
  expect(await scans()).toEqual([]);
  await db.rows(`select noetl.track_queue('runs')`);
  expect(await db.value('select tracked from noetl.queue')).toBe(true);
  expect(await scans()).toEqual([]);
});

describe('a large table of a library is read by its indexes, those of the advice among them, finished jobs never:', () => {
  const large: [string, string, string][] = [
    ['pg-boss 11, with expire_seconds', 'pgboss.job', `insert into pgboss.job (name, state, completed_on) select 'a', 'completed', now() from generate_series(1, 30000)`],
    ['River', 'river_job', `insert into river_job (kind, queue, state, finalized_at) select 'k', 'default', 'completed', now() from generate_series(1, 30000)`],
    ['Oban before its version 14, whose enum has no suspended', 'oban_jobs', `insert into oban_jobs (worker, state, completed_at) select 'w', 'completed', ${utc('0')} from generate_series(1, 30000)`],
    ['Procrastinate 3', 'procrastinate_jobs', `insert into procrastinate_jobs (queue_name, task_name, status) select 'a', 't', 'succeeded' from generate_series(1, 30000)`],
    ['GoodJob 4', 'good_jobs', `insert into good_jobs (queue_name, finished_at) select 'a', ${utc('0')} from generate_series(1, 30000)`],
    ['Que', 'que_jobs', `insert into que_jobs (job_class, finished_at) select 'C', now() from generate_series(1, 30000)`],
    ['Celery on its SQLAlchemy transport', 'kombu_message', `insert into kombu_message select n, false, now(), '{}', 2, 1 from generate_series(100, 30000) as n`],
  ];
  for (const [title, relation, finished] of large) {
    it(title, async () => {
      const library = libraries.find((each) => each.title === title);
      if (library === undefined) throw new Error(`no library ${title}`);
      await db.rows(library.schema);
      await db.rows(library.jobs);
      await db.rows(finished);
      await db.rows(`vacuum analyze ${relation}`);
      await db.rows(`select noetl.register_queue('${library.adapter}')`);
      const scanned = async (): Promise<boolean> => {
        const statement = await db.value<string>('select _noetl.queue_statement(q) from _noetl.queue as q');
        const plan = JSON.stringify(await db.rows(`explain (format json) ${statement.replaceAll('$1', 'clock_timestamp()::timestamptz')}`));
        return new RegExp(`"Node Type":"Seq Scan"[^{}]*?"Relation Name":"${relation.replace(/.*\./, '')}"`).test(plan);
      };
      // River and Oban bring an index that serves
      if (!/^(river|oban)_/.test(relation)) expect(await scanned()).toBe(true);
      const advice = await db.rows<{ statement: string }>('select statement from noetl.queue_advice');
      for (const { statement } of advice) await db.rows(statement);
      await db.rows(`vacuum analyze ${relation}`);
      expect(await db.rows('select statement from noetl.queue_advice')).toEqual([]);
      expect(await scanned()).toBe(false);
      await db.rows(`select noetl.track_queue('${library.adapter}')`);
      for (const { statement } of await db.rows<{ statement: string }>('select statement from noetl.queue_advice')) await db.rows(statement);
      expect(await db.rows('select statement from noetl.queue_advice')).toEqual([]);
    });
  }
});
