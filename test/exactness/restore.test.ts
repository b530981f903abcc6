import { execFile } from 'node:child_process';
import { open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { rm } from 'node:fs/promises';
import { useCluster, type TestCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { temporaryFolder } from '../support/server.ts';
import { debianServer, needing, pathOf, pgDump, pgRestore, psql } from '../support/tools.ts';
import { compared, ledgerSql } from './ledger.ts';
import { newTally, session } from './load.ts';
import { seededRandom } from './random.ts';

const run = promisify(execFile);
const test = needing(debianServer, pgDump, pgRestore, psql);

type Dump = (from: string, folder: string) => Promise<(to: string) => Promise<unknown>>;

/** The ways of a dump, each of which returns what restores it. */
const ways = {
  'plain text': async (from, folder) => {
    await run(pathOf(pgDump), ['--file', join(folder, 'plain.sql'), from]);
    return (to) => run(pathOf(psql), ['-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', join(folder, 'plain.sql'), to]);
  },
  'plain text in a single transaction': async (from, folder) => {
    await run(pathOf(pgDump), ['--file', join(folder, 'single.sql'), from]);
    return (to) => run(pathOf(psql), ['-Xq1', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', join(folder, 'single.sql'), to]);
  },
  'INSERT statements': async (from, folder) => {
    await run(pathOf(pgDump), ['--inserts', '--file', join(folder, 'inserts.sql'), from]);
    return (to) => run(pathOf(psql), ['-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', join(folder, 'inserts.sql'), to]);
  },
  'a directory, restored by four jobs': async (from, folder) => {
    await run(pathOf(pgDump), ['-Fd', '-j', '2', '--file', join(folder, 'directory'), from]);
    return (to) => run(pathOf(pgRestore), ['--exit-on-error', '-j', '4', '-d', to, join(folder, 'directory')]);
  },
  'a custom file, restored by four jobs': async (from, folder) => {
    await run(pathOf(pgDump), ['-Fc', '--file', join(folder, 'custom'), from]);
    return (to) => run(pathOf(pgRestore), ['--exit-on-error', '-j', '4', '-d', to, join(folder, 'custom')]);
  },
} satisfies Record<string, Dump>;

const noted = (by: number, k = 1): string =>
  `select noetl.inc('exact_orders_total', '{"k": ${k}}', ${by}); insert into exact.ledger (kind, labels, value) values ('orders', 'k="${k}"', ${by})`;

async function write(url: string, operations: number, seed: number, folds = true): Promise<void> {
  const tally = newTally();
  const random = seededRandom(seed);
  await Promise.all(Array.from({ length: 4 }, (_, n) =>
    session({ url, name: `w${seed % 1000}-s${n}`, random: random.fork(n), tally, more: () => tally.operations < operations, folds })));
  expect(tally.errors).toEqual([]);
}

/** Exact as restored, while sessions write before the first fold, and through folds after that. */
async function isExact(url: string, seed: number): Promise<number> {
  return connected(url, async (client) => {
    const exact = async (): Promise<number> => {
      const { lines, differences } = await compared(client);
      expect(differences.slice(0, 10)).toEqual([]);
      return lines.size;
    };
    await exact();
    const size = await connected(url, async (other) => {
      await other.query('begin');
      await other.query(noted(1000, 2));
      await write(url, 300, seed, false);
      await exact();
      await client.query('select noetl.fold()');
      await exact();
      await other.query(noted(10_000, 3));
      await other.query('commit');
      return exact();
    });
    await client.query('select noetl.fold()');
    await exact();
    await write(url, 200, seed + 1);
    await client.query('select noetl.fold()');
    await exact();
    return size;
  });
}

describe('a dump', () => {
  const source = useCluster({ server: debianServer, settings: { max_connections: '100' } });
  const target = useCluster({ server: debianServer, settings: { max_connections: '100' } });
  let folder = '';
  beforeAll(async () => {
    folder = await temporaryFolder();
    // as the README says, because these restores stop at the first error
    if (psql.path !== undefined) await run(psql.path, ['-Xq', '-f', 'sql/role/create_roles.sql', target.url()]);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  // each way once, in both places
  for (const [way, place] of [
    ['plain text', 'a fresh server'],
    ['plain text in a single transaction', 'the same server'],
    ['INSERT statements', 'a fresh server'],
    ['a directory, restored by four jobs', 'the same server'],
    ['a custom file, restored by four jobs', 'a fresh server'],
  ] as const) {
    test(`as ${way} is exact when restored into ${place}`, async () => {
      const { seed } = seededRandom();
      const name = `d${Object.keys(ways).indexOf(way)}`;
      const url = await source.installed(name);
      await connected(url, (client) => client.query(ledgerSql));
      await write(url, 300, seed); // folded
      await connected(url, (client) => client.query('select noetl.fold()'));
      await write(url, 300, seed + 1, false); // not folded
      await connected(url, async (writer) => {
        await writer.query('begin');
        await writer.query(noted(100_000)); // neither committed nor in the dump
        await connected(url, (client) => client.query('select noetl.fold()'));
        await connected(url, (client) => client.query(noted(7)));
        const restore = await ways[way](url, await temporaryFolderIn(folder, name));
        const to = await (place === 'a fresh server' ? target : source).empty(`${name}_restored`);
        await restore(to);
        const [there, here] = await Promise.all([to, url].map((each) => connected(each, async (client) => (await compared(client)).lines)));
        expect([...(there ?? [])]).toEqual([...(here ?? [])]);
        const lines = await isExact(to, seed + 2);
        console.log(`restore: ${way} into ${place}: NOETL_SEED=${seed}, ${lines} lines`);
      });
    });
  }

  test('is exact, has its history, and can be dumped again', async () => {
    const { seed } = seededRandom();
    console.log(`restore: history: NOETL_SEED=${seed}`);
    const url = await source.installed('due');
    await connected(url, (client) => client.query(ledgerSql));
    await write(url, 300, seed);
    await connected(url, async (client) => {
      await client.query(`select noetl.set('scraped', 1)`);
      await client.query('select noetl.scrape()');
    });
    await write(url, 300, seed + 1, false);

    const once = await target.empty('due_once');
    await (await ways['plain text'](url, await temporaryFolderIn(folder, 'due')))(once);
    await connected(once, async (client) => {
      await client.query('select noetl.fold()');
      expect((await compared(client)).differences).toEqual([]);
      const { rows } = await client.query(`select count::int from noetl.metric_history('scraped', now() - interval '1 day', now() + interval '1 minute')`);
      expect(rows).toEqual([{ count: 1 }]);
      await client.query('select noetl.scrape()');
      await client.query(noted(5));
    });
    const twice = await source.empty('due_twice');
    await (await ways['plain text'](once, await temporaryFolderIn(folder, 'due_once')))(twice);
    await isExact(twice, seed + 2);
  });

  test('taken in the middle of load is exact', async () => {
    const { seed } = seededRandom();
    const url = await source.installed('loaded');
    await connected(url, (client) => client.query(ledgerSql));
    let writing = true;
    const tally = newTally();
    const random = seededRandom(seed);
    const sessions = Array.from({ length: 8 }, (_, n) =>
      session({ url, name: `s${n}`, random: random.fork(n), tally, more: () => writing }));
    const folding = connected(url, async (client) => {
      while (writing) {
        await client.query('select noetl.fold()');
        await client.query('select noetl.rotate_events()');
        await delay(30);
      }
    });
    const dumps = [];
    while (tally.commits < 100) await delay(20);
    for (const way of ['plain text', 'a directory, restored by four jobs'] as const) {
      dumps.push(await ways[way](url, await temporaryFolderIn(folder, `loaded${dumps.length}`)));
    }
    writing = false;
    await Promise.all([...sessions, folding]);
    expect(tally.errors).toEqual([]);
    for (const [n, restore] of dumps.entries()) {
      const to = await target.empty(`loaded_${n}`);
      await restore(to);
      await isExact(to, seed + n);
    }
    console.log(`restore: two dumps during ${tally.commits} commits, NOETL_SEED=${seed}`);
  });

  test('of a server whose transaction ids are billions ahead is exact, and stays so when a fold is repeated', async () => {
    const { seed } = seededRandom();
    const url = await source.installed('ahead');
    await connected(url, (client) => client.query(ledgerSql));
    await resetTransactionIds(source, ['-e', '3']);
    await write(source.url('ahead'), 300, seed);
    await connected(source.url('ahead'), (client) => client.query('select noetl.fold()'));
    await write(source.url('ahead'), 300, seed + 1, false);
    const restore = await ways['plain text'](source.url('ahead'), await temporaryFolderIn(folder, 'ahead'));
    const to = await target.empty('ahead');
    await restore(to);
    await isExact(to, seed + 2);
    // and a dump of the restored one, folded and not
    await connected(to, (client) => client.query(noted(5)));
    const again = await ways['plain text'](to, await temporaryFolderIn(folder, 'again'));
    const back = await target.empty('back');
    await again(back);
    await isExact(back, seed + 4);
  });
});

describe('transaction ids', () => {
  const cluster = useCluster({ server: debianServer });

  test('may pass 2^31 and the wrap, in a database with restored rows, and every count stays', async () => {
    const folder = await temporaryFolder();
    const url = await cluster.installed('old');
    await connected(url, async (client) => {
      await client.query(ledgerSql);
      await client.query(`select noetl.set_setting('retention', '30 days')`);
    });
    await resetTransactionIds(cluster, ['-e', '2']);
    await write(cluster.url('old'), 200, 1);
    const restore = await ways['plain text'](cluster.url('old'), folder);
    await resetTransactionIds(cluster, ['-e', '0']);
    const name = 'wrapped';
    await restore(await cluster.empty(name));
    await rm(folder, { recursive: true, force: true });

    const seen: string[] = [];
    for (const segment of [0, 1000, 2000, 3000, 4000, 4096 + 1000, 4096 + 2000]) {
      if (segment > 0) await jump(cluster, segment);
      await connected(cluster.url(name), async (client) => {
        const exact = async (step: string): Promise<void> => {
          for (const line of (await compared(client)).differences) seen.push(`${segment} ${step}: ${line}`);
        };
        await exact('as before');
        for (const step of ['unread', 'read']) {
          await client.query(noted(1));
          await client.query(`insert into noetl.metric (metric_name, metric_type, metric_value, labels) values ('exact_wait_seconds', 'histogram', 0.5, '{"k": 1}')`);
          await client.query(`insert into exact.ledger (kind, labels, value) values ('wait', 'k="1"', 0.5)`);
          await exact(step);
          await client.query('select noetl.fold()');
          await exact(`${step} and folded`);
        }
        await client.query(noted(1)); // for the fold after the next jump
        await exact('open end');
      });
    }
    expect(seen).toEqual([]);
  });
});

async function temporaryFolderIn(folder: string, name: string): Promise<string> {
  const made = join(folder, name);
  await run('mkdir', ['-p', made]);
  return made;
}

/** As an administrator does who repairs a server; the owner of the data must run it. */
async function resetTransactionIds(cluster: TestCluster, options: string[]): Promise<void> {
  await freeze(cluster);
  await cluster.stop();
  const { uid, gid } = await stat(cluster.data);
  await run(join(dirname(pathOf(debianServer)), 'pg_resetwal'), ['-f', ...options, '-D', cluster.data], { uid, gid, cwd: '/' });
  await cluster.start();
}

/** Makes every row visible whatever the ids, as they must be before the ids are changed under them. */
async function freeze(cluster: TestCluster): Promise<void> {
  await connected(cluster.url(), (client) => client.query('update pg_database set datallowconn = true'));
  const { rows } = await connected(cluster.url(), (client) => client.query<{ datname: string }>('select datname from pg_database'));
  for (const { datname } of rows) await connected(cluster.url(datname), (client) => client.query('vacuum freeze'));
  await connected(cluster.url(), (client) => client.query('checkpoint'));
}

/** Lets the ids go on at a segment of the commit log, 2^20 ids each; 4096 of them are one round of 32 bits. */
async function jump(cluster: TestCluster, segment: number): Promise<void> {
  await freeze(cluster);
  await cluster.stop();
  const { uid, gid } = await stat(cluster.data);
  const place = (segment % 4096).toString(16).toUpperCase().padStart(4, '0');
  const log = join(cluster.data, 'pg_xact');
  for (const file of await readdir(log)) if (file === place) throw new Error(`${file} is in use`);
  const file = await open(join(log, place), 'w');
  await file.write(Buffer.alloc(262_144));
  await file.chown(uid, gid);
  await file.close();
  await cluster.start();
  await cluster.stop();
  const xid = String((segment % 4096) * 2 ** 20);
  await run(join(dirname(pathOf(debianServer)), 'pg_resetwal'), ['-f', '-e', String(Math.floor(segment / 4096)), '-x', xid, '-D', cluster.data], { uid, gid, cwd: '/' });
  await cluster.start();
}
