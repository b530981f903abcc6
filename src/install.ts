import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runner as migrate } from 'node-pg-migrate';
import { Client, DatabaseError } from 'pg';
import { ExpectedError } from './errors.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Whoever installs holds this advisory lock, so that any number of installs at once are one after another. */
const installLock = '7957695015191080552';

/** `_noetl.fold_lock()`: a fold holds every view and table that an install changes, so none runs meanwhile. */
const foldLock = '7957695015191080550';

/** For a table or view: who waits for a busy one makes its writers wait. */
const longestWait = '500ms';

/** Waits that a busy database can cause; the install has changed nothing by then and tries again. */
const lostRaces = new Set(['40P01' /* deadlock_detected */, '55P03' /* lock_not_available */]);

export interface InstallOptions {
  /** Told what each migration does. */
  log?: (message: string) => void;
  /** Told what the installation goes on without. */
  warn?: (message: string) => void;
  /**
   * Leave what is there if it is this release, or a newer one. Replacing code that is in use locks it and makes every
   * session plan anew, which a server that starts should not do to those that run.
   */
  unlessCurrent?: boolean;
}

/**
 * Installs noetl-metrics into a database, or upgrades it: the migrations that it has not seen, the roles that the cluster
 * lacks, then all of `sql/` in one transaction. Harmless to repeat and to run several times at once; a failed install leaves the last one working.
 * What a newer release has installed is not replaced: that is an error, or a warning with `unlessCurrent`.
 */
export async function install(
  connectionString: string,
  { log = () => {}, warn = () => {}, unlessCurrent = false }: InstallOptions = {},
): Promise<void> {
  const release = await readRelease();
  const client = new Client({ connectionString, application_name: 'noetl-metrics install' });
  client.on('error', () => {}); // whatever is under way fails with it
  client.on('notice', ({ severity, message, hint }) => {
    if (severity === 'WARNING') warn([message, hint].filter(Boolean).join('\n'));
  });
  await client.connect();
  try {
    await client.query(`set client_min_messages = warning; select pg_advisory_lock(${installLock})`);
    await client.query(`set lock_timeout = '${longestWait}'`);
    const unknown = await persistently(() => unknownMigrations(client, release));
    if (unknown.length > 0) {
      const finding = `a newer release of noetl-metrics has installed the database (${unknown.join(', ')})`;
      if (!unlessCurrent) throw new ExpectedError(`${finding}: run that release, or a later one.`);
      warn(`${finding}: going on with what it installed`);
      return;
    }
    if (unlessCurrent && (await isInstalled(client, release))) return;
    await persistently(() =>
      withoutFolds(client, () =>
        migrate({
          dbClient: client,
          dir: join(root, 'migrations'),
          direction: 'up',
          migrationsSchema: '_noetl',
          createMigrationsSchema: true,
          migrationsTable: 'migration',
          singleTransaction: true,
          checkOrder: false, // a migration is known by its name, also where an earlier psql.sql ran two of them the other way round
          noLock: true,
          verbose: false,
          log,
        })));
    await run(client, await codeFile('role/create_roles.sql'));
    await persistently(async () => {
      await client.query(`begin; set local lock_timeout = '30s'; select pg_advisory_xact_lock(${foldLock}); set local lock_timeout = '${longestWait}'`);
      for (const file of release.code) await run(client, file);
      await client.query('delete from _noetl.release');
      await client.query(`insert into _noetl.release (digest, server_major, schema_oid) select $1, ${place}`, [release.digest]);
      await client.query('commit');
    }, () => client.query('rollback'));
    await persistently(() => client.query('select noetl.initialize_metric_partitions()'));
  } finally {
    await client.end();
  }
}

interface CodeFile {
  name: string;
  text: string;
}

/** What this program installs. */
interface Release {
  readonly migrations: readonly string[];
  readonly code: readonly CodeFile[];
  readonly digest: string;
}

async function readRelease(): Promise<Release> {
  const migrations = (await readdir(join(root, 'migrations'))).filter((name) => name.endsWith('.sql')).toSorted();
  const code = await codeFiles();
  const hash = createHash('sha256');
  for (const name of migrations) hash.update(`${name}\0`).update(await readFile(join(root, 'migrations', name))).update('\0');
  for (const { name, text } of code) hash.update(`${name}\0${text}\0`);
  return { migrations: migrations.map((name) => basename(name, '.sql')), code, digest: hash.digest('hex') };
}

async function unknownMigrations(client: Client, { migrations }: Release): Promise<string[]> {
  if (!(await holds(client, `to_regclass('_noetl.migration') is not null`))) return [];
  const { rows } = await client.query<{ name: string }>('select m.name from _noetl.migration as m where m.name <> all ($1) order by m.name', [migrations]);
  return rows.map(({ name }) => name);
}

/** Where code was installed: a dump restored elsewhere, or another PostgreSQL on the same files, may have lost some of it. */
const place = `current_setting('server_version_num')::integer / 10000, to_regnamespace('noetl')::oid`;

/** Without all of the roles it is not, because they may have come to be possible. */
async function isInstalled(client: Client, { digest }: Release): Promise<boolean> {
  return (
    (await holds(client, `to_regclass('_noetl.release') is not null`)) &&
    (await holds(client, `exists (select from _noetl.release as r where (r.digest, r.server_major, r.schema_oid) = ($1, ${place}))`, [digest])) &&
    (await holds(client, '(select bool_and(r.usable) from _noetl.role as r)'))
  );
}

async function holds(client: Client, condition: string, values: unknown[] = []): Promise<boolean> {
  const { rows } = await client.query<{ holds: boolean }>(`select ${condition} as holds`, values);
  return rows[0]?.holds === true;
}

/** The files that `sql/install.sql` names, in its order: `\ir` lines are all that it may hold beside comments. */
async function codeFiles(): Promise<CodeFile[]> {
  const manifest = await readFile(join(root, 'sql', 'install.sql'), 'utf8');
  const names = [...manifest.matchAll(/^\\ir (\S+)$/gm)].map(([, name]) => name ?? '');
  return Promise.all(names.map(codeFile));
}

async function codeFile(name: string): Promise<CodeFile> {
  return { name, text: await readFile(join(root, 'sql', name), 'utf8') };
}

async function run(client: Client, { name, text }: CodeFile): Promise<void> {
  try {
    await client.query(text);
  } catch (error) {
    if (error instanceof Error) error.message = `sql/${name}: ${error.message}`;
    throw error;
  }
}

/** A fold and a migration would each wait for what the other holds, and where folds follow each other without a pause, each time. */
async function withoutFolds(client: Client, act: () => Promise<unknown>): Promise<void> {
  await client.query(`set lock_timeout = '30s'; select pg_advisory_lock(${foldLock})`);
  try {
    await client.query(`set lock_timeout = '${longestWait}'`);
    await act();
  } finally {
    await client.query(`select pg_advisory_unlock(${foldLock})`);
  }
}

/** Repeats what lost a race for a lock, a few times and ever later; any other error is thrown at once. */
async function persistently<T>(act: () => Promise<T>, undo: () => Promise<unknown> = async () => {}): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      await undo();
      if (attempt === 30 || !(error instanceof DatabaseError) || !lostRaces.has(error.code ?? '')) throw error;
      await wait(attempt * 25);
    }
  }
}
