import { copyFile, mkdtemp, open, readdir, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { openSession, startPostgres, valueOf } from './harness/postgres.ts';
import { compare, timed, type Peer } from './harness/rounds.ts';
import type { Bench, Scenario } from './harness/scenario.ts';

/**
 * Seconds to get rid of a day of samples, by `noetl.cleanup_expired_metrics()`, by `DELETE` from a table with an index on
 * the time, and by pg_partman's retention. All on one server, Debian's where pg_partman is there. Meanwhile another
 * session stores sample after sample: how long it had to wait at most is what a writer of yours would feel. A third one
 * looks how long `noetl.metric` is locked against everybody.
 *
 * What no way to give disk space back at once can be quicker than stands beside them: `unlink` of copies of the very files
 * that the partition and its indexes are, on the same file system. The server does that after the locks are released.
 */
export const drop: Scenario = {
  name: 'drop',
  run: async (bench) => {
    const rows = bench.options.rows ?? (bench.options.quick ? 1000 : bench.options.full ? 10_000_000 : 500_000);
    const { path } = bench.peers.partman;
    const postgres = path === undefined ? await bench.postgres() : await startPostgres(path);
    if (path !== undefined) bench.after(() => postgres.stop());

    const waits = new Map<string, number>();
    let held = 0;
    let files: readonly string[] = [];
    /** Fills a day, then empties it while somebody writes. */
    const emptying = async (name: string, url: string, fill: (client: Client) => Promise<unknown>, empty: string, table: string) => {
      const [client, writer, watcher] = [await openSession(url), await openSession(url), await openSession(url)];
      bench.after(() => Promise.all([client.end(), writer.end(), watcher.end()]));
      return async (): Promise<number> => {
        await fill(client);
        await client.query('checkpoint');
        const before = await valueOf<string>(client, `select count(*) from ${table} where created_at < now() - interval '1 day'`);
        if (Number(before) < rows) throw new Error(`${name}: ${before} old rows before`);
        if (name === 'ours' && files.length === 0) files = await copyOfDay(bench, client);
        const watching = name === 'ours' ? watchLock(watcher, table) : undefined;
        const writing = keepWriting(writer, table);
        await delay(100);
        const seconds = await timed(() => client.query(empty));
        await delay(100);
        waits.set(name, Math.max(waits.get(name) ?? 0, await writing.stop()));
        held = Math.max(held, (await watching?.stop()) ?? 0);
        const after = await valueOf<string>(client, `select count(*) from ${table} where created_at < now() - interval '1 day'`);
        if (after !== '0') throw new Error(`${name}: ${after} old rows left`);
        return seconds;
      };
    };

    const installed = await postgres.installed('drop_ours');
    const ours = await emptying('ours', installed, async (client) => {
      await client.query("select noetl.create_metric_partition((now() at time zone 'UTC')::date - 3)");
      await fillDay(client, 'noetl.metric', rows);
      await client.query('select noetl.fold()');
    }, 'select noetl.cleanup_expired_metrics()', 'noetl.metric');

    const deleted = await postgres.empty('drop_delete');
    await prepared(deleted, `${plainTable('plain')}; create index on plain (created_at)`);
    const beside: Peer[] = [{
      name: 'DELETE',
      round: await emptying(
        'DELETE', deleted, (client) => fillDay(client, 'plain', rows), "delete from plain where created_at < now() - interval '1 day'", 'plain'),
      target: { faster: 1000 },
    }, {
      name: 'unlink of its files',
      round: async () => {
        const copies = await Promise.all(files.map((file) => copied(file, `${file}.copy`)));
        return timed(async () => {
          for (const copy of copies) await unlink(copy);
        });
      },
    }];
    if (path !== undefined) {
      const managed = await postgres.empty('drop_partman');
      await prepared(managed, `
        create schema partman;
        create extension pg_partman schema partman;
        ${plainTable('managed')} partition by range (created_at);
        create index on managed (created_at);
        select partman.create_parent('public.managed', 'created_at', 'native', 'daily', p_premake => 4);
        update partman.part_config set retention = '1 day', retention_keep_table = false, infinite_time_partitions = true`);
      beside.push({
        name: 'pg_partman',
        round: await emptying('pg_partman', managed, async (client) => {
          await client.query(`select partman.create_partition_time('public.managed', array[date_trunc('day', now() - interval '3 days')])`);
          await fillDay(client, 'managed', rows);
        }, "select partman.run_maintenance('public.managed')", 'managed'),
      });
    }
    await compare(bench, { scenario: `drop ${rows.toLocaleString('en')} rows`, ours, beside, warm: false });
    bench.add({ scenario: 'drop: longest lock', ours: { value: held, unit: 's' } });
    for (const [name, seconds] of waits) {
      bench.add({ scenario: 'drop: longest wait', ours: { value: waits.get('ours') ?? Number.NaN, unit: 's' },
        ...(name !== 'ours' && { peer: `writer beside ${name}`, theirs: { value: seconds, unit: 's' as const } }) });
    }
  },
};

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

/** Copies of the files of the day that is to go, indexes included, beside the server's own. */
async function copyOfDay(bench: Bench, client: Client): Promise<string[]> {
  const folder = await valueOf<string>(client, 'show data_directory');
  const paths = await valueOf<string[]>(client, `
    select array_agg(pg_relation_filepath(r))
    from noetl.expired_partition as e
    cross join lateral (
      select to_regclass('noetl.' || e.name)
      union all
      select i.indexrelid from pg_index as i where i.indrelid = to_regclass('noetl.' || e.name)
    ) as t (r)`);
  const target = await mkdtemp(join(folder, 'bench_drop_'));
  bench.after(() => rm(target, { recursive: true }));
  const copies: string[] = [];
  for (const path of paths) {
    const names = await readdir(join(folder, dirname(path)));
    const own = basename(path);
    // with its further gigabytes, its free space map and its visibility map
    for (const name of names.filter((each) => each === own || each.startsWith(`${own}.`) || each.startsWith(`${own}_`))) {
      copies.push(await copied(join(folder, dirname(path), name), join(target, name)));
    }
  }
  return copies;
}

/** On the disk, as a checkpoint leaves the server's own. */
async function copied(from: string, to: string): Promise<string> {
  await copyFile(from, to);
  const file = await open(to, 'r+');
  await file.sync();
  await file.close();
  return to;
}

/** Looks again and again whether a table is locked against everybody; `stop` says for how long at most, in seconds. */
function watchLock(client: Client, table: string): { stop(): Promise<number> } {
  const stopping = new AbortController();
  const watching = (async () => {
    let [longest, since] = [0, Number.NaN];
    while (!stopping.signal.aborted) {
      const before = performance.now();
      const locked = await valueOf<boolean>(
        client, `select exists (select from pg_locks where relation = $1::regclass and mode = 'AccessExclusiveLock' and granted)`, [table]);
      if (Number.isNaN(since) && locked) since = before;
      if (!Number.isNaN(since)) longest = Math.max(longest, (performance.now() - since) / 1000);
      if (!locked) since = Number.NaN;
    }
    return longest;
  })();
  return {
    stop: async () => {
      stopping.abort();
      return watching;
    },
  };
}
