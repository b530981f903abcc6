import { runMigrations } from 'graphile-worker';
import { beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });
const minute = '1 minute';

beforeEach(async () => {
  db.pool.on('connect', (client) => client.on('error', () => {}));
  await runMigrations({ pgPool: db.pool });
  await db.rows(`select _noetl.start_collectors('graphile_worker', '5 seconds', $1, $1, '15 seconds', '15 seconds')`, [minute]);
});

interface Due {
  readonly kind: string;
  readonly name: string;
  readonly beat: string;
}
const begin = async (server: string | null = null): Promise<Due[]> =>
  (await db.value<{ due: Due[] }>('select _noetl.begin_tick($1)', [server])).due;
const names = async (server: string | null = null): Promise<string[]> => (await begin(server)).map(({ name }) => name);
const jobs = () =>
  db.rows(`
    select key, locked_at is not null as locked, run_at <= now() as due
    from graphile_worker.jobs where task_identifier like 'noetl:%' order by key nulls last, id`);
const given = async (key: string, set: string): Promise<void> => {
  await db.rows(`select graphile_worker.add_job($1, job_key => $1)`, [key]);
  await db.rows(`update graphile_worker._private_jobs set ${set} where key = $1`, [key]);
};
const server = (): Promise<string> => db.value<string>(`select noetl.register_runtime('here', 'server_api')::text`);

/** What a tick brings after every collector has run and then something was done; tried again, for a beat may pass meanwhile. */
const afterRuns = async (then: string): Promise<string[]> => {
  await db.rows('select noetl.run_collector(name) from noetl.collector where probe is null');
  await db.rows(then);
  return names();
};

