import { beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { quick, slow, useWorkers } from '../worker/worker.ts';

const db = useDatabase({ per: 'test' });
const start = useWorkers();
const eventually = { interval: 50 };

/** A collector that leaves a mark each time it runs. */
beforeEach(async () => {
  await db.rows(`
    create table mark (name text, at timestamptz default clock_timestamp());
    create function mark(name text) returns integer language sql as 'insert into mark (name) values (name) returning 1'`);
});
const add = (name: string, every: string, sql = `select mark('${name}') as value`): Promise<unknown> =>
  db.rows(`select noetl.add_collector($1, $2, every => $3, timeout => '0.5 seconds')`, [name, sql, every]);
const runs = (name: string): Promise<number> => db.value<number>('select count(*)::int from mark where name = $1', [name]);

describe('while a server runs', () => {
  it('a collector that is added, changed, disabled or dropped follows at once', async () => {
    await start(db.url, 'here', slow);
    await add('mine', '4 minutes');
    const before = await runs('mine');
    await db.rows(`select noetl.change_collector('mine', every => '1 second')`);
    await expect.poll(() => runs('mine'), eventually).toBeGreaterThan(before + 1);
    for (const end of ['disable', 'drop']) {
      await db.rows(`select noetl.${end}_collector('mine')`);
      const stopped = await runs('mine');
      await add('other', '1 second');
      const others = await runs('other');
      await expect.poll(() => runs('other'), eventually).toBeGreaterThan(others + 2);
      expect(await runs('mine')).toBe(stopped);
      if (end === 'disable') {
        await db.rows(`select noetl.enable_collector('mine')`);
        await expect.poll(() => runs('mine'), eventually).toBeGreaterThan(stopped);
      }
    }
  });

  it('a change that is not committed yet keeps no tick back', async () => {
    await start(db.url, 'here', slow);
    await add('mine', '1 second');
    const session = await db.session();
    await session.query(`begin; select noetl.change_collector('mine', timeout => '1 second'), noetl.add_collector('new', 'select 1 as value')`);
    const before = await runs('mine');
    await expect.poll(() => runs('mine'), eventually).toBeGreaterThan(before + 2);
    await session.query('rollback');
  });

  it('an install that holds a view for longer than a page would wait makes nothing fail', async () => {
    const worker = await start(db.url, 'here', quick);
    await add('mine', '1 second');
    const session = await db.session();
    for (const view of ['noetl.collector', '_noetl.any_family', '_noetl.collector_default']) {
      await session.query('begin');
      const { rows } = await session.query<{ definition: string }>(`select pg_get_viewdef($1::regclass) as definition`, [view]);
      await session.query(`create or replace view ${view} as ${rows[0]?.definition}`);
      await expect
        .poll(() => db.value<boolean>(`select exists (select from pg_locks as l where not l.granted and l.relation = $1::regclass and l.waitstart < clock_timestamp() - interval '0.7 seconds')`, [view]), eventually)
        .toBe(true);
      await session.query('rollback');
    }
    const before = await runs('mine');
    await expect.poll(() => runs('mine'), eventually).toBeGreaterThan(before + 1);
    expect(worker.log.filter((line) => line.includes('lock timeout'))).toEqual([]);
    expect(await db.rows('select name, error from noetl.collector_status where failures > 0')).toEqual([]);
  });

  it('a collector that hangs, errs or returns too much is reported, and the others go on', async () => {
    for (const name of ['hangs', 'errs', 'floods', 'doubles']) await add(name, '1 second', 'select 1 as value');
    await add('works', '1 second');
    await db.rows(`
      update _noetl.collector as c set query = q.query
      from (values
        ('hangs', 'select 1 as value from pg_sleep(60)'), ('errs', 'select 1 / 0 as value'),
        ('floods', 'select n as value, n from generate_series(1, 1000000) as n'), ('doubles', 'select 1 as value from generate_series(1, 2)')
      ) as q (name, query)
      where c.name = q.name`);
    const worker = await start(db.url, 'here', slow);
    await expect
      .poll(
        () => db.rows(`select name, error from noetl.collector_status where failures > 1 and origin = 'own' order by name`),
        eventually,
      )
      .toEqual([
        { name: 'doubles', error: '2 rows have the labels {}' },
        { name: 'errs', error: 'division by zero' },
        { name: 'floods', error: 'the result has more than 1000 rows: let the query return less, or raise max_rows' },
        { name: 'hangs', error: 'it took longer than its timeout' },
      ]);
    expect(worker.log.filter((line) => line.startsWith('collector errs'))).toEqual(['collector errs failed: division by zero']);
    const before = await runs('works');
    await expect.poll(() => runs('works'), eventually).toBeGreaterThan(before + 1);
    const page = await db.value<string>('select noetl.prometheus_text()');
    expect(page).not.toMatch(/^(hangs|errs|floods|doubles) /m);
    expect(page).toMatch(/^noetl_collector_success\{collector="hangs"\} 0$/m);
    expect(page).toMatch(/^works 1$/m);
  });

  it('a registered queue is read', async () => {
    await start(db.url, 'here', { ...slow, collectorInterval: 1 });
    await db.rows(`create table run (id bigint, status text, run_at timestamptz);
      select noetl.register_queue('runs', 'run', status => 'status', ready_status => 'QUEUED', run_at => 'run_at')`);
    await expect
      .poll(() => db.value<string>('select noetl.prometheus_text()'), eventually)
      .toContain('noetl_queue_collect_success{source="runs"} 1');
  });
});

describe('a tick whose job', () => {
  it.each([
    ['was deleted', `select graphile_worker.remove_job('noetl:tick')`],
    ['was planned before the clock was set back', `update graphile_worker._private_jobs set run_at = now() + interval '1 day' where key = 'noetl:tick'`],
    [
      'is held by a server that died',
      `update graphile_worker._private_jobs set run_at = now() - interval '1 minute', locked_at = now() - interval '10 seconds', locked_by = 'dead', attempts = 1
       where key = 'noetl:tick'`,
    ],
    ['has used up its attempts', `update graphile_worker._private_jobs set attempts = max_attempts where key = 'noetl:tick'`],
  ])('%s comes within seconds', async (_, accident) => {
    await start(db.url, 'here', slow);
    await add('mine', '1 second');
    await expect.poll(() => runs('mine'), eventually).toBeGreaterThan(1);
    await db.rows(accident);
    const before = await runs('mine');
    await expect.poll(() => runs('mine'), { interval: 100 }).toBeGreaterThan(before + 1);
  });
});

/** The clock itself is not ours to set: what is stored moves instead, as it looks after the clock was. */
describe('a clock that is set', () => {
  const moved = async (by: string): Promise<void> => {
    await db.rows(`
      do $$ begin
        update _noetl.collector_run set started_at = started_at + interval '${by}', beat = beat + interval '${by}',
          last_success_at = last_success_at + interval '${by}';
        update _noetl.collector_schedule set ticked_at = ticked_at + interval '${by}';
        update _noetl.feed set folded_at = folded_at + interval '${by}';
        update noetl.runtime set last_heartbeat = last_heartbeat + interval '${by}' where component_type = 'server_api';
        update graphile_worker._private_jobs set run_at = run_at + interval '${by}', locked_at = locked_at + interval '${by}';
      end $$`);
  };

  it.each([
    ['forward', '-1 hour', '1 hour'],
    ['back', '1 hour', '-1 hour'],
  ])('%s, and then the other way, stops no collector, periodic task or heartbeat for long', async (_, first, second) => {
    const { runtimeId } = await start(db.url, 'here', quick);
    await add('mine', '1 second');
    for (const by of [first, second]) {
      await moved(by);
      const at = await db.value<Date>('select clock_timestamp()');
      const runsBefore = await runs('mine');
      await expect.poll(() => runs('mine'), { interval: 100 }).toBeGreaterThan(runsBefore + 2);
      await expect
        .poll(
          () =>
            db.row(
              `select bool_and(r.started_at between $1 and clock_timestamp()) as collected,
                 (select s.ticked_at between $1 and clock_timestamp() from _noetl.collector_schedule as s) as ticked,
                 (select f.folded_at between $1 and clock_timestamp() from _noetl.feed as f) as folded,
                 (select c.last_heartbeat between $1 and clock_timestamp() and c.status <> 'offline' from noetl.runtime as c where c.runtime_id = $2) as beating
               from noetl.collector_status as r where r.every <= interval '15 seconds'`,
              [at, runtimeId],
            ),
          // a fold that ended just before may be followed by the next after 20 s
          { interval: 100 },
        )
        .toEqual({ collected: true, ticked: true, folded: true, beating: true });
    }
  });

  it('back takes a component that died meanwhile off the list all the same', async () => {
    const gone = await db.value<string>(`select noetl.register_runtime('gone', 'worker_pool')::text`);
    await db.rows(`update noetl.runtime set last_heartbeat = now() + interval '1 hour' where runtime_id = $1`, [gone]);
    expect(await db.value('select noetl.sweep_runtimes()')).toEqual([]);
    expect(await db.value(`select noetl.sweep_runtimes(clock_timestamp() + interval '2 minutes')`)).toEqual([gone]);
  });
});
