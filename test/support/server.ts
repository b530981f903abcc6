import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../../src/embedded/cluster.ts';
import { connected } from './connection.ts';

/** The PostgreSQL server that a run of the tests shares. */
export interface TestServer {
  /** Of a superuser in a database that exists. */
  readonly url: string;
  /** For people: "PostgreSQL 18.4 (embedded)". */
  readonly description: string;
  stop(): Promise<void>;
}

/** Nothing in a test's database outlives the run, so nothing needs to reach the disk. */
const throwAway = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  max_prepared_transactions: '20',
  autovacuum: 'off',
};

/** Milliseconds for a container to answer, once its image is there. */
const containerPatience = 120_000;

/** TEST_DATABASE_URL if given, else a container where an engine answers that has the image or gets it, else the embedded PostgreSQL. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return described(given, 'TEST_DATABASE_URL', async () => {});
  if (testBinaries() === undefined) {
    const container = await startContainer();
    if (container !== undefined) return container;
  }
  return startEmbedded();
}

/** The build to test on: a folder that holds `bin/postgres`, set by the matrix. Undefined is the build of npm ci. */
export function testBinaries(): string | undefined {
  return process.env['TEST_PG_BINARIES'];
}

/** A folder of our own that the unprivileged user who runs PostgreSQL may enter. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'noetl-test-'));
  await chmod(folder, 0o755);
  return folder;
}

/** In UTC, as the database counts days. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

async function startEmbedded(): Promise<TestServer> {
  const folder = await temporaryFolder();
  const cluster = await startCluster({
    dataDir: folder,
    port: 0,
    binaries: testBinaries(),
    settings: throwAway,
    log: () => {},
  });
  return described(cluster.url, 'embedded', async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

/** Nothing where no engine answers, or the one that does cannot get the image: then it says so. */
async function startContainer(): Promise<TestServer | undefined> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return undefined; // no container engine here
  }
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const settings = Object.entries(throwAway).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const image = process.env['TEST_PG_IMAGE'] ?? 'postgres:18';
  try {
    const container = await new PostgreSqlContainer(image).withCommand(['postgres', ...settings]).withStartupTimeout(containerPatience).start();
    return await described(container.getConnectionUri(), 'container', async () => {
      await container.stop();
    });
  } catch (error) {
    console.log(`the container engine has no ${image} (${firstLine(error)}): using the embedded PostgreSQL`);
    return undefined;
  }
}

/** Of a failure, and of the many that an engine may have met. */
function firstLine(error: unknown): string {
  const causes: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return String(causes[0] instanceof Error ? causes[0].message : causes[0]).split('\n')[0] ?? '';
}

async function described(url: string, kind: string, stop: () => Promise<void>): Promise<TestServer> {
  const { rows } = await connected(url, (client) => client.query<{ server_version: string }>('show server_version'));
  return { url, description: `PostgreSQL ${rows[0]?.server_version ?? 'unknown'} (${kind})`, stop };
}
