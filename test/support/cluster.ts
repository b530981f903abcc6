import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { escapeIdentifier } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { startCluster, type Cluster } from '../../src/embedded/cluster.ts';
import { install } from '../../src/install.ts';
import { connected, urlOf } from './connection.ts';
import { freePort } from './ports.ts';
import { temporaryFolder, testBinaries } from './server.ts';
import type { Tool } from './tools.ts';

const run = promisify(execFile);

// A run that is cut off ends this process by a signal or by hanging up; only "exit" takes the servers along.
process.once('SIGTERM', () => process.exit(143));
process.once('disconnect', () => process.exit(1));

/** A PostgreSQL of one's own that may be stopped, killed and copied. Unlike on the shared server a commit outlives a crash. */
export interface TestCluster {
  /** PostgreSQL's own folder (PGDATA). */
  readonly data: string;
  readonly port: number;
  /** Of a database on it, as a superuser. */
  url(database?: string): string;
  /** A new database with nothing in it; returns its URL. */
  empty(database: string): Promise<string>;
  /** A new database with the production installation in it; returns its URL. */
  installed(database: string): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Kills the postmaster and every backend at once, as a power cut would, and returns when all are gone. */
  crash(): Promise<void>;
  /** A hot standby of it, already streaming. The primary is restarted on the way. */
  standby(): Promise<TestCluster>;
  /** A second cluster from a cold copy of the data folder, as after a restore. The original is restarted. */
  copy(): Promise<TestCluster>;
}

/**
 * The processes are what crashes here, never the machine: what they have written the kernel keeps. And compiling takes
 * longer than the short queries of a test do.
 */
const usual = { fsync: 'off', jit: 'off' };

type Settings = Readonly<Record<string, string>>;

export interface ClusterOptions {
  readonly settings?: Settings;
  /** `debianServer` for tests that need pg_dump or an extension; the build under test otherwise. */
  readonly server?: Tool;
}

/** A cluster for the tests of this file (or `describe`), removed at the end. Absent tools start nothing. */
export function useCluster({ settings = {}, server }: ClusterOptions = {}): TestCluster {
  const needed = server === undefined || server.path !== undefined;
  const binaries = server?.path === undefined ? testBinaries() : dirname(dirname(server.path));
  const family: Running[] = [];
  let main: Running | undefined;

  beforeAll(async () => {
    if (needed) main = await Running.create({ settings: { ...usual, ...settings }, binaries, family });
  });
  afterAll(async () => {
    for (const member of family.toReversed()) await member.remove();
  });
  const running = (): Running => {
    if (main === undefined) throw new Error('the cluster exists only while tests run, and only where its server does');
    return main;
  };
  return {
    get data() {
      return running().data;
    },
    get port() {
      return running().port;
    },
    url: (database) => running().url(database),
    empty: (database) => running().empty(database),
    installed: (database) => running().installed(database),
    start: () => running().start(),
    stop: () => running().stop(),
    crash: () => running().crash(),
    standby: () => running().standby(),
    copy: () => running().copy(),
  };
}

interface Plan {
  readonly settings: Settings;
  readonly binaries: string | undefined;
  /** Every cluster that comes of this one, so that all of them are removed. */
  readonly family: Running[];
}

/** A database that is installed once, for `installed` to clone. */
const template = 'noetl_template';

class Running implements TestCluster {
  #cluster: Cluster | undefined;
  #template: Promise<void> | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly plan: Plan,
  ) {
    plan.family.push(this);
  }

  get data(): string {
    return join(this.folder, 'cluster', 'data');
  }

  static async create(plan: Plan): Promise<Running> {
    const created = new Running(await temporaryFolder(), await freePort(), plan);
    await created.start();
    return created;
  }

  url(database = 'postgres'): string {
    if (this.#cluster === undefined) throw new Error('the cluster is stopped');
    return urlOf(this.#cluster.url, database);
  }

  async empty(database: string): Promise<string> {
    await connected(this.url(), (admin) => admin.query(`create database ${escapeIdentifier(database)}`));
    return this.url(database);
  }

  async installed(database: string): Promise<string> {
    await (this.#template ??= this.#makeTemplate());
    await connected(this.url(), (admin) => admin.query(`create database ${escapeIdentifier(database)} template ${template}`));
    return this.url(database);
  }

  /** What was copied with the data folder is there already. */
  async #makeTemplate(): Promise<void> {
    const there = await connected(this.url(), (admin) => admin.query('select from pg_database where datname = $1', [template]));
    if (there.rowCount === 0) await install(await this.empty(template));
  }

  async start(): Promise<void> {
    this.#cluster = await startCluster({ ...this.plan, dataDir: this.folder, port: this.port, log: () => {} });
  }

  async stop(): Promise<void> {
    const cluster = this.#cluster;
    this.#cluster = undefined;
    await cluster?.stop();
  }

  async crash(): Promise<void> {
    const postmaster = Number((await readFile(join(this.data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    const backends = await connected(this.url(), (admin) => admin.query<{ pid: number }>('table pg_stat_activity'));
    const all = [postmaster, ...backends.rows.map(({ pid }) => pid)];
    // Frozen first, so that neither our stopping, which only keeps the cluster from being revived, nor the death
    // of one process is noticed by another.
    for (const pid of all) signal(pid, 'SIGSTOP');
    const stopped = this.stop();
    for (const pid of all) signal(pid, 'SIGKILL');
    await stopped;
    while ((await Promise.all(all.map(isRunning))).includes(true)) await delay(5);
  }

  async standby(): Promise<Running> {
    return this.#copied({ primary_conninfo: this.url() }, async ({ data }) => {
      // Only its presence counts; copied from a file there, it has the owner that PostgreSQL expects.
      await run('cp', ['-p', join(data, 'PG_VERSION'), join(data, 'standby.signal')]);
    });
  }

  async copy(): Promise<Running> {
    return this.#copied({}, async () => {});
  }

  async #copied(settings: Settings, prepare: (copy: Running) => Promise<void>): Promise<Running> {
    const plan = { ...this.plan, settings: { ...this.plan.settings, ...settings } };
    const copy = new Running(await temporaryFolder(), await freePort(), plan);
    await this.stop();
    await run('cp', ['-a', `${this.folder}/.`, copy.folder]);
    await prepare(copy);
    await this.start();
    await copy.start();
    return copy;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone already
  }
}

async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Where nobody reaps orphans the dead stay in the process table, as "pid (name) Z …".
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) [ZX] /.test(status);
}