describe('a tick', () => {
  it('begins with all that has never run, and brings each again when its beat has passed and it has not run', async () => {
    const tasks = ['sweep', 'scrape', 'fold', 'rotation', 'locks', 'jobs', 'maintenance'];
    const all = await names();
    expect(all).toEqual(expect.arrayContaining(['components', 'maintenance', 'postgres_size', ...tasks]));
    expect(all.slice(-tasks.length)).toEqual(tasks);
    await expect.poll(() => afterRuns('select')).toEqual([]);
    await expect.poll(() => afterRuns(`update _noetl.collector_run set started_at = started_at - interval '1 minute' where name = 'components'`)).toEqual(['components']);
  });

  it('brings what was run, as the clock then had it, in the future', async () => {
    await begin();
    await expect.poll(() => afterRuns(`
      update _noetl.collector_run set started_at = started_at + interval '1 day' where name = 'components';
      update _noetl.collector_schedule set ticked_at = now() + interval '1 day'`)).toEqual(['components', 'sweep', 'scrape', 'fold', 'rotation', 'locks', 'jobs', 'maintenance']);
  });

  it('brings a periodic task once for each beat, however many ticks there are', async () => {
    const currentMinute = async (): Promise<unknown> => db.value(`select date_trunc('minute', clock_timestamp())::text`);
    let before: unknown;
    let first: Due[];
    let again: Due[];
    // a minute that begins meanwhile is a beat
    do {
      before = await currentMinute();
      await db.rows(`update _noetl.collector_schedule set ticked_at = date_bin('5 minutes', now(), 'epoch') - interval '1 second'`);
      first = await begin();
      again = (await Promise.all(Array.from({ length: 8 }, () => begin()))).flat();
    } while ((await currentMinute()) !== before);
    expect(first.filter(({ kind }) => kind.startsWith('task'))).toHaveLength(7);
    expect(again.filter(({ name }) => name === 'rotation' || name === 'maintenance' || name === 'jobs').filter(({ kind }) => kind !== 'collector')).toEqual([]);
  });

  it('looks after the triggers of queues once one has any', async () => {
    await db.rows(`
      create table job (id bigint primary key, status text);
      select noetl.register_queue('jobs', 'job', status => 'status', ready_status => 'ready')`);
    expect(await names()).not.toContain('tracking');
    await db.rows(`select noetl.track_queue('jobs'); update _noetl.collector_schedule set ticked_at = null`);
    expect(await names()).toContain('tracking');
  });

  it('folds when new series wait, much was written or some time has passed, not for a few samples each time', async () => {
    const due = (): Promise<boolean> => db.value<boolean>('select _noetl.is_fold_due()');
    await db.rows(`select noetl.set('level', 1)`);
    expect(await due()).toBe(true);
    // what is written in other databases counts, too, and here may be much at any moment
    await expect.poll(async () => {
      await db.rows('select noetl.fold()');
      await db.rows(`select noetl.set('level', 2)`);
      return due();
    }).toBe(false);
    expect(await db.value<boolean>(`select _noetl.is_fold_due(clock_timestamp() + interval '15 seconds')`)).toBe(true);
    expect(await db.value<boolean>(`select _noetl.is_fold_due(clock_timestamp() - interval '1 minute')`)).toBe(true);
    await db.rows(`insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value) select 0, 'level', 'gauge', n from generate_series(1, 4000) as n`);
    expect(await due()).toBe(true);
  });

  it('truncates what is folded once there is a megabyte of it', async () => {
    const due = (): Promise<boolean> => db.value<boolean>('select _noetl.is_rotation_due()');
    await db.rows(`select noetl.set('level', n) from generate_series(1, 1000) as n`);
    expect(await due()).toBe(false);
    await db.rows(`select noetl.set('level', n) from generate_series(1, 20000) as n`);
    expect(await due()).toBe(true);
  });

  it('brings what was quick the last time first, of that the short intervals, and the slowest last', async () => {
    await db.rows('select noetl.run_collector(name) from noetl.collector where probe is null');
    await db.rows(`
      update _noetl.collector_run as r set started_at = 'epoch', duration_seconds = coalesce(n.seconds, 4)
      from _noetl.collector_run as o
      left join (
        values ('postgres_size', 1), ('components', 2), ('postgres_server', 0.02), ('maintenance', 0.01), ('postgres_databases', 0.01)
      ) as n (name, seconds) using (name)
      where r.name = o.name`);
    expect((await names()).slice(0, 5)).toEqual(['postgres_databases', 'postgres_server', 'maintenance', 'postgres_size', 'components']);
  });

  it('of a server brings its probes and beats for it', async () => {
    const here = await server();
    await db.rows(`update noetl.runtime set last_heartbeat = now() - interval '1 hour', status = 'offline' where runtime_id = $1`, [here]);
    expect((await names(here)).toSorted()).toEqual(['host', 'host_disk', 'process', 'worker']);
    expect(await db.value('select status from noetl.runtime where runtime_id = $1', [here])).toBe('ready');
    await db.rows(`select noetl.disable_collector('host_disk')`);
    expect((await names(here)).toSorted()).toEqual(['host', 'process', 'worker']);
  });

  it('plans the next one, by eight servers at once as one job', async () => {
    const here = await server();
    const before = await db.value<string>('select now()::text');
    await Promise.all(Array.from({ length: 8 }, (_, i) => begin(i % 2 === 0 ? null : here)));
    expect(
      await db.rows(`select key, run_at > $1 and run_at = date_trunc('second', run_at) as is_planned from graphile_worker.jobs where task_identifier like 'noetl:%' order by key`, [before]),
    ).toEqual([
      { key: 'noetl:tick', is_planned: true },
      { key: `noetl:tick:${here}`, is_planned: true },
    ]);
  });
});

describe('renewing a tick', () => {
  const renew = (): Promise<unknown> => db.value('select _noetl.renew_tick()');

  it('plans one that has no job at once', async () => {
    await renew();
    expect(await jobs()).toEqual([{ key: 'noetl:tick', locked: false, due: true }]);
  });

  it.each([
    ['waits for its time', `run_at = now() + interval '0.1 seconds'`, 1],
    ['has just been taken', `locked_at = now(), locked_by = 'alive', attempts = 1`, 1],
    ['is held by a server that has died', `locked_at = now() - interval '6 seconds', locked_by = 'dead', attempts = 1`, 2],
    ['is held since before the clock was set back', `locked_at = now() + interval '1 hour', locked_by = 'dead', attempts = 1`, 2],
  ])('finds one that %s', async (_, set, left) => {
    await given('noetl:tick', set);
    await renew();
    expect(await jobs()).toHaveLength(left);
  });

  it.each([
    ['waits for longer than it may', `run_at = now() + interval '1 hour'`],
    ['has used up its attempts', 'attempts = max_attempts'],
  ])('that %s makes it due', async (_, set) => {
    await given('noetl:tick', set);
    await renew();
    expect(await db.row(`select run_at <= now() as due, attempts from graphile_worker.jobs where key = 'noetl:tick'`)).toEqual({ due: true, attempts: 0 });
  });
});

