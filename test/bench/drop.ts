import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, open, readdir, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { openSession, startPostgres, valueOf, type Postgres } from './harness/postgres.ts';
import { compare, spread, timed } from './harness/rounds.ts';
import type { Bench, Scenario } from './harness/scenario.ts';

/**
 * Seconds to get rid of a day of samples, by `noetl.cleanup_expired_metrics()`, by `DELETE` from a table with an index on
 * the time, and by pg_partman's retention. `DELETE` leaves its rows on the disk, so it stands there with the `VACUUM` that
 * makes room for others, too. All on one server, Debian's where pg_partman is there; every session has dropped a small day
 * before, or written beside that, as one that does it every few minutes has. Meanwhile another session stores sample after
 * sample: how long it had to wait at most is what a writer of yours would feel. A third one looks how long the table is
 * locked against everybody, and from when on nobody sees the rows: `DELETE` is done then, while a dropped table's files are
 * still being deleted.
 *
 * A day that expires was written days ago, and nobody reads it: no side finds its files in the system's cache, nor pages
 * of them in the server's. Lines of their own, `cached`, are of a day that was written just now.
 *
 * What no way to give disk space back at once can be quicker than stands beside them: `unlink` of copies of the very files
 * that the partition and its indexes are, on the same file system, as cold as they. The server does that after the locks are
 * released. It takes what the file system takes: one that is mounted with `discard` and has no journal tells the disk of
 * each piece while it is waited for, one that is mounted as Debian does has little to do. TMPDIR picks another.
 */
export const drop: Scenario = {
  name: 'drop',
  run: async (bench) => {
    const rows = bench.options.rows ?? (bench.options.quick ? 1000 : bench.options.full ? 10_000_000 : 500_000);
    const { path } = bench.peers.partman;
    const postgres = path === undefined ? await bench.postgres() : await startPostgres(path);
    if (path !== undefined) bench.after(() => postgres.stop());
    const ways = [await ours(postgres), await deleted(postgres), await vacuumed(postgres)];
    if (path !== undefined) ways.push(await managed(postgres));
    for (const { close } of ways) bench.after(close);
    for (const way of ways) {
      await store(way, Math.min(rows, 1000));
      const writing = keepWriting(way.writer, way.table);
      for (const statement of way.empty) await way.client.query(statement);
      await writing.stop();
    }
    const elsewhere = await otherTable(postgres);
    bench.after(() => elsewhere.end());
    await dropping(bench, ways, rows, elsewhere);
    await dropping(bench, ways.filter(({ name }) => name === 'ours' || name === 'DELETE'), rows);
  },
};

/** A table, and how its old rows are got rid of. */
interface Way {
  readonly name: string;
  readonly table: string;
  /** Makes place for a day. */
  readonly begin?: string;
  /** Done when the day is there, as it has been long before the day expires. */
  readonly settle?: string;
  readonly empty: readonly string[];
  readonly client: Client;
  readonly writer: Client;
  readonly watcher: Client;
  readonly close: () => Promise<unknown>;
}

async function opened(url: string, how: Omit<Way, 'client' | 'writer' | 'watcher' | 'close'>): Promise<Way> {
  const [client, writer, watcher] = [await openSession(url), await openSession(url), await openSession(url)];
  return { ...how, client, writer, watcher, close: () => Promise.all([client.end(), writer.end(), watcher.end()]) };
}

async function ours(postgres: Postgres): Promise<Way> {
  return opened(await postgres.installed('drop_ours'), {
    name: 'ours',
    table: 'noetl.metric',
    begin: "select noetl.create_metric_partition((now() at time zone 'UTC')::date - 3)",
    settle: "select noetl.fold(); select noetl.maintain(s.step) from noetl.maintenance_step as s where s.step <> 'cleanup' order by s.position",
    empty: ['select noetl.cleanup_expired_metrics()'],
  });
}

async function deleted(postgres: Postgres): Promise<Way> {
  const url = await postgres.empty('drop_delete');
  await prepared(url, `${plainTable('plain')}; create index on plain (created_at)`);
  return opened(url, { name: 'DELETE', table: 'plain', begin: 'truncate plain', empty: [deletion] });
}

async function vacuumed(postgres: Postgres): Promise<Way> {
  const url = await postgres.empty('drop_vacuum');
  await prepared(url, `${plainTable('plain')}; create index on plain (created_at)`);
  return opened(url, { name: 'DELETE and VACUUM', table: 'plain', begin: 'truncate plain', empty: [deletion, 'vacuum plain'] });
}

async function managed(postgres: Postgres): Promise<Way> {
  const url = await postgres.empty('drop_partman');
  await prepared(url, `
    create schema partman;
    create extension pg_partman schema partman;
    ${plainTable('managed')} partition by range (created_at);
    create index on managed (created_at);
    select partman.create_parent('public.managed', 'created_at', 'native', 'daily', p_premake => 4);
    update partman.part_config set retention = '1 day', retention_keep_table = false, infinite_time_partitions = true`);
  return opened(url, {
    name: 'pg_partman',
    table: 'managed',
    begin: "select partman.create_partition_time('public.managed', array[date_trunc('day', now() - interval '3 days')])",
    empty: ["select partman.run_maintenance('public.managed')"],
  });
}

