import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runner as migrate } from 'node-pg-migrate';
import { Client, DatabaseError } from 'pg';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Whoever installs holds this advisory lock, so that any number of installs at once are one after another. */
const installLock = '7957695015191080552';

/** `_noetl.fold_lock()`: a fold holds every view and table that an install changes, so none runs meanwhile. */
const foldLock = '7957695015191080550';

/** Waits that a busy database can cause; the install has changed nothing by then and tries again. */
const lostRaces = new Set(['40P01' /* deadlock_detected */, '55P03' /* lock_not_available */]);

export interface InstallOptions {
  /** Told what each migration does. */
  log?: (message: string) => void;
  /** Told what the installation goes on without. */
  warn?: (message: string) => void;
}

/**
 * Installs noetl-metrics into a database, or upgrades it: the migrations that it has not seen, the roles that the cluster
 * lacks, then all of `sql/` in one transaction. Harmless to repeat and to run several times at once; a failed install leaves the last one working.
 */
export async function install(connectionString: string, { log = () => {}, warn = () => {} }: InstallOptions = {}): Promise<void> {
  const client = new Client({ connectionString, application_name: 'noetl-metrics install' });
  client.on('error', () => {}); // whatever is under way fails with it
  client.on('notice', ({ severity, message, hint }) => {
    if (severity === 'WARNING') warn([message, hint].filter(Boolean).join('\n'));
  });
  await client.connect();
  try {
    await client.query(`set client_min_messages = warning; select pg_advisory_lock(${installLock})`);
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
    const files = await codeFiles();
    await persistently(async () => {
      await client.query(`begin; set local lock_timeout = '30s'; select pg_advisory_xact_lock(${foldLock}); set local lock_timeout = '500ms'`);
      for (const file of files) await run(client, file);
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
    await client.query(`set lock_timeout = '500ms'`); // who waits for a busy table makes its writers wait
    await act();
  } finally {
    await client.query(`select pg_advisory_unlock(${foldLock})`);
  }
}

/** Repeats what lost a race for a lock, a few times and ever later; any other error is thrown at once. */
async function persistently(act: () => Promise<unknown>, undo: () => Promise<unknown> = async () => {}): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      return;
    } catch (error) {
      await undo();
      if (attempt === 30 || !(error instanceof DatabaseError) || !lostRaces.has(error.code ?? '')) throw error;
      await wait(attempt * 25);
    }
  }
}
