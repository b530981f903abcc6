import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readFile, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundledBinaries } from '../src/embedded/binaries.ts';
import { startCluster, type Cluster, type ClusterOptions } from '../src/embedded/cluster.ts';
import { ExpectedError } from '../src/errors.ts';
import { connected } from './support/connection.ts';
import { temporaryFolder, testBinaries } from './support/server.ts';
import { needing, pathOf, psql } from './support/tools.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const asRoot = (title: string, test: () => Promise<void>): void =>
  isRoot ? it(title, test) : it.skip(`${title} (needs to be run as root)`, test);

const native = testBinaries() ?? bundledBinaries();
const running: Cluster[] = [];
const folders: string[] = [];
let said: string[] = [];

/** A cluster that is stopped after the test. */
async function start(dataDir: string, options: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const log = (line: string): void => void said.push(line);
  const cluster = await startCluster({ dataDir, port: 0, binaries: native, settings: { fsync: 'off' }, log, ...options });
  running.push(cluster);
  return cluster;
}

async function folder(): Promise<string> {
  const made = await temporaryFolder();
  folders.push(made);
  return made;
}

/** The message of an error that is for people, and in one line. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.message.includes('\n')) throw error;
    return error.message;
  }
  throw new Error('it was accepted');
}

const pidFile = (dataDir: string): string => join(dataDir, 'cluster', 'data', 'postmaster.pid');

async function postmaster(dataDir: string): Promise<number> {
  return Number((await readFile(pidFile(dataDir), 'utf8')).split('\n')[0]);
}

/** Not counting one that is dead but in the process table, as where nobody reaps orphans. */
async function isRunning(pid: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

async function processesOf(dataDir: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((args) => args.includes(dataDir));
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((cluster) => cluster.stop()));
  said = [];
});

afterAll(async () => {
  for (const made of folders) await rm(made, { recursive: true, force: true });
});

