import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { verifyDatabase } from '../../src/verify.ts';
import { refusalOf, useDatabase } from '../support/database.ts';
import { slow, useWorkers } from '../worker/worker.ts';

const db = useDatabase({ per: 'test' });
const start = useWorkers();

/** As a client that knows nothing of ours: with its own search_path, isolation and time zone. */
async function caller(settings = '', name = 'pg_cron'): Promise<Client> {
  const session = await db.session({ application_name: name });
  await session.query(settings);
  return session;
}

const scrapes = (): Promise<number> => db.value<number>('select coalesce(max(s.scrapes), 0)::int from _noetl.scraper as s where s.scraper = 0');
const beforeAnyBeat = `update _noetl.collector_schedule set ticked_at = now() - interval '1 day'; update _noetl.collector_run set started_at = 'epoch'; update _noetl.scraper set last_at = last_at - interval '1 day'`;

describe('call noetl.tick()', () => {
  it('does all that is due, where no server has ever run', async () => {
    await db.rows(`
      create table public.jobs (id int, state text);
      insert into public.jobs values (1, 'new');
      select noetl.register_queue('jobs', 'public.jobs', status => 'state', ready_status => 'new');
      select noetl.add_collector('mine', 'select 7 as value');
      select noetl.register_runtime('silent', 'worker_pool');
      update noetl.runtime set last_heartbeat = now() - interval '1 hour' where name = 'silent';
      select noetl.set_alert_rule('High', 'mine > 5', '0');
      create table public.told (status text);
      create function public.tell(payload jsonb) returns void language sql security definer set search_path = pg_catalog, pg_temp
        as $$insert into public.told values (payload ->> 'status')$$;
      select noetl.add_notification('own', 'sql', 'public.tell', group_wait => '0')`);
    await (await caller()).query('call noetl.tick()');

    const page = await db.value<string>('select noetl.prometheus_text()');
    expect(page).toContain('\nmine 7\n');
    expect(page).toMatch(/^noetl_queue_depth\{.*queue="jobs".*\} 1$|^noetl_queue.*jobs.* 1$/m);
    expect(await db.value(`select status from noetl.runtime where name = 'silent'`)).toBe('lost');
    expect(await scrapes()).toBe(1);
    expect(await db.value(`select state from noetl.alert where name = 'High'`)).toBe('firing');
    expect(await db.value('select array_agg(status) from public.told')).toEqual(['firing']);
    expect(await db.value('select sent::int from noetl.notification')).toBe(1);
    const steps = await db.rows(`select s.step from noetl.maintenance_step as s except select m.step from noetl.maintenance as m`);
    expect(steps).toEqual([]);
    expect(await db.rows('select name, error from noetl.collector_status where succeeded is false')).toEqual([]);
  });

  it('does once what is due once, however many call it', async () => {
    await db.rows(`create table mark (n int); create function mark() returns int language sql as 'insert into mark values (1) returning 1'; select noetl.add_collector('mine', 'select mark() as value', every => '4 minutes')`);
    const callers = await Promise.all(Array.from({ length: 4 }, () => caller()));
    await callers[0]?.query('call noetl.tick()');
    await Promise.all(callers.map(async (each) => each.query('call noetl.tick()')));
    expect(await db.value('select count(*)::int from mark')).toBeLessThanOrEqual(2); // a beat may have passed
    expect(await scrapes()).toBeLessThanOrEqual(2);
  });

  it('works whatever the session is set to', async () => {
    const session = await caller(`
      create schema evil;
      create function evil.or_else(jsonb, jsonb) returns jsonb language plpgsql as $$begin raise 'hijacked'; end$$;
      create operator evil.|| (leftarg = jsonb, rightarg = jsonb, function = evil.or_else);
      create function evil.jsonb_array_length(jsonb) returns int language plpgsql as $$begin raise 'hijacked'; end$$;
      set search_path = evil, pg_catalog;
      set default_transaction_isolation = 'serializable'; set timezone = 'Asia/Kathmandu'; set datestyle = 'German'; set quote_all_identifiers = on; set extra_float_digits = 0`);
    await session.query('call noetl.tick()');
    expect(await scrapes()).toBe(1);
    expect(await db.rows('select name, error from noetl.collector_status where succeeded is false')).toEqual([]);
    expect((await session.query('show search_path')).rows).toEqual([{ search_path: 'evil, pg_catalog' }]);
  });

  it('goes on after what fails, and says what that was', async () => {
    await db.rows(`select noetl.add_collector('broken', 'select 1 as value'); select noetl.add_collector('after', 'select 2 as value')`);
    await db.rows(`create table public.gone (value int); select noetl.add_collector('broken', 'select value from public.gone'); drop table public.gone`);
    const session = await caller();
    const warnings: string[] = [];
    session.on('notice', ({ message }) => warnings.push(message ?? ''));
    await session.query('call noetl.tick()');
    await db.rows(beforeAnyBeat);
    await db.rows(`create function public.refuse() returns trigger language plpgsql as $$begin raise 'not today'; end$$;
      create trigger refuse before update on _noetl.feed for each row execute function public.refuse()`);
    await session.query('call noetl.tick()');
    expect(warnings).toContainEqual(expect.stringContaining('collector "broken" failed: relation "public.gone" does not exist'));
    expect(warnings).toContain('scrape failed: not today');
    expect(await db.value(`select succeeded from noetl.collector_status where name = 'after'`)).toBe(true);
    expect(await db.value(`select count(*)::int from noetl.maintenance`)).toBeGreaterThan(5);
  });

  it('is bounded by statement_timeout: what hangs fails alone, and is last from then on', async () => {
    await db.rows(`create table public.hang (seconds int);
      create function public.hang() returns int language sql as 'select 1 from public.hang as h, pg_sleep(h.seconds)';
      select noetl.add_collector('hangs', 'select public.hang() as value'), noetl.add_collector('quick', 'select 2 as value')`);
    await (await caller()).query('call noetl.tick()');
    await db.rows('insert into public.hang values (3600)');
    const session = await caller(`set statement_timeout = '4s'`);
    /** On a busy machine that time may be over before it is the turn of what hangs. */
    const tick = async (): Promise<void> => {
      await db.rows(beforeAnyBeat);
      await session.query('call noetl.tick()').catch(() => {});
    };
    await expect
      .poll(async () => {
        await tick();
        return db.row(`select succeeded, error from noetl.collector_status where name = 'hangs'`);
      })
      .toEqual({ succeeded: false, error: 'it took longer than its timeout' });
    const before = await scrapes();
    await expect
      .poll(async () => {
        await db.rows(`update _noetl.collector_run set succeeded = false where name = 'quick'`);
        await tick();
        return db.value(`select succeeded from noetl.collector_status where name = 'quick'`);
      })
      .toBe(true);
    expect(await scrapes()).toBeGreaterThan(before);
  });

  it('goes on for as long as it is asked to, at the beats, with no snapshot of what was before', async () => {
    await db.rows(`create table mark (at timestamptz default clock_timestamp());
      create function mark() returns int language sql as 'insert into mark values (default) returning 1';
      select noetl.add_collector('mine', 'select mark() as value', every => '1 second')`);
    await (await caller()).query(`call noetl.tick('3.5 seconds')`);
    expect(await db.value('select count(*)::int from mark')).toBeGreaterThanOrEqual(3);
  });

  it('is for the admin, who can run nothing by it but what is due', async () => {
    const session = await caller('set role noetl_admin');
    await session.query('call noetl.tick()');
    expect(await scrapes()).toBe(1);
    await db.rows('create table public.secret ()');
    for (const work of [
      { kind: 'part', name: 'scrape', statement: 'drop table public.secret' },
      { kind: 'task', name: 'sweep', statement: 'drop table public.secret' },
      { kind: 'tasks', name: 'drop table public.secret', statement: 'drop table public.secret' },
      {},
    ]) {
      expect((await session.query('select noetl.run_work($1) as more', [work])).rows).toEqual([{ more: [] }]);
    }
    expect(await db.value(`select to_regclass('public.secret') is not null`)).toBe(true);
    expect((await refusalOf((await caller('set role noetl_writer')).query('call noetl.tick()'))).message).toBe('permission denied for procedure tick');
  });

  it('does no harm beside a server, and a server takes over', async () => {
    const session = await caller();
    await session.query('call noetl.tick()');
    await start(db.url, 'here', slow);
    await session.query('call noetl.tick()');
    expect(await db.value('select s.worker_schema from _noetl.collector_schedule as s')).toBe('graphile_worker');
    expect(await db.rows(`select key from graphile_worker.jobs where key = 'noetl:tick'`)).toHaveLength(1);
    expect(await db.rows('select name from noetl.queue')).toEqual([{ name: 'graphile_worker' }]);
  });
});

describe('verifying', () => {
  const schedule = async (): Promise<string> => {
    const said: string[] = [];
    await verifyDatabase(db.url, (line) => said.push(line));
    return (said.find((line) => line.includes('schedule')) ?? '').replaceAll(/\s+/g, ' ');
  };

  it('says who keeps the schedule without a server, until nobody does', async () => {
    expect(await schedule()).toContain('✗ schedule no server has run here yet');
    await (await caller()).query('call noetl.tick()');
    expect(await schedule()).toMatch(/^✓ schedule +noetl\.tick\(\) is called by pg_cron, the last time \d+ s ago$/);
    await db.rows(`update _noetl.collector_schedule set called_at = '2026-01-31T12:00Z'`);
    expect(await schedule()).toContain('✗ schedule no server has run here yet, nor has anybody called noetl.tick() since 2026-01-31T12:00:00.000000Z');
  });
});