const deletion = "delete from plain where created_at < now() - interval '1 day'";

/** Has every way drop a day of so many rows, in as many rounds as are wanted. Cold where a session can read something else meanwhile. */
async function dropping(bench: Bench, ways: readonly Way[], rows: number, elsewhere?: Client): Promise<void> {
  const cold = elsewhere !== undefined;
  const size = rows.toLocaleString('en');
  const gone = new Map<string, number[]>();
  const waits = new Map<string, number>();
  let held = 0;
  let files: readonly string[] = [];
  const round = (way: Way) => async (): Promise<number> => {
    const { name, table, empty, client, writer, watcher } = way;
    await store(way, rows);
    const [before, places] = await oldRows(client, table);
    if (before < rows) throw new Error(`${name}: ${before} old rows before`);
    for (const place of places) await client.query(`vacuum ${place}`);
    await client.query('checkpoint');
    const stored = await filesOf(client, places);
    if (name === 'ours' && files.length === 0) files = await copiesOf(bench, client, stored);
    if (cold) {
      await displace(elsewhere);
      await forget(stored);
    }

    const watching = watch(watcher, table);
    const writing = keepWriting(writer, table);
    await delay(100);
    const start = performance.now();
    const seconds = await timed(async () => {
      for (const statement of empty) await client.query(statement);
    });
    await delay(100);
    waits.set(name, Math.max(waits.get(name) ?? 0, await writing.stop()));
    const seen = await watching.stop();
    if (name === 'ours') held = Math.max(held, seen.locked);
    // whoever drops no partition has deleted the rows when it is done
    gone.set(name, [...(gone.get(name) ?? []), seen.dropped === undefined ? seconds : (seen.dropped - start) / 1000]);
    const [after] = await oldRows(client, table);
    if (after !== 0) throw new Error(`${name}: ${after} old rows left`);
    return seconds;
  };
  const [own, ...others] = ways;
  if (own === undefined) return;
  await compare(bench, {
    scenario: cold ? `drop ${size} rows` : `drop ${size}, cached`,
    ours: round(own),
    beside: [
      ...others.map((other) => ({ name: other.name, round: round(other), ...(other.name === 'DELETE' && { target: { faster: 1000 } }) })),
      {
        name: 'unlink of its files',
        round: async () => {
          const copies = await Promise.all(files.map((file) => copied(file, `${file}.copy`)));
          if (cold) await forget(copies);
          return timed(async () => {
            for (const copy of copies) await unlink(copy);
          });
        },
      },
    ],
    warm: false,
  });
  const ownGone = gone.get(own.name) ?? [];
  for (const { name } of others.filter((other) => other.empty.length === 1)) {
    const theirs = gone.get(name) ?? [];
    bench.add({
      scenario: cold ? 'drop: rows gone' : 'drop: gone, cached',
      ours: { value: spread(ownGone).median, unit: 's' },
      peer: name,
      theirs: { value: spread(theirs).median, unit: 's' },
      ratio: spread(ownGone.map((seconds, at) => (theirs[at] ?? Number.NaN) / seconds)),
      per: 'theirs/ours',
    });
  }
  if (!cold) return;
  bench.add({ scenario: 'drop: longest lock', ours: { value: held, unit: 's' } });
  for (const { name } of others) {
    bench.add({
      scenario: 'drop: longest wait', ours: { value: waits.get(own.name) ?? Number.NaN, unit: 's' },
      peer: `writer beside ${name}`, theirs: { value: waits.get(name) ?? Number.NaN, unit: 's' },
    });
  }
}

function plainTable(name: string): string {
  return `create table ${name} (
    metric_id bigint generated by default as identity,
    runtime_id bigint not null default 0,
    metric_name text not null,
    metric_type text not null,
    metric_value double precision not null,
    labels jsonb not null default '{}',
    "timestamp" timestamptz not null default now(),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '1 day'
  )`;
}

async function prepared(url: string, statements: string): Promise<void> {
  const client = await openSession(url);
  await client.query(statements);
  await client.end();
}

/** A day that has expired, and nothing else that has. */
async function store({ table, begin, settle, empty, client }: Way, rows: number): Promise<void> {
  for (const statement of empty) await client.query(statement);
  if (begin !== undefined) await client.query(begin);
  await fillDay(client, table, rows);
  if (settle !== undefined) await client.query(settle);
}

/** A whole day, three days ago, of a thousand series. */
async function fillDay(client: Client, table: string, rows: number): Promise<void> {
  for (let begin = 0; begin < rows; begin += 100_000) {
    await client.query(
      `insert into ${table} (metric_name, metric_type, metric_value, labels, "timestamp", created_at, expires_at)
       select 'bench_drop', 'gauge', n, jsonb_build_object('queue', 'queue-' || n % 1000), at, at, at + interval '1 day'
       from generate_series($1::integer, least($1 + 100000, $2) - 1) as n
       cross join lateral (
         select date_trunc('day', now(), 'UTC') - interval '3 days' + n * interval '1 day' / $2 as at
       ) as t`,
      [begin, rows],
    );
  }
}

