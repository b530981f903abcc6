import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Client, escapeIdentifier } from 'pg';
import { startCluster } from '../../../src/embedded/cluster.ts';
import { connected, urlOf } from '../../support/connection.ts';
import { temporaryFolder } from '../../support/server.ts';
import { productCommand } from './product.ts';

const run = promisify(execFile);

/** A server whose commits reach the disk: no setting differs from what `npm start` runs. */
export interface Postgres {
  readonly version: string;
  /** An empty database; returns its URL. */
  empty(name: string): Promise<string>;
  /** A database with the production installation; returns its URL. */
  installed(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** `binaries`: a folder that holds bin/postgres; undefined: the build that npm installs. */
export async function startPostgres(binaries?: string): Promise<Postgres> {
  const folder = await temporaryFolder();
  const cluster = await startCluster({ dataDir: folder, port: 0, binaries, log: () => {} });
  const empty = async (name: string): Promise<string> => {
    await connected(cluster.url, async (admin) => {
      await admin.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
      await admin.query(`create database ${escapeIdentifier(name)}`);
    });
    return urlOf(cluster.url, name);
  };
  return {
    version: cluster.version,
    empty,
    installed: async (name) => {
      const url = await empty(name);
      const [command, ...args] = productCommand('migrate');
      await run(command, args, { env: { DATABASE_URL: url } });
      return url;
    },
    stop: async () => {
      await cluster.stop(20_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function openSession(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** The first column of the first row. */
export async function valueOf<T>(client: Client, sql: string, values: unknown[] = []): Promise<T> {
  const { rows } = await client.query<[T]>({ text: sql, values, rowMode: 'array' });
  const [first] = rows;
  if (first === undefined) throw new Error(`no row: ${sql}`);
  return first[0];
}
