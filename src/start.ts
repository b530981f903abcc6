import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import type { FastifyBaseLogger } from 'fastify';
import { checkIntervals, type Config, type DatabaseLimits } from './config.ts';
import { clusterUrl, startCluster } from './embedded/cluster.ts';
import { ExpectedError, errorCode } from './errors.ts';
import { install } from './install.ts';
import { isLoopback } from './server/access.ts';
import { buildServer, followCatalogue, type ServerParts } from './server/app.ts';
import { asExpected, surviveLostConnections } from './database.ts';
import { createSelfMetrics } from './server/self.ts';
import { top as showTop } from './top.ts';
import { verifyDatabase } from './verify.ts';
import { startWorker } from './worker/run.ts';

export interface Surroundings {
  /** Aborted when the process is to end. */
  signal: AbortSignal;
  /** Takes what a person at the terminal should read. */
  say: (line: string) => void;
  logger: FastifyBaseLogger;
}

/** Milliseconds from the signal to the end of the last process. */
const STOP_WITHIN = 4000;

/** Things that run, to be ended in reverse order; `patience` is in milliseconds. */
type Ending = (patience: number) => Promise<unknown>;

/** Runs the product until the signal, and resolves when all of it has ended. */
export async function start(config: Config, around: Surroundings): Promise<void> {
  await during(around.signal, async (endings) => {
    refuseOpenDoor(config);
    const { signal, logger, say } = around;
    endings.push(surviveErrors(logger));
    const { url, psql, lost } = await database(config, around, endings);
    const { api, scrape, schedule } = pools(url, around, endings);
    const self = createSelfMetrics();
    const { readToken: read, writeToken: write, adminToken: admin, allowedHosts = [], rateLimit, trustProxy, componentName } = config;
    const parts: ServerParts = {
      pool: api, scrapePool: scrape, logger, self, trustProxy,
      tokens: { read, write, admin }, hosts: [config.host, ...allowedHosts], rateLimit: rateLimit || undefined, componentName,
    };
    const app = buildServer(parts);
    endings.push(() => app.close());
    const port = portOf(await app.listen({ host: config.host, port: config.port }).catch(explainListen(config)));
    signal.throwIfAborted();

    await onceThere(around, async () => {
      await checkVersion(url);
      if (config.databaseUrl !== undefined) await refuseTransactionPooler(url);
      await installed(url, around, endings, true);
    });
    checkIntervals(config, await limitsOf(schedule));
    const follower = followCatalogue(app, parts);
    endings.push(follower.stop);
    await follower.look();
    signal.throwIfAborted();

    const runtimeId = await register(schedule, config, port);
    await schedule.query("select noetl.install_preset('noetl')"); // what the page and the alerts say of the installation itself
    const worker = startWorker({ pool: schedule, config, logger, runtimeId, self });
    endings.push(async () => (await worker.catch(() => undefined))?.stop());
    await worker;

    const address = `http://${authority(reachable(config.host), port)}`;
    say(`page     ${address}/`);
    say(`metrics  ${address}/metrics`);
    say(`psql     ${psql}`);
    say('stop     Ctrl-C');
    await lost;
  });
}

/** Repeats what fails because the database is away, until it is back. */
async function onceThere(around: Surroundings, act: () => Promise<void>): Promise<void> {
  for (let last = ''; ; ) {
    try {
      await act();
      return;
    } catch (error) {
      around.signal.throwIfAborted(); // that it is away is then our own doing
      if (!isAway(error)) throw explained(error);
      const now = reason(error);
      if (now !== last) around.logger.warn(`the database is away (${now}): answering 503 until it is back`);
      last = now;
      await delay(1000, undefined, { signal: around.signal });
    }
  }
}

