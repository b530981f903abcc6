import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProduct, Product } from '../product.ts';
import { useDatabase } from '../support/database.ts';
import { freePort } from '../support/ports.ts';
import { temporaryFolder } from '../support/server.ts';

/**
 * Three servers on one database, one of which is killed. NOETL_TEST_JUDGED=120: for so many seconds, on a machine that is
 * quiet enough for the moments of the ticks to be judged too; else for a few, in which only their order is.
 */
const seconds = Number(process.env['NOETL_TEST_JUDGED'] ?? 0);
const eventually = { interval: 100 };

const db = useDatabase();
const servers = new Map<string, { product: Product; url: string }>();
let folder: string;

/** What becomes of each, and what is then said of it. */
const broken = {
  sleeps: ['select 1 as value from pg_sleep(60)', 'it took longer than its timeout'],
  divides: ['select 1 / (select count(*) - count(*) from pg_class) as value', 'division by zero'],
  doubles: ['select 1::bigint as value from generate_series(1, 2)', '2 rows have the labels {}'],
  floods: ['select n as value from generate_series(1, 1000000) as n', 'the result has more than 1000 rows: let the query return less, or raise max_rows'],
} as const;
const sound = { second: 1, fifth: 5 } as const;

/** A run of a collector or probe: when it was due and when it began, in milliseconds, and which server ran it. */
interface Run {
  name: string;
  runtime_id: string;
  every: number;
  beat: number;
  begun: number;
  server: string;
}

const runs = (): Promise<Run[]> =>
  db.rows<Run & Record<string, unknown>>(`
    select m.name, m.runtime_id::text, extract(epoch from c.every)::float8 * 1000 as every,
      extract(epoch from m.beat)::float8 * 1000 as beat, extract(epoch from m.started_at)::float8 * 1000 as begun, m.server
    from mark as m join noetl.collector as c using (name)
    where m.beat is not null
    order by m.name, m.runtime_id, m.beat, m.started_at`);

/** By what ran, in their order. */
function byWork(all: readonly Run[]): Map<string, Run[]> {
  const works = new Map<string, Run[]>();
  for (const run of all) {
    const work = `${run.name} ${run.runtime_id}`;
    works.set(work, [...(works.get(work) ?? []), run]);
  }
  return works;
}

async function pages(): Promise<string[]> {
  return Promise.all([...servers.values()].map(async ({ url }) => (await fetch(url)).text()));
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await buildProduct(folder);
  await db.rows(`
    create table mark (name text, runtime_id bigint, beat timestamptz, started_at timestamptz, server text default current_setting('application_name'));
    create function mark() returns trigger language plpgsql as $$
    begin
      insert into public.mark values (new.name, new.runtime_id, new.beat, new.started_at);
      return null;
    end $$;
    create trigger mark after insert or update on _noetl.collector_run for each row execute function mark();`);
  for (const name of Object.keys(broken)) {
    await db.rows(`create view ${name}_source as select 1::bigint as value`);
    await db.rows(`select noetl.add_collector($1, $2, every => '2 seconds', timeout => '1 second')`, [name, `select value as value from public.${name}_source`]);
  }
  for (const [name, every] of Object.entries(sound)) {
    await db.rows(`select noetl.add_collector($1, 'select 1 as value', every => make_interval(secs => $2))`, [name, every]);
  }
  for (const name of ['a', 'b', 'c']) {
    const [PORT, url] = [String(await freePort()), new URL(db.url)];
    url.searchParams.set('application_name', name);
    const environment = { DATABASE_URL: url.href, PORT, NOETL_SERVER_METRICS_INTERVAL: '5' };
    servers.set(name, { product: new Product(folder, ['node', 'dist/cli.js', 'start'], environment), url: `http://127.0.0.1:${PORT}/metrics` });
  }
});

afterAll(async () => {
  for (const { product } of servers.values()) {
    if (product.alive) product.signal('SIGTERM');
    await product.end();
  }
  await rm(folder, { recursive: true, force: true });
});

