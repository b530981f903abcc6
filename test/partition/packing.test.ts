import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { seededRandom } from '../exactness/random.ts';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { useDatabase, type TestDatabase } from '../support/database.ts';
import { debianServer, needing, pathOf, pgDump, psql } from '../support/tools.ts';
import { startWriters } from './writers.ts';

const run = promisify(execFile);

/** Yesterday is over since two hours, whatever the time is now. */
const at = `date_trunc('day', now(), 'UTC') + interval '2 hours'`;
const yesterday = `date_trunc('day', now(), 'UTC') - interval '1 day'`;

/** 20 series, each minute of four hours a sample of each: 4,800 rows and 16 quarters of an hour. */
const filled = `
  select noetl.set_setting('packing_bytes', '500000');
  insert into noetl.metric (metric_name, metric_type, metric_value, labels, "timestamp", created_at, expires_at, metadata)
  select 'packed_total', 'counter', minute, jsonb_build_object('series', s), at, at, at + interval '3 days', case when s = 1 then jsonb 'null' end
  from generate_series(0, 239) as minute
  cross join lateral (select ${yesterday} + minute * interval '1 minute' as at) as t
  cross join generate_series(1, 20) as s
  order by minute, s`;
const late = `insert into noetl.metric (metric_name, metric_type, metric_value, labels, created_at) values ('late_total', 'counter', 7, '{"n": 1}', ${yesterday})`;

async function fill(db: Pick<TestDatabase, 'rows'>, more = 'select'): Promise<void> {
  await db.rows(`${filled}; ${more}`);
  await db.rows('select noetl.fold()');
}

/** One more step; what it did. */
async function step(db: Pick<TestDatabase, 'row'>): Promise<string> {
  const { done, failed_at, started_at, error } = await db.row<{ done: string[]; failed_at: Date | null; started_at: Date; error: string | null }>(
    `select * from noetl.maintain('packing', ${at})`);
  if (failed_at !== null && failed_at >= started_at) throw new Error(String(error));
  return done.map((each) => each.replace(/^metric_\d{8}: /, '')).join();
}

/** The next step that does something: while somebody such as an autovacuum is at the day there is none. */
async function next(db: Pick<TestDatabase, 'row'>): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const did = await step(db);
    if (did !== '') return did;
    await delay(100);
  }
  return '';
}

async function pack(db: Pick<TestDatabase, 'row'>): Promise<string[]> {
  return [await next(db), await next(db), await next(db)];
}

/** Every row, its last column aside: the transaction is kept of a row that the fold has not read yet. */
const allRows = `
  select count(*)::int as rows, md5(string_agg(regexp_replace(m::text, ',[0-9]+\\)$', '') || coalesce(u.xid, ''), e'\\n' order by m.metric_id)) as content
  from noetl.metric as m
  cross join lateral (select case when _noetl.is_unfolded(m.xid, m.xmin, (select w from _noetl.feed_window as w)) then m.xid::text end as xid) as u`;
const day = `(select to_regclass('noetl.' || p.name) from noetl.partition as p where p.level = 'raw' and p.lower_bound = ${yesterday})`;
const isPacked = `select packed_at is not null from noetl.partition where level = 'raw' and lower_bound = ${yesterday}`;
/** Whatever packing has made and not put away. */
const leftovers = `
  select c.relname::text as name from pg_class as c where c.relname like 'packed%'
  union all select t.tgname || ' on ' || t.tgrelid::regclass from pg_trigger as t where t.tgname = 'packing_change'
  union all select 'change of ' || c.partition from _noetl.packing_change as c
  union all select 'unfinished ' || k.partition from _noetl.packing as k where k.packed_at is null and k.obstacle is null`;