/** Stores one sample after the other; `stop` says what the slowest took, in seconds. */
function keepWriting(client: Client, table: string): { stop(): Promise<number> } {
  const stopping = new AbortController();
  const writing = (async () => {
    let longest = 0;
    while (!stopping.signal.aborted) {
      longest = Math.max(longest, await timed(() =>
        client.query(`insert into ${table} (metric_name, metric_type, metric_value) values ('bench_written', 'gauge', 1)`)));
    }
    return longest;
  })();
  return {
    stop: async () => {
      stopping.abort();
      return writing;
    },
  };
}

/** How many rows are old, and in which tables they are. */
async function oldRows(client: Client, table: string): Promise<[count: number, places: string[]]> {
  const { rows } = await client.query<{ count: string; place: string }>(
    `select count(*), tableoid::regclass::text as place from ${table} where created_at < now() - interval '1 day' group by tableoid`);
  return [rows.reduce((sum, { count }) => sum + Number(count), 0), rows.map(({ place }) => place)];
}

/** The files of tables, their indexes included, with further gigabytes, free space maps and visibility maps. */
async function filesOf(client: Client, tables: readonly string[]): Promise<string[]> {
  const folder = await valueOf<string>(client, 'show data_directory');
  const paths = await valueOf<string[]>(client, `
    select array_agg(pg_relation_filepath(r))
    from unnest($1::regclass[]) as t (place)
    cross join lateral (
      select t.place
      union all
      select i.indexrelid from pg_index as i where i.indrelid = t.place
    ) as each (r)`, [tables]);
  const files: string[] = [];
  for (const path of paths) {
    const [own, beside] = [basename(path), join(folder, dirname(path))];
    const names = await readdir(beside);
    files.push(...names.filter((each) => each === own || each.startsWith(`${own}.`) || each.startsWith(`${own}_`)).map((each) => join(beside, each)));
  }
  return files;
}

/** Copies of files in a folder beside the server's own. */
async function copiesOf(bench: Bench, client: Client, files: readonly string[]): Promise<string[]> {
  const target = await mkdtemp(join(await valueOf<string>(client, 'show data_directory'), 'bench_drop_'));
  bench.after(() => rm(target, { recursive: true }));
  return Promise.all(files.map((file) => copied(file, join(target, basename(file)))));
}

/** Of a database with a table half as large again as the server's cache. */
async function otherTable(postgres: Postgres): Promise<Client> {
  const url = await postgres.empty('drop_other');
  await prepared(url, `
    create table other (n integer, filling text);
    alter table other alter filling set storage plain;
    insert into other
    select n, repeat('-', 4000) from generate_series(1, (select 3 * setting::integer from pg_settings where name = 'shared_buffers')) as n;
    create index on other (n)`);
  const client = await openSession(url);
  await client.query('vacuum analyze other');
  await client.query('set enable_seqscan = off; set enable_bitmapscan = off; set max_parallel_workers_per_gather = 0');
  return client;
}

/** Has the server's cache forget what it holds. A scan of a whole table would leave it alone, one by an index does not. */
async function displace(elsewhere: Client): Promise<void> {
  await elsewhere.query('select count(filling) from other where n > 0');
}

/** Has the system's cache forget files; what has reached the disk, that is. */
async function forget(files: readonly string[]): Promise<void> {
  for (const file of files) await promisify(execFile)('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
}

/** On the disk, as a checkpoint leaves the server's own. */
async function copied(from: string, to: string): Promise<string> {
  await copyFile(from, to);
  const file = await open(to, 'r+');
  await file.sync();
  await file.close();
  return to;
}

/**
 * Looks again and again how a table stands; `stop` says for how many seconds at most it was locked against everybody, and
 * when (of performance.now) it first had fewer partitions than before.
 */
function watch(client: Client, table: string): { stop(): Promise<{ locked: number; dropped: number | undefined }> } {
  const stopping = new AbortController();
  const watching = (async () => {
    let [locked, since, most, dropped] = [0, Number.NaN, 0, undefined as number | undefined];
    while (!stopping.signal.aborted) {
      const before = performance.now();
      const { rows } = await client.query<{ locked: boolean; partitions: number }>({
        name: 'watch',
        text: `
          select
            exists (select from pg_locks as l where l.relation = $1::regclass and l.mode = 'AccessExclusiveLock' and l.granted) as locked,
            (select count(*)::integer from pg_inherits as i where i.inhparent = $1::regclass) as partitions`,
        values: [table],
      });
      const [now] = rows;
      if (now === undefined) throw new Error('no row');
      if (Number.isNaN(since) && now.locked) since = before;
      if (!Number.isNaN(since)) locked = Math.max(locked, (performance.now() - since) / 1000);
      if (!now.locked) since = Number.NaN;
      if (now.partitions < most) dropped ??= performance.now();
      most = Math.max(most, now.partitions);
    }
    return { locked, dropped };
  })();
  return {
    stop: async () => {
      stopping.abort();
      return watching;
    },
  };
}