describe('three servers on one database', { timeout: 600_000 + seconds * 1000 }, () => {
  it('run every collector on each beat of its own and no beat twice', async () => {
    await Promise.all([...servers.values()].map(async ({ product }) => product.ready()));
    await delay(seconds * 400);
    await expect.poll(async () => (await runs()).filter(({ name }) => name === 'fifth').length, eventually).toBeGreaterThanOrEqual(3);
    const all = await runs();
    const late: { work: string; share: number }[] = [];
    for (const [work, [first, ...later]] of byWork(all)) {
      let last = first;
      for (const run of later) {
        const gap = run.beat - (last?.beat ?? 0);
        expect([work, gap % run.every, gap > 0]).toEqual([work, 0, true]);
        // what has never run does so at once, between two beats
        if (seconds > 0 && last !== first) {
          late.push({ work, share: Math.abs(run.begun - (last?.begun ?? 0) - run.every) / run.every });
        }
        last = run;
      }
    }
    expect(late.filter(({ share }) => share >= 0.1)).toEqual([]);
    // each server its own probes, the others once for all
    const work = async (): Promise<string[]> => [...byWork(await runs()).keys()];
    const own = ['host', 'host_disk', 'process'].flatMap((name) => [1, 2, 3].map((server) => `${name} ${server}`));
    const shared = ['components 0', 'fifth 0', 'postgres_server 0', 'queue:graphile_worker 0', 'second 0'];
    await expect.poll(work, eventually).toEqual(expect.arrayContaining([...own, ...shared]));
    expect((await work()).filter((each) => /^(second|fifth|queue).* [1-9]|^host.* 0/.test(each))).toEqual([]);
  });

  it('report each collector that comes to nothing, take its values off every page, and go on with the others', async () => {
    for (const page of await pages()) for (const name of Object.keys(broken)) expect(page).toMatch(new RegExp(`^${name} 1$`, 'm'));
    for (const [name, [query]] of Object.entries(broken)) {
      await db.rows(`create or replace view ${name}_source as select q.value::bigint as value from (${query}) as q`);
    }
    await expect
      .poll(() => db.rows(`select name, error from noetl.collector_status where not succeeded order by name`), eventually)
      .toEqual(Object.entries(broken).map(([name, [, error]]) => ({ name, error })).toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    const before = Date.now();
    await delay(seconds * 200);
    await expect
      .poll(async () => (await runs()).filter(({ name, begun }) => name in broken && begun > before).length, eventually)
      .toBeGreaterThan(4);
    for (const page of await pages()) {
      for (const name of Object.keys(broken)) {
        expect(page).not.toMatch(new RegExp(`^${name} `, 'm'));
        expect(page).toMatch(new RegExp(`^noetl_collector_success\\{collector="${name}"\\} 0$`, 'm'));
        expect(page).toMatch(new RegExp(`^noetl_collector_last_success_timestamp_seconds\\{collector="${name}"\\} `, 'm'));
      }
      for (const name of Object.keys(sound)) {
        expect(page).toMatch(new RegExp(`^${name} 1$`, 'm'));
        expect(page).toMatch(new RegExp(`^noetl_collector_success\\{collector="${name}"\\} 1$`, 'm'));
      }
      expect(page.match(/^noetl_collector_success\{collector="host",component="[^"]+"\} 1$/gm)).toHaveLength(3);
    }
    const seen = async (): Promise<Run[]> => (await runs()).filter(({ name, begun }) => name === 'second' && begun > before);
    await expect.poll(async () => (await seen()).length, eventually).toBeGreaterThan(4);
    if (seconds > 0) {
      const begun = (await seen()).map((run) => run.begun);
      const gaps = begun.slice(1).map((at, i) => at - (begun[i] ?? 0));
      expect(gaps.filter((gap) => gap <= 900 || gap >= 1100)).toEqual([]);
    }
  });

  it('go on within 30 s when the one at work is killed', async () => {
    const last = await db.value<string>('select server from mark where runtime_id = 0 order by started_at desc limit 1');
    const killed = servers.get(last);
    killed?.product.signal('SIGKILL');
    await killed?.product.end();
    servers.delete(last);
    const at = await db.value<Date>('select clock_timestamp()');
    const shared = `select distinct name from mark where runtime_id = 0 and beat is not null`;
    const due = await db.rows(`${shared} and name in (select c.name from noetl.collector as c where c.every <= interval '15 seconds') order by 1`);
    await expect
      .poll(() => db.rows(`${shared} and started_at > $1 and name in (select c.name from noetl.collector as c where c.every <= interval '15 seconds') order by 1`, [at]), eventually)
      .toEqual(due);
    expect(await db.rows('select distinct server from mark where started_at > $1 and server = $2', [at, last])).toEqual([]);
    await delay(seconds * 200);
    // the dead one's figures leave the page when its heartbeat is overdue; the living ones' stay
    for (const page of await pages()) expect(page).toMatch(/^second 1$/m);
    for (const [work, ran] of byWork((await runs()).filter(({ begun }) => begun > at.getTime()))) {
      expect([work, new Set(ran.map(({ beat }) => beat)).size]).toEqual([work, ran.length]);
    }
  });
});
