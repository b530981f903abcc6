import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { useCluster } from './cluster.ts';
import { connected } from './connection.ts';
import { debianServer, needing, pathOf, pgDump, psql } from './tools.ts';

const run = promisify(execFile);
const cluster = useCluster({ settings: { wal_level: 'logical' } });

it('keeps what was committed, and nothing else, through a crash', async () => {
  await connected(cluster.url(), (client) => client.query('create table kept as select 1 as n'));
  await connected(cluster.url(), async (client) => {
    client.on('error', () => {});
    await client.query('begin');
    await client.query('insert into kept values (2)');
    await cluster.crash();
  });
  await cluster.start();
  expect((await connected(cluster.url(), (client) => client.query('table kept'))).rows).toEqual([{ n: 1 }]);
});

it('has the settings that were asked for', async () => {
  const { rows } = await connected(cluster.url(), (client) => client.query('show wal_level'));
  expect(rows).toEqual([{ wal_level: 'logical' }]);
});

it('has a hot standby that follows it', async () => {
  const standby = await cluster.standby();
  await connected(cluster.url(), (client) => client.query('create table followed as select 1 as n'));
  await connected(standby.url(), async (client) => {
    const followed = async (): Promise<unknown> =>
      (await client.query<{ n: number }>("select count(*)::int as n from pg_class where relname = 'followed'")).rows;
    await expect.poll(followed).toEqual([{ n: 1 }]);
    await expect(client.query('create table refused ()')).rejects.toThrow('read-only');
  });
});

it('has copies that live apart from it', async () => {
  await connected(cluster.url(), (client) => client.query('create table shared as select 1 as n'));
  const copy = await cluster.copy();
  await connected(cluster.url(), (client) => client.query('drop table shared'));
  expect((await connected(copy.url(), (client) => client.query('table shared'))).rows).toEqual([{ n: 1 }]);
});

describe('a cluster of the server that Debian packages', () => {
  const debian = useCluster({ server: debianServer });

  needing(debianServer, pgDump, psql)('is dumped and restored by the programs of its own version', async () => {
    await connected(debian.url(), (client) => client.query('create table dumped as select 1 as n'));
    const other = await debian.empty('other');
    const { stdout } = await run(pathOf(pgDump), ['--dbname', debian.url()]);
    const restore = run(pathOf(psql), ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--dbname', other]);
    restore.child.stdin?.end(stdout);
    await restore;
    expect((await connected(other, (client) => client.query('table dumped'))).rows).toEqual([{ n: 1 }]);
  });
});