describe('an embedded PostgreSQL', () => {
  let home: string;
  beforeAll(async () => {
    home = await folder();
    await (await start(home)).stop();
  });

  it('keeps its data from one start to the next', async () => {
    const first = await start(home);
    await connected(first.url, (client) => client.query('create table kept as select 1 as n'));
    await first.stop();
    const second = await start(home);
    expect((await connected(second.url, (client) => client.query('table kept'))).rows).toEqual([{ n: 1 }]);
  });

  it('is UTF-8, sorts by code point, checks its pages and has the settings of this run', async () => {
    const { url } = await start(home, { settings: { fsync: 'off', work_mem: '7MB' } });
    const { rows } = await connected(url, (client) =>
      client.query(`select current_setting('server_encoding') as encoding, 'a' < 'B' as by_language,
        current_setting('data_checksums') as checksums, current_setting('work_mem') as work_mem`),
    );
    expect(rows).toEqual([{ encoding: 'UTF8', by_language: false, checksums: 'on', work_mem: '7MB' }]);
  });

  it('writes to the disk what it commits, unless told otherwise', async () => {
    const { url } = await start(home, { settings: {} });
    expect((await connected(url, (client) => client.query('show fsync'))).rows).toEqual([{ fsync: 'on' }]);
  });

  it('lets in only who knows its random password, and listens on 127.0.0.1 alone', async () => {
    const { url } = await start(home);
    const wrong = new URL(url);
    wrong.password = 'postgres';
    await expect(connected(wrong.href, async () => {})).rejects.toThrow('password authentication failed');
    const { rows } = await connected(url, (client) =>
      client.query(`select current_setting('listen_addresses') as tcp, current_setting('unix_socket_directories') as unix`),
    );
    expect(rows).toEqual([{ tcp: '127.0.0.1', unix: '' }]);
    expect((await stat(join(home, 'cluster', 'pgpass'))).mode & 0o777).toBe(0o600);
  });

  needing(psql)('gives a shell line that opens psql and does not show the password', async () => {
    const cluster = await start(home);
    const line = cluster.psql.replace('psql', pathOf(psql));
    const { stdout } = await run('sh', ['-c', `${line} -XAtc 'select current_database()'`]);
    expect(stdout).toBe('noetl\n');
    expect(line).not.toContain(new URL(cluster.url).password);
  });

  it('refuses a second start while the first runs, and does it no harm', async () => {
    const { url } = await start(home);
    expect(await refusal(start(home))).toMatch(/already runs on this data folder .*stop it first, or set NOETL_DATA_DIR/);
    await connected(url, async () => {});
  });

  it('lets one win of two starts at once', async () => {
    const outcomes = await Promise.allSettled([start(home), start(home)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(await refusal(Promise.reject(lost?.reason as Error))).toContain('already runs on this data folder');
  });

  it('starts over the pid file of a server that was killed', async () => {
    const first = await start(home);
    const pid = await postmaster(home);
    process.kill(pid, 'SIGSTOP'); // so that it dies by what follows and by nothing else
    const stopped = first.stop(10);
    process.kill(pid, 'SIGKILL');
    await stopped;
    expect(await postmaster(home)).toBe(pid);
    await start(home);
    expect(await postmaster(home)).not.toBe(pid);
  });

  it('starts over a pid file that names a process which is none of ours', async () => {
    const first = await start(home);
    const content = await readFile(pidFile(home), 'utf8');
    await first.stop();
    await writeFile(pidFile(home), content.replace(/^\d+/, String(process.ppid)));
    await start(home);
  });

  it('starts over a pid file that a crash of the machine left empty', async () => {
    await writeFile(pidFile(home), '');
    await run('touch', ['-d', '2020-01-01T00:00:00', pidFile(home)]);
    await start(home);
  });

  it('starts PostgreSQL again when it dies under it', async () => {
    const { url } = await start(home);
    const pid = await postmaster(home);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => said).toContain('PostgreSQL is back');
    await connected(url, async () => {});
    expect(await isRunning(pid)).toBe(false);
  });

  it('says so when PostgreSQL died and cannot be started again', async () => {
    const cluster = await start(home);
    const settings = join(home, 'cluster', 'data', 'postgresql.conf');
    const before = await readFile(settings, 'utf8');
    await writeFile(settings, 'nonsense = 1\n');
    try {
      process.kill(await postmaster(home), 'SIGKILL');
      expect(await refusal(cluster.failed.then((error) => Promise.reject(error)))).toContain('PostgreSQL did not start');
    } finally {
      await writeFile(settings, before);
    }
  });

  it('is stopped by force when it hangs', async () => {
    const cluster = await start(home);
    const pid = await postmaster(home);
    process.kill(pid, 'SIGSTOP');
    await cluster.stop(200);
    expect(await isRunning(pid)).toBe(false);
  });

  it('leaves no process behind, however often it is stopped', async () => {
    const cluster = await start(home);
    await Promise.all([cluster.stop(), cluster.stop()]);
    await cluster.stop();
    expect(await processesOf(home)).toEqual([]);
  });

  it('says which variable to set when its port is taken', async () => {
    const squatter = createServer();
    const port = await new Promise<number>((done) => {
      squatter.listen(0, '127.0.0.1', () => done((squatter.address() as { port: number }).port));
    });
    try {
      expect(await refusal(start(home, { port }))).toMatch(new RegExp(`Port ${port} .* set NOETL_PG_PORT`));
    } finally {
      squatter.close();
    }
  });

  it('refuses data of another major version', async () => {
    const version = join(home, 'cluster', 'data', 'PG_VERSION');
    const before = await readFile(version, 'utf8');
    await writeFile(version, '9\n');
    try {
      expect(await refusal(start(home))).toMatch(/are of PostgreSQL 9, this is PostgreSQL 1\d: .*NOETL_DATA_DIR/);
    } finally {
      await writeFile(version, before);
    }
  });

  it('names the fault in its settings', async () => {
    expect(await refusal(start(home, { settings: { work_mem: 'lots' } }))).toMatch(/invalid value .*"work_mem"/);
  });

  asRoot('runs as an unprivileged user when started by root', async () => {
    await start(home);
    const { stdout } = await run('ps', ['-o', 'uid=,gid=', '-p', String(await postmaster(home))]);
    const [uid, gid] = stdout.trim().split(/\s+/).map(Number);
    expect(uid).toBeGreaterThan(0);
    expect(gid).toBeGreaterThan(0);
    expect((await stat(join(home, 'cluster', 'data'))).uid).toBe(uid);
  });
});

describe('a first start', () => {
  it('makes its folder, also where two do so at once', async () => {
    const home = join(await folder(), 'deep', 'down');
    const outcomes = await Promise.allSettled([start(home), start(home)]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : []));
    expect(refused).toEqual([expect.stringContaining('already runs on this data folder')]);
    expect((await madeIn(home)).toSorted()).toEqual(['cluster', 'postgres.log']);
  });

  it('can be cut off at any moment, leaves no process, and the next one works', async () => {
    const home = await folder();
    for (const moment of [0, 50, 150, 400]) {
      const cut = AbortSignal.timeout(moment);
      await expect(start(home, { signal: cut })).rejects.toThrow('timeout');
      expect(await processesOf(home)).toEqual([]);
      expect(await madeIn(home)).toEqual([]);
    }
    await start(home);
  });

  it('sweeps up after one that was killed', async () => {
    const home = await folder();
    await mkdir(join(home, 'init-killed', 'data'), { recursive: true });
    await writeFile(join(home, 'init-killed', 'origin'), `${home}\n`);
    await start(home);
    expect((await madeIn(home)).toSorted()).toEqual(['cluster', 'postgres.log']);
  });

  it('refuses a data folder that cannot be one', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    expect(await refusal(start(file))).toMatch(/Cannot write to the data folder .*file .*NOETL_DATA_DIR/);
    expect(await refusal(start(join(file, 'below')))).toContain('Cannot write to the data folder');
  });

  it('makes the links of the libraries if npm was told to run no scripts', async () => {
    const copy = join(await folder(), 'native');
    await cp(native, copy, { recursive: true, verbatimSymlinks: true });
    await run('find', [copy, '-type', 'l', '-delete']);
    await start(await folder(), { binaries: copy });
    expect((await lstat(join(copy, 'lib', 'libpq.so.5'))).isSymbolicLink()).toBe(true);
  });

  asRoot('copies the binaries if the unprivileged user cannot reach them', async () => {
    const locked = await folder();
    await chmod(locked, 0o700);
    await cp(native, join(locked, 'native'), { recursive: true, verbatimSymlinks: true });
    const home = await folder();
    await start(home, { binaries: join(locked, 'native') });
    expect((await readdir(home)).filter((name) => name.startsWith('native-'))).toHaveLength(1);
    expect((await stat(locked)).mode & 0o777).toBe(0o700);
  });

  asRoot('puts the data elsewhere if the unprivileged user cannot reach them, and opens no folder', async () => {
    const locked = await folder();
    await chmod(locked, 0o700);
    const home = join(locked, 'x', '.noetl');
    const store = '/var/lib/noetl-metrics';
    const before = await readdir(store).catch(() => []);
    try {
      const first = await start(home);
      expect(dirname(await realpath(join(home, 'cluster')))).toBe(store);
      expect((await stat(store)).mode & 0o022).toBe(0);
      expect((await stat(locked)).mode & 0o777).toBe(0o700);
      await connected(first.url, (client) => client.query('create table kept as select 1 as n'));
      await first.stop();
      const second = await start(home);
      expect((await connected(second.url, (client) => client.query('table kept'))).rows).toEqual([{ n: 1 }]);
      await second.stop();
    } finally {
      const cluster = await realpath(join(home, 'cluster'));
      await rm(cluster, { recursive: true });
      expect((await readdir(store)).filter((name) => name.startsWith('init-'))).toEqual([]);
      if (before.length === 0) await rm(store, { recursive: true });
    }
  });

  asRoot('does not follow a link in place of the log', async () => {
    const home = await folder();
    const other = join(await folder(), 'precious');
    await writeFile(other, 'as it was');
    await symlink(other, join(home, 'postgres.log'));
    await expect(start(home)).rejects.toThrow('ELOOP');
    expect(await readFile(other, 'utf8')).toBe('as it was');
  });
});

/** What a data folder holds beside the copy of the programs, which a clone that others may not enter needs and keeps. */
async function madeIn(home: string): Promise<string[]> {
  return (await readdir(home)).filter((name) => !name.startsWith('native-'));
}