/** An error in one request, or in what nobody waits for, must not take the service from everybody. */
function surviveErrors(logger: FastifyBaseLogger): Ending {
  const report = (error: unknown): void => {
    logger.error({ err: error }, `uncaught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
  return async () => {
    process.off('uncaughtException', report);
    process.off('unhandledRejection', report);
  };
}

/** What clients ask for, scrapes, and the schedule each have connections of their own, so that none waits for another. */
function pools(url: string, { logger, signal }: Surroundings, endings: Ending[]): Record<'api' | 'scrape' | 'schedule', Pool> {
  const make = (max: number): Pool => {
    // a connection that lives from one look to the next keeps its plans
    const pool = new Pool({ connectionString: url, application_name: 'noetl-metrics', idleTimeoutMillis: 120_000, max, onConnect: asExpected });
    surviveLostConnections(pool, (error) => {
      if (!signal.aborted) logger.warn(`lost a database connection: ${error.message}`);
    });
    endings.push(async () => pool.end());
    return pool;
  };
  // a page in each format and two health checks; six lanes of collectors, two jobs, and what listens for jobs
  return { api: make(10), scrape: make(4), schedule: make(10) };
}

/** Installs or upgrades, and nothing else. */
export async function migrate(config: Config, around: Surroundings): Promise<void> {
  await during(around.signal, async (endings) => {
    const { url } = await database(config, around, endings);
    await checkVersion(url).catch((error: unknown) => {
      throw explained(error);
    });
    await installed(url, around, endings, false);
    around.say('installed: the database is up to date');
  });
}

/** Checks an installation part by part; returns the exit status. The embedded database is not started for it. */
export async function verify(config: Config, around: Surroundings): Promise<number> {
  return (await verifyDatabase(await databaseOf(config), around.say)) ? 0 : 1;
}

/** The URL of the database that is there; the embedded one is not started for it. */
export async function databaseOf(config: Config): Promise<string> {
  return config.databaseUrl ?? (await clusterUrl(config.dataDir, config.pgPort));
}

/** Shows what is going on, in the terminal. The embedded database is not started for it. */
export async function top(config: Config, { signal }: Surroundings): Promise<void> {
  await showTop(await databaseOf(config), { input: process.stdin, output: process.stdout }, signal);
}

/** Whatever happens in `run`, all that it put into `endings` is ended; a signal is not an error. */
async function during(signal: AbortSignal, run: (endings: Ending[]) => Promise<void>): Promise<void> {
  const endings: Ending[] = [];
  const aborted = new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
  try {
    signal.throwIfAborted();
    await Promise.race([run(endings), aborted]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    const deadline = Date.now() + STOP_WITHIN;
    for (const end of endings.toReversed()) {
      const patience = Math.max(0, deadline - Date.now());
      await Promise.race([end(patience), delay(patience, undefined, { ref: false })]);
    }
  }
}

/** An install is short, so one under way is finished rather than cut off, unless it waits for a lock. */
async function installed(url: string, { logger }: Surroundings, endings: Ending[], unlessCurrent: boolean): Promise<void> {
  const installing = install(url, { warn: (message) => logger.warn(message), unlessCurrent });
  endings.push((patience) => Promise.race([installing.catch(() => {}), delay(patience / 2, undefined, { ref: false })]));
  await installing;
}

interface Database {
  url: string;
  /** A shell line. */
  psql: string;
  /** Rejects when the database is gone for good. */
  lost: Promise<never>;
}

async function database(config: Config, { say, signal }: Surroundings, endings: Ending[]): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    return { url: config.databaseUrl, psql: 'psql "$DATABASE_URL"', lost: new Promise(() => {}) };
  }
  const cluster = startCluster({ dataDir: config.dataDir, port: config.pgPort, log: say, signal });
  // By force after the patience come two more steps of half a second.
  endings.push(async (patience) => (await cluster.catch(() => undefined))?.stop(Math.max(500, patience - 1000)));
  const { url, psql, failed } = await cluster;
  const lost = failed.then((error) => {
    throw error;
  });
  lost.catch(() => {}); // heard by whoever awaits it
  return { url, psql, lost };
}

async function sessionOf(client: Client): Promise<number | undefined> {
  return (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
}

/**
 * The server listens, and remembers of a connection what it is and may: for that it needs connections of its own. Two that are open at
 * once are two sessions, unless something between lends them the same one from transaction to transaction.
 */
export async function refuseTransactionPooler(connectionString: string): Promise<void> {
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString, application_name: 'noetl-metrics', connectionTimeoutMillis: 10_000 });
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  const [one, other] = [await connect(), await connect()];
  try {
    const first = await sessionOf(one);
    await other.query('begin');
    const second = await sessionOf(other);
    await other.query('rollback');
    if (first === second || first !== (await sessionOf(one))) {
      throw new ExpectedError(
        'DATABASE_URL goes through a pooler that lends connections by transaction: give the address of PostgreSQL itself, or set pool_mode = session there.',
      );
    }
  } finally {
    await Promise.all([one.end(), other.end()]);
  }
}

/** A server that is too old is better known before anything is tried. */
async function checkVersion(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, application_name: 'noetl-metrics', connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; major: number }>(
      "select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major",
    );
    const { version, major } = rows[0] ?? { version: 'unknown', major: 0 };
    if (major < 15) throw new ExpectedError(`DATABASE_URL is PostgreSQL ${version}: it must be 15 or later.`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Whether a server may be there in a moment: none listens, none can be reached, or it is starting or stopping. */
function isAway(error: unknown): boolean {
  const causes: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return causes.some((cause) =>
    /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P|53300|08)/.test(errorCode(cause) ?? '')
    || (cause instanceof Error && /^(timeout expired|Connection terminated|Client has encountered)/.test(cause.message)));
}

/** A server that cannot be used is a matter of settings. */
function explained(error: unknown): unknown {
  const unusable = isAway(error) || /^(28|3D)/.test(errorCode(error) ?? '');
  return unusable ? new ExpectedError(`Cannot use DATABASE_URL (${reason(error)}): start that server, or correct the variable.`) : error;
}

/** Several addresses of one host name fail together, in an error without a message of its own. */
function reason(error: unknown): string {
  const causes = error instanceof AggregateError ? error.errors : [error];
  return causes.map((cause) => (cause instanceof Error ? cause.message : String(cause))).join('; ');
}

/** Whoever can reach the server can use it, unless it asks for tokens. */
function refuseOpenDoor({ host, readToken, writeToken, adminToken }: Config): void {
  if (isLoopback(host) || (readToken ?? writeToken ?? adminToken) !== undefined) return;
  throw new ExpectedError(
    `HOST=${host} is open to others: set NOETL_READ_TOKEN, NOETL_WRITE_TOKEN and NOETL_ADMIN_TOKEN, or keep to 127.0.0.1.`,
  );
}

function explainListen({ host, port }: Config) {
  return (error: unknown): never => {
    const code = errorCode(error);
    if (code === 'EADDRINUSE') {
      throw new ExpectedError(`Port ${port} on ${host} is taken by another program: set PORT to a free one.`);
    }
    if (code === 'EACCES') throw new ExpectedError(`Port ${port} is not for ordinary users: set PORT to one above 1023.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw new ExpectedError(`${host} is no address of this machine (${code}): set HOST to one, such as 127.0.0.1.`);
    }
    throw error;
  };
}

async function limitsOf(pool: Pool): Promise<DatabaseLimits> {
  const { rows } = await pool.query<DatabaseLimits>(`
    select extract(epoch from _noetl.interval_setting('staleness'))::double precision as staleness,
      extract(epoch from _noetl.interval_setting('heartbeat_timeout'))::double precision as "heartbeatTimeout"`);
  if (!rows[0]) throw new Error('there are no settings');
  return rows[0];
}

/** One component for each address that is served, or for the name that it is given, the same after a restart. */
async function register(pool: Pool, { host, componentName }: Config, port: number): Promise<string> {
  const name = componentName ?? `${hostname()}:${port}`;
  const url = `http://${authority(isWildcard(host) ? hostname() : host, port)}`;
  const { rows } = await pool.query<{ id: string }>(
    "select noetl.register_runtime($1, 'server_api', base_url => $2) as id",
    [name, url],
  );
  if (!rows[0]) throw new Error('register_runtime returned nothing');
  return rows[0].id;
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** An address at which this machine itself finds the page. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

function authority(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function portOf(url: string): number {
  return Number(new URL(url).port || 80);
}