describe('packing', () => {
  const db = useDatabase({ per: 'test' });

  it('sorts a day that is over by quarters of an hour and series, and nothing else about it changes', async () => {
    await fill(db);
    const facts = `
      select c.relname, c.relkind, c.reloptions, c.relacl, c.relowner::regrole::text, pg_get_expr(c.relpartbound, c.oid) as bound,
        obj_description(c.oid, 'pg_class') as comment, pg_get_indexdef(c.oid) as index, c.relnamespace::regnamespace::text as schema,
        (select array_agg(format('%s %s', d.conname, pg_get_constraintdef(d.oid)) order by d.conname) from pg_constraint as d where d.conrelid = c.oid) as constraints,
        (select array_agg(format('%s %s %s %s', a.attname, a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid)) order by a.attname)
          from pg_attribute as a left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0) as columns
      from pg_class as c
      where c.oid = ${day} or c.oid in (select i.indexrelid from pg_index as i where i.indrelid = ${day})
      order by c.relname collate "C"`;
    const state = async () => [await db.rows(facts), await db.row(allRows), await db.value('select noetl.prometheus_text()'), await db.rows('table _noetl.rollup order by 2, 3')];
    const before = await state();
    const [rows, runs] = [4800, `
      select count(*)::int from (
        select m.series_id, lag(m.series_id) over (order by m.ctid) as before from only noetl.metric_yesterday as m
      ) as r where r.series_id is distinct from r.before`.replace('metric_yesterday', await db.value<string>(`select split_part(${day}::text, '.', 2)`))];
    expect(await db.value(runs)).toBe(rows);
    expect(await db.value(`select count(*)::int from noetl.maintenance_step where step = 'packing'`)).toBeGreaterThan(0);
    expect(await pack(db)).toEqual(['watched', 'copied', 'packed']);
    expect(await db.value(runs)).toBe(16 * 20);
    expect(await state()).toEqual(before);
    expect(await db.value(isPacked)).toBe(true);
    expect(await db.rows(leftovers)).toEqual([]);
    expect(await step(db)).toBe('');
    // and goes on as a partition like any other
    await db.rows(late);
    expect(await db.value(`select count(*)::int from ${await db.value<string>(`select ${day}::text`)} where metric_name = 'late_total'`)).toBe(1);
    await db.rows(`select noetl.cleanup_expired_metrics(now() + interval '10 days')`);
    expect(await db.value(`select count(*)::int from noetl.metric`)).toBe(0);
  });

  it('leaves alone a day that is not over for long, one that is small and today', async () => {
    await fill(db);
    const steps = (moment: string) => db.value(`select done from noetl.maintain('packing', ${moment})`);
    expect(await steps(`${yesterday} + interval '24 hours 59 minutes'`)).toEqual([]);
    await db.rows(`select noetl.set_setting('packing_bytes', '100000000')`);
    expect(await steps(at)).toEqual([]);
    await db.rows(`select noetl.reset_setting('packing_bytes'), noetl.set_setting('packing_bytes', '1'), noetl.set_setting('packing_delay', '2 days')`);
    expect(await steps(at)).toEqual([]);
    await db.rows(`select noetl.reset_setting('packing_delay')`);
    expect(await steps(at)).toEqual([expect.stringMatching(/watched$/)]);
  });

  it('keeps what writers bring late, each row once, and nobody waits', async () => {
    await fill(db);
    const [backfill, today] = [await startWriters(db, { sessions: 4, createdAt: yesterday }), await startWriters(db, { sessions: 8, name: 'today_total' })];
    const [undone, folder] = [await db.session(), await db.session()];
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      await undone.query(`begin; ${late}; savepoint a; ${late}; rollback to a; ${round % 2 === 0 ? 'rollback' : 'commit'}`);
      outcomes.add(await step(db));
      await folder.query('select noetl.fold()');
      await backfill.progress(3);
      await today.progress(3);
    }
    const [old, current] = [await backfill.stop(), await today.stop()];
    expect([...old.errors, ...current.errors]).toEqual([]);
    expect(outcomes).toContain('late samples copied');
    const before = await db.row<{ rows: number }>(allRows);
    expect(before.rows).toBe(4800 + old.rows + current.rows + 6);
    for (let tries = 0; tries < 5 && !(await db.value<boolean>(isPacked)); tries += 1) outcomes.add(await step(db));
    expect(outcomes).toContain('packed');
    expect(await db.row(allRows)).toEqual(before);
    await db.rows('select noetl.fold()');
    expect(await db.value('select sum(samples)::int from _noetl.rollup where level = 60')).toBe(before.rows);
    expect(await db.rows(leftovers)).toEqual([]);
  });

  it.each([
    ['updated', `update noetl.metric set metric_value = 1000 where metric_id = (select min(metric_id) from noetl.metric)`, 4800],
    ['deleted', `delete from noetl.metric where metric_id = (select min(metric_id) from noetl.metric)`, 4799],
    ['moved to another day', `update noetl.metric set created_at = created_at + interval '1 day' where metric_id = (select min(metric_id) from noetl.metric)`, 4800],
    ['inserted and deleted', `${late}; delete from noetl.metric where metric_name = 'late_total'`, 4800],
    ['deleted where triggers of users do not fire', `set session_replication_role = replica; delete from noetl.metric where metric_id = (select min(metric_id) from noetl.metric); reset session_replication_role`, 4799],
    ['truncated', 'truncate noetl.metric', 0],
    ['written anew', 'vacuum full noetl.metric', 4800],
  ])('copies anew what was %s after it had been copied', async (_, change, rows) => {
    await fill(db);
    expect([await next(db), await next(db)]).toEqual(['watched', 'copied']);
    const session = await db.session();
    for (const statement of change.split('; ')) await session.query(statement);
    const after = await db.row<{ rows: number }>(allRows);
    expect(after.rows).toBe(rows);
    expect(await next(db)).toBe('copy thrown away, watched');
    expect([await next(db), await next(db)]).toEqual(['copied', 'packed']);
    expect(await db.row(allRows)).toEqual(after);
    expect(await db.rows(leftovers)).toEqual([]);
  });

  it('sees a change that commits after it has looked for changes', async () => {
    await fill(db);
    expect([await next(db), await next(db)]).toEqual(['watched', 'copied']);
    const open = await db.session();
    await open.query(`begin; delete from noetl.metric where metric_id = (select min(metric_id) from noetl.metric); ${late}`);
    await db.rows(late);
    expect(await next(db)).toBe('late samples copied');
    await open.query('commit');
    expect(await next(db)).toBe('copy thrown away, watched');
    const after = await db.row(allRows);
    // the fold has not read them yet
    expect([await next(db), await next(db), await next(db)]).toEqual(['copied', 'late samples copied', 'packed']);
    expect(await db.row(allRows)).toEqual(after);
  });

  it('stores the transaction of a row no more once the fold has read it', async () => {
    await fill(db);
    const transaction = (await db.row<{ xid: string }>(`with stored as (${late} returning xid) select xid::text from stored`)).xid;
    expect([await next(db), await next(db), await next(db), await next(db)]).toEqual(['watched', 'copied', 'late samples copied', 'packed']);
    expect(await db.rows('select xid::text as xid, count(*)::int as rows from noetl.metric group by 1 order by 2')).toEqual([
      { xid: transaction, rows: 1 }, { xid: '0', rows: 4800 }]);
    const column = `select atthasmissing as once, attnotnull as needed, pg_get_expr(d.adbin, d.adrelid) as "default"
      from pg_attribute as a join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = ${day} and a.attname = 'xid'`;
    expect(await db.row(column)).toEqual({ once: true, needed: true, default: 'pg_current_xact_id()' });
    await db.rows('select noetl.fold()');
    expect(await db.value('select sum(samples)::int from _noetl.rollup where level = 60')).toBe(4801);
    expect(await db.value('select noetl.prometheus_text()')).toMatch(/^late_total\{n="1"\} 7$/m);
  });

  it('takes late samples into a packed day where somebody has added a column', async () => {
    await db.rows('alter table noetl.metric add column note text');
    await fill(db);
    expect(await pack(db)).toEqual(['watched', 'copied', 'packed']);
    await db.rows(late);
    await db.rows('select noetl.fold()');
    expect(await db.value('select noetl.prometheus_text()')).toMatch(/^late_total\{n="1"\} 7$/m);
  });

  it('leaves a day that changes each time', async () => {
    await fill(db);
    for (const expected of ['copy thrown away, watched', 'copy thrown away, watched', 'copy thrown away, it changed each time it had been copied']) {
      for (let tries = 0; (await db.value(`select coalesce(max(copy::text), '') from _noetl.packing`)) === '' && tries < 3; tries += 1) await step(db);
      await db.rows(`delete from noetl.metric where metric_id = (select min(metric_id) from noetl.metric)`);
      expect(await next(db)).toBe(expected);
    }
    expect(await step(db)).toBe('');
    expect(await db.rows(leftovers)).toEqual([]);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(4797);
  });

  it('waits for every transaction that may hold a snapshot from before the copy, and none of them misses a row', async () => {
    await fill(db);
    const before = await db.row(allRows);
    const [repeatable, idle] = [await db.session(), await db.session()];
    await repeatable.query('begin isolation level repeatable read; select 1');
    expect([await next(db), await next(db), await step(db)]).toEqual(['watched', 'copied', '']);
    await idle.query('begin; select 1'); // later than the copy
    expect((await repeatable.query(allRows)).rows).toEqual([before]);
    expect(await step(db)).toBe('');
    await repeatable.query('commit');
    expect(await next(db)).toBe('packed');
    expect((await idle.query(allRows)).rows).toEqual([before]);
    await idle.query('commit');
  });

  it('waits again for those who may not see what came late', async () => {
    await fill(db);
    const [witness, repeatable] = [await db.session(), await db.session()];
    await witness.query('begin; select 1');
    expect([await next(db), await next(db), await step(db)]).toEqual(['watched', 'copied', '']);
    await db.rows(late);
    await repeatable.query('begin isolation level repeatable read; select 1');
    await witness.query('commit');
    const before = await db.row(allRows);
    expect([await next(db), await step(db)]).toEqual(['late samples copied', '']);
    expect((await repeatable.query(allRows)).rows).toEqual([before]);
    await repeatable.query('commit');
    expect(await next(db)).toBe('packed');
    expect(await db.row(allRows)).toEqual(before);
  });

  it('sees what is committed while it waits for the lock', async () => {
    await fill(db);
    const [witness, writer] = [await db.session(), await db.session()];
    await witness.query('begin; select 1');
    expect([await next(db), await next(db), await step(db)]).toEqual(['watched', 'copied', '']);
    await witness.query('commit');
    await writer.query(`begin; ${late}`);
    const waiting = step(db);
    await expect.poll(() => db.value(`select count(*)::int from pg_stat_activity where wait_event in ('PgSleep', 'relation') and query like '%noetl.maintain%'`)).toBe(1);
    await writer.query('commit');
    expect(await waiting).toBe('');
    expect([await next(db), await next(db)]).toEqual(['late samples copied', 'packed']);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(4801);
  });

  it('is kept waiting by who writes to the day or reads it, and keeps nobody waiting', async () => {
    await fill(db, `select noetl.set_setting('maintenance_patience', '300 milliseconds')`);
    const writers = await startWriters(db);
    const [writer, reader] = [await db.session(), await db.session()];
    await writer.query(`begin; ${late}`);
    expect(await step(db)).toBe('');
    await writer.query('commit');
    await db.rows('select noetl.fold()');
    expect(await next(db)).toBe('watched');
    expect(await next(db)).toBe('copied');
    await reader.query('begin; select count(*) from noetl.metric');
    for (let tries = 0; tries < 3; tries += 1) expect(await step(db)).toBe('');
    await reader.query('commit');
    for (let tries = 0; tries < 20 && (await step(db)) !== 'packed'; tries += 1) await writers.progress(1);
    expect(await db.value(isPacked)).toBe(true);
    const { rows, errors } = await writers.stop();
    expect(errors).toEqual([]);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(4801 + rows);
  });

  it('by several sessions at once, in any time zone, packs each day once', async () => {
    await fill(db);
    const before = await db.row(allRows);
    const sessions = await Promise.all(['Pacific/Kiritimati', 'America/New_York', 'UTC', 'UTC'].map(async (zone) => db.session({ options: `-c timezone=${zone}` })));
    const done = await Promise.all(sessions.map(async (session) => {
      const outcomes: string[] = [];
      for (let tries = 0; tries < 8; tries += 1) {
        const { rows } = await session.query<{ done: string[]; failures: string; error: string }>(`select * from noetl.maintain('packing', ${at})`);
        expect(rows[0]).toMatchObject({ failures: '0', error: null });
        outcomes.push(...(rows[0]?.done ?? []));
      }
      return outcomes;
    }));
    for (let tries = 0; tries < 3; tries += 1) done.push([await step(db)]);
    expect(done.flat().map((each) => each.replace(/^.*: /, '')).filter(Boolean).toSorted()).toEqual(['copied', 'packed', 'watched']);
    expect(await db.row(allRows)).toEqual(before);
  });

  it.each([
    ['an index of its own', 'create index on %s (metric_value)'],
    ['rights of its own', 'grant select on %s to pg_monitor'],
    ['a column that some may read', 'grant select (metric_value) on %s to pg_monitor'],
    ['a view on it', 'create view on_day as select metric_id from %s'],
    ['a trigger of its own', `create function public.nothing() returns trigger language plpgsql as 'begin return new; end'; create trigger own before update on %s for each row execute function public.nothing()`],
    ['settings of its own', 'alter table %s set (autovacuum_enabled = off)'],
    ['a constraint of its own', 'alter table %s add constraint finite check (metric_value < 1e300)'],
    ['statistics of its own', 'create statistics public.own on metric_name, metric_type from %s'],
    ['a publication', 'create publication own for table %s'],
    ['a policy', 'create policy own on %s using (true)'],
    ['comments of its own', `comment on column %s.metric_value is 'mine'`],
  ])('leaves a day that somebody has given %s, before and after it was copied', async (_, change) => {
    await fill(db);
    const given = change.replaceAll('%s', await db.value<string>(`select ${day}::text`));
    expect([await next(db), await next(db)]).toEqual(['watched', 'copied']);
    await db.rows(given);
    const outcome = await next(db);
    expect(outcome).toMatch(/^copy thrown away, .*(its own|of their own)$/);
    expect(await step(db)).toBe('');
    expect(await db.rows(leftovers)).toEqual([]);
    await db.rows('delete from _noetl.packing');
    expect(await step(db)).toBe(outcome.replace('copy thrown away, ', ''));
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(4800);
  });

  it.each([
    ['dropped', `select noetl.cleanup_expired_metrics(now() + interval '3 days')`],
    ['detached', `do $$ begin execute format('alter table noetl.metric detach partition %s', ${day}); end $$`],
  ])('puts a copy away whose day has been %s', async (_, statement) => {
    await fill(db);
    expect([await next(db), await next(db)]).toEqual(['watched', 'copied']);
    await db.rows(statement);
    expect(await step(db)).toBe('');
    expect(await db.rows(leftovers)).toEqual([]);
    expect(await db.rows('table _noetl.packing')).toEqual([]);
  });

  it('goes on after an upgrade in between', async () => {
    await fill(db);
    const before = await db.row(allRows);
    for (const expected of ['watched', 'copied', 'packed']) {
      expect(await next(db)).toBe(expected);
      await install(db.url);
    }
    expect(await db.row(allRows)).toEqual(before);
  });

  it('goes on with a column that an upgrade adds in between', async () => {
    await fill(db);
    expect([await next(db), await next(db)]).toEqual(['watched', 'copied']);
    await db.rows(`alter table noetl.metric add column added text default 'there'`);
    expect([await next(db), await next(db), await next(db)]).toEqual(['copy thrown away, watched', 'copied', 'packed']);
    expect(await db.value(`select count(*)::int from noetl.metric where added = 'there'`)).toBe(4800);
  });

  it('shows every reader each row once, whatever is written and packed again meanwhile', async () => {
    // more patient than usual: here somebody is at the day nearly always
    await fill(db, `create table ledger as select 4800 as rows; select noetl.set_setting('maintenance_lock_timeout', '300 milliseconds')`);
    const random = seededRandom();
    let going = true;
    const [wrong, writes]: [unknown[], unknown[]] = [[], []];
    const agree = `select (select count(*) from noetl.metric) = (select sum(rows) from ledger) as agree,
      (select count(*) from noetl.metric) as stored, (select sum(rows) from ledger) as written`;
    const pause = (most: number) => new Promise((resolve) => setTimeout(resolve, random.whole(most)));
    const sessions = [
      ...['read committed', 'repeatable read', 'repeatable read'].map((level) => async (session: Client) => {
        await pause(200);
        await session.query(`begin isolation level ${level}; select 1`);
        await pause(100);
        for (let read = 0; read < 2; read += 1) {
          const { rows } = await session.query<{ agree: boolean }>(agree);
          if (rows[0]?.agree !== true) wrong.push({ level, ...rows[0] });
          await pause(20);
        }
        await session.query('commit');
      }),
      ...Array.from({ length: 2 }, () => async (session: Client) => {
        await pause(300);
        const removes = random.whole(10) === 0;
        await session.query('begin');
        writes.push(await session.query(removes
          ? `with gone as (delete from noetl.metric where metric_id = (select min(metric_id) + ${random.whole(1000)} from noetl.metric) returning 1)
             insert into ledger select -1 from gone`
          : `with stored as (${late} returning 1) insert into ledger select 1 from stored`));
        await pause(30);
        await session.query(random.whole(4) === 0 ? 'rollback' : 'commit');
      }),
      async (session: Client) => {
        await pause(100);
        await session.query('select noetl.fold()');
      },
    ];
    const all = sessions.map(async (act) => {
      const session = await db.session();
      while (going) await act(session);
    });
    const outcomes: string[] = [];
    const packed = (): number => outcomes.filter((each) => each === 'packed').length;
    while (packed() < 5 || writes.length < 60) {
      outcomes.push(await step(db));
      await db.rows('delete from _noetl.packing where packed_at is not null or obstacle is not null'); // and once more
    }
    going = false;
    await Promise.all(all);
    console.log(`packing: NOETL_SEED=${random.seed}, ${writes.length} writes, ${packed()} times packed of ${outcomes.filter((each) => each === 'copied').length} copies`);
    expect(wrong).toEqual([]);
    expect(await db.row(agree)).toMatchObject({ agree: true });
  });

  it('leaves a lookup by metric_id and a moment to few pages', async () => {
    await fill(db, `insert into noetl.metric (metric_name, metric_type, metric_value, labels, "timestamp", created_at)
      select 'many_total', 'counter', minute, jsonb_build_object('series', s), at, at
      from generate_series(240, 1439) as minute
      cross join lateral (select ${yesterday} + minute * interval '1 minute' as at) as t
      cross join generate_series(1, 50) as s
      order by minute, s`);
    expect(await pack(db)).toEqual(['watched', 'copied', 'packed']);
    await db.rows('vacuum analyze noetl.metric');
    const table = await db.value<string>(`select ${day}::text`);
    const pages = await db.value<number>(`select pg_relation_size('${table}')::int / 8192`);
    for (const condition of ['metric_id = 40000', `"timestamp" = ${yesterday} + interval '12 hours'`]) {
      const [{ 'QUERY PLAN': [{ Plan: plan }] }] = await db.rows<{ 'QUERY PLAN': [{ Plan: Record<string, unknown> }] }>(
        `explain (analyze, buffers, format json) select * from only ${table} where ${condition}`) as [{ 'QUERY PLAN': [{ Plan: Record<string, unknown> }] }];
      expect(plan['Node Type']).toBe('Bitmap Heap Scan');
      expect(Number(plan['Lossy Heap Blocks'])).toBeLessThan(pages / 10);
    }
  });
});