it('clearing jobs takes away what dead servers left, and nobody else’s', async () => {
  await given('noetl:tick:77', `run_at = now() - interval '11 minutes'`);
  await given('noetl:tick:78', `run_at = now() - interval '9 minutes'`);
  await given('noetl:collect:old', `key = null, attempts = max_attempts, locked_at = now() - interval '3 minutes', locked_by = 'dead'`);
  await given('noetl:tick:76', `key = null, attempts = max_attempts, locked_at = now() + interval '3 minutes', locked_by = 'early'`);
  await db.rows(`select graphile_worker.add_job('theirs', run_at => now() - interval '2 days')`);
  await db.rows('select _noetl.clear_jobs()');
  expect(await db.rows('select task_identifier from graphile_worker.jobs order by 1')).toEqual([
    { task_identifier: 'noetl:tick:78' },
    { task_identifier: 'theirs' },
  ]);
});

describe('a probe', () => {
  const record = (here: string, samples: unknown, error: string | null = null, beat = new Date()): Promise<unknown> =>
    db.rows(`select _noetl.record_probe('host', $1, $4, $2, $3, 0.25)`, [here, JSON.stringify(samples), error, beat]);
  const page = async (pattern: RegExp): Promise<string[]> =>
    (await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => pattern.test(line) && !line.startsWith('#'));
  const sample = (name: string, value: number) => ({ metric_name: name, metric_type: 'gauge', metric_value: value });
  const own = 'component="here",component_type="server_api"';

  it('is on the page for its server, with how it went', async () => {
    const here = await server();
    await record(here, [sample('load', 1), sample('heat', 2)]);
    expect(await page(/^(load|heat|noetl_collector_success)/)).toEqual([
      `heat{${own}} 2`,
      `load{${own}} 1`,
      'noetl_collector_success{collector="host",component="here"} 1',
    ]);
    expect(Number((await page(/^noetl_collector_duration/))[0]?.split(' ')[1])).toBeGreaterThanOrEqual(0.25);
    expect(await db.row(`select server, succeeded, error, samples from noetl.collector_status where name = 'host'`)).toEqual({
      server: 'here', succeeded: true, error: null, samples: 2,
    });
  });

  it('of which a part cannot be read leaves the page with that part, on its server alone', async () => {
    const [here, there] = [await server(), await db.value<string>(`select noetl.register_runtime('there', 'server_api')::text`)];
    for (const each of [here, there]) await record(each, [sample('load', 1), sample('heat', 2)]);
    await record(here, [sample('load', 3)], 'nothing could be read about heat');
    expect(await page(/^(load|heat|noetl_collector_success)/)).toEqual([
      'heat{component="there",component_type="server_api"} 2',
      `load{${own}} 3`,
      'load{component="there",component_type="server_api"} 1',
      'noetl_collector_success{collector="host",component="here"} 0',
      'noetl_collector_success{collector="host",component="there"} 1',
    ]);
    await db.rows('select noetl.fold()');
    await record(here, [], 'it hangs');
    expect(await page(/^load/)).toEqual(['load{component="there",component_type="server_api"} 1']);
  });

  it('that is disabled leaves the page on every server, and what is read late is not stored', async () => {
    const here = await server();
    await record(here, [sample('load', 1)]);
    await db.rows(`select noetl.disable_collector('host')`);
    await record(here, [sample('load', 2)]);
    expect(await page(/^load|collector="host"/)).toEqual([]);
  });

  it('is written down once for a beat, and not for one that has been overtaken', async () => {
    const here = await server();
    const load = async (value: number, year: number): Promise<string[]> => {
      await record(here, [sample('load', value)], null, new Date(Date.UTC(year)));
      return page(/^load/);
    };
    expect(await load(1, 2026)).toEqual([`load{${own}} 1`]);
    expect(await load(2, 2026)).toEqual([`load{${own}} 1`]);
    expect(await load(3, 2025)).toEqual([`load{${own}} 1`]);
    expect(await load(4, 2999)).toEqual([`load{${own}} 4`]);
    // of a clock that has been set back since
    expect(await load(5, 2026)).toEqual([`load{${own}} 5`]);
  });

  it('goes with its server', async () => {
    const here = await server();
    await record(here, [sample('load', 1)]);
    await db.rows('delete from noetl.runtime where runtime_id = $1', [here]);
    expect(await db.rows(`select server from noetl.collector_status where server is not null`)).toEqual([]);
  });

  it('is not run by psql', async () => {
    expect((await db.refusal(`select noetl.run_collector('host')`)).message).toBe('name: "host" is a probe, which each server runs for itself');
  });
});
