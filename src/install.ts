import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runner as migrate } from 'node-pg-migrate';
import { Client, DatabaseError } from 'pg';
import { ExpectedError } from './errors.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

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
    // What is there is not looked at before it is known that nobody else has made it.
    const state = await persistently(client, async () => {
      const unknown = await unknownMigrations(client, release);
      return { unknown, isCurrent: unknown.length === 0 && (await isInstalled(client, release)) };
    });
    if (unlessCurrent && state.unknown.length > 0) warn(`${newer(state.unknown)}: going on with what it installed`);
    if (unlessCurrent && (state.isCurrent || state.unknown.length > 0)) return;
    await inTransaction(client, async () => {
      await client.query('set local search_path = pg_catalog, pg_temp');
      await run(client, await codeFile('role/create_roles.sql'));
    });
    await persistently(client, async () => {
      const unknown = await unknownMigrations(client, release);
      if (unknown.length > 0) throw new ExpectedError(`${newer(unknown)}: run that release, or a later one.`);
      await run(client, await codeFile('hold_install.sql'));
      await migrate({
        dbClient: inThisTransaction(client),
        dir: join(root, 'migrations'),
        ignorePattern: String.raw`\..*|.*\.md`,
        direction: 'up',
        migrationsSchema: '_noetl',
        createMigrationsSchema: false,
        migrationsTable: 'migration',
        singleTransaction: true,
        checkOrder: false, // a migration is known by its name, also where an earlier psql.sql ran two of them the other way round
        noLock: true,
        verbose: false,
        log,
      });
      for (const file of release.code) await run(client, file);
      await client.query('delete from _noetl.release');
      await client.query(`insert into _noetl.release (digest, server_major, schema_oid) select $1, ${place}`, [release.digest]);
    });
    await persistently(client, () => client.query('select noetl.initialize_metric_partitions()'));
  } finally {
    await client.end();
  }
}

export interface SqlFile {
  readonly name: string;
  readonly text: string;
}

/** What this program installs. */
export interface Release {
  /** By the names that the database knows them by, in the order in which they run. */
  readonly migrations: readonly SqlFile[];
  readonly code: readonly SqlFile[];
  readonly digest: string;
}

export async function readRelease(): Promise<Release> {
  const files = (await readdir(join(root, 'migrations'))).filter((name) => name.endsWith('.sql')).toSorted();
  const migrations = await Promise.all(
    files.map(async (name) => ({ name: basename(name, '.sql'), text: await readFile(join(root, 'migrations', name), 'utf8') })),
  );
  const code = await codeFiles();
  const hash = createHash('sha256');
  for (const { name, text } of [...migrations, ...code]) hash.update(`${name}\0${text}\0`);
  return { migrations, code, digest: hash.digest('hex') };
}

async function unknownMigrations(client: Client, { migrations }: Release): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select m.name from _noetl.migration as m where m.name <> all ($1) order by m.name', [migrations.map(({ name }) => name)]);
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
async function codeFiles(): Promise<SqlFile[]> {
  const manifest = await readFile(join(root, 'sql', 'install.sql'), 'utf8');
  const names = [...manifest.matchAll(/^\\ir (\S+)$/gm)].map(([, name]) => name ?? '');
  return Promise.all(names.map(codeFile));
}

export async function codeFile(name: string): Promise<SqlFile> {
  return { name, text: await readFile(join(root, 'sql', name), 'utf8') };
}

async function run(client: Client, { name, text }: SqlFile): Promise<void> {
  try {
    await client.query(text);
  } catch (error) {
    if (error instanceof Error) error.message = `sql/${name}: ${error.message}`;
    throw error;
  }
}

/**
 * Does one step of an install in a transaction of its own, and repeats what lost a race for a lock, a few times and ever later;
 * any other error is thrown at once. All that a step sets ends with its transaction, so that it may come through a pooler.
 */
async function persistently<T>(client: Client, act: () => Promise<T>): Promise<T> {
  const begin = await codeFile('begin_install.sql');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(client, async () => {
        await client.query('set local standard_conforming_strings = on; set local client_min_messages = warning');
        await client.query(begin.text).catch(explained);
        return act();
      });
    } catch (error) {
      if (attempt === 30 || !(error instanceof DatabaseError) || !lostRaces.has(error.code ?? '')) throw error;
      await wait(attempt * 25);
    }
  }
}

async function inTransaction<T>(client: Client, act: () => Promise<T>): Promise<T> {
  await client.query('begin isolation level read committed').catch(explained);
  try {
    const result = await act();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {}); // a lost connection has rolled back
    throw error;
  }
}

/** node-pg-migrate begins and commits by itself, which is ours to do. */
function inThisTransaction(client: Client): Client {
  return new Proxy(client, {
    get: (target, name) => {
      if (name !== 'query') return Reflect.get(target, name) as unknown;
      return async (text: string, values?: unknown[]) => (/^(?:BEGIN|COMMIT|ROLLBACK)$/.test(text) ? { rows: [] } : target.query(text, values));
    },
  });
}

/** What begin_install.sql refuses is a matter of the database, and said in one line with the remedy. */
function explained(error: unknown): never {
  if (error instanceof DatabaseError && ['P0001', '42501', '25006'].includes(error.code ?? '')) {
    throw new ExpectedError([error.message, error.hint].filter(Boolean).join('. '));
  }
  throw error;
}

function newer(unknown: readonly string[]): string {
  return `a newer release of noetl-metrics has installed the database (${unknown.join(', ')})`;
}