describe('a database that is killed or copied while a day is packed', () => {
  const cluster = useCluster({ server: debianServer });
  const test = needing(debianServer, pgDump, psql);
  const asDatabase = (client: Client): Pick<TestDatabase, 'row' | 'rows'> => ({
    rows: async (sql: string) => (await client.query(sql)).rows as never,
    row: async (sql: string) => (await client.query(sql)).rows[0] as never,
  });

  test('loses nothing when PostgreSQL is killed in any phase', async () => {
    const url = await cluster.installed('killed');
    const before = await connected(url, async (client) => {
      await fill(asDatabase(client));
      return (await client.query(allRows)).rows as unknown[];
    });
    for (const expected of ['watched', 'copied', 'packed']) {
      // in the middle of the step, then after it
      const dying = connected(url, async (client) => {
        client.on('error', () => {});
        await client.query(`begin; select * from noetl.maintain('packing', ${at})`);
        await cluster.crash();
      });
      await dying.catch(() => {});
      await cluster.start();
      await connected(url, async (client) => {
        expect((await client.query(allRows)).rows).toEqual(before);
        expect(await step(asDatabase(client))).toBe(expected);
      });
      await cluster.crash();
      await cluster.start();
    }
    await connected(url, async (client) => {
      expect((await client.query(allRows)).rows).toEqual(before);
      expect((await client.query(leftovers)).rows).toEqual([]);
    });
  });

  test('is packed from the start after a restore of what was dumped in any phase', async () => {
    const url = await cluster.installed('dumped');
    await connected(url, (client) => fill(asDatabase(client)));
    for (const phase of ['watched', 'copied', 'late', 'packed']) {
      const restored = await cluster.empty(`restored_${phase}`);
      await connected(url, async (client) => {
        if (phase === 'late') await client.query(late);
        else expect(await step(asDatabase(client))).toBe(phase === 'packed' ? 'late samples copied' : phase);
        if (phase === 'packed') expect(await step(asDatabase(client))).toBe('packed');
      });
      const file = `${cluster.data}/../${phase}.sql`;
      await run(pathOf(pgDump), ['--file', file, url]);
      await run(pathOf(psql), ['-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', file, restored]);
      const content = `
        select count(*)::int as rows, md5(string_agg(
          concat_ws(' ', m.metric_id, m.metric_value, m.labels, m.metadata, m."timestamp", m.created_at, m.series_id), e'\\n' order by m.metric_id)) as content
        from noetl.metric as m`;
      const original = await connected(url, async (client) => (await client.query(content)).rows as unknown[]);
      await connected(restored, async (client) => {
        expect(await step(asDatabase(client))).toBe(''); // not folded yet
        await client.query('select noetl.fold()');
        if (phase === 'packed') expect(await step(asDatabase(client))).toBe('');
        else expect(await pack(asDatabase(client))).toEqual(['watched', 'copied', 'packed']);
        expect((await client.query(content)).rows).toEqual(original);
        expect((await client.query(leftovers)).rows).toEqual([]);
        await client.query('select noetl.fold()');
        expect((await client.query('select sum(samples)::int as samples from _noetl.rollup where level = 60')).rows)
          .toEqual([{ samples: phase === 'late' || phase === 'packed' ? 4801 : 4800 }]);
      });
    }
  });
});
