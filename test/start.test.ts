import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProduct, ownSettings, postmasterOf, processesOf, Product } from './product.ts';
import { connected } from './support/connection.ts';
import { useDatabase } from './support/database.ts';
import { temporaryFolder } from './support/server.ts';
import { needing, pathOf, psql } from './support/tools.ts';

const run = promisify(execFile);
const running: Product[] = [];
let clone: string;
let data: string;

function launch(environment: Record<string, string>, command = ['node', 'dist/cli.js', 'start']): Product {
  const product = new Product(clone, command, environment);
  running.push(product);
  return product;
}

/** Starts on the data folder of this file, which is warm after the first time. */
async function started(command?: string[]): Promise<{ product: Product; port: number; settings: Record<string, string> }> {
  const settings = await ownSettings(data);
  const product = await launch(settings, command).ready();
  return { product, port: Number(settings.PORT), settings };
}

/** Exit status of the process after `send`. */
async function stopping(product: Product, send: () => void): Promise<number | string | null> {
  send();
  return product.end();
}

/** The files in a folder that a pattern of the shell matches. */
async function matching(folder: string, pattern: string): Promise<string[]> {
  return lines((await run('sh', ['-c', `cd "$1" && ls -d ${pattern}`, 'sh', folder]).catch(() => ({ stdout: '' }))).stdout).filter(Boolean);
}

function lines(text: string): string[] {
  return text.trim().split('\n');
}

beforeAll(async () => {
  clone = await temporaryFolder();
  data = join(clone, '.noetl');
  await buildProduct(clone);
});

afterEach(async () => {
  for (const product of running.splice(0)) {
    if (product.alive) product.signal('SIGTERM');
    await product.end();
  }
});

afterAll(async () => {
  await rm(clone, { recursive: true, force: true });
});

describe('start', () => {
  it('serves the page at the URL that it prints', async () => {
    const { product } = await started();
    const url = /^metrics +(\S+)$/m.exec(product.output)?.[1] ?? '';
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('# TYPE ');
  });

  needing(psql)('prints a psql line that works when it is pasted', async () => {
    const { product } = await started();
    const line = /^psql +(psql .*)$/m.exec(product.output)?.[1]?.replace('psql', pathOf(psql)) ?? '';
    const { stdout } = await run('sh', ['-c', `${line} -XAtc "select component_type from noetl.runtime where component_type = 'server_api'"`]);
    expect(lines(stdout)).toContain('server_api');
  });

  it('is the same component after a restart on the same port', async () => {
    const settings = await ownSettings(data);
    const components = async (): Promise<unknown[]> => {
      const product = await launch(settings).ready();
      const password = /passfile=([^']+)/.exec(product.output)?.[1] ?? '';
      const { stdout } = await run('cut', ['-d:', '-f5', password]);
      const url = `postgresql://postgres:${stdout.trim()}@127.0.0.1:${settings.NOETL_PG_PORT}/noetl`;
      const { rows } = await connected(url, (client) =>
        client.query<{ runtime_id: string }>(`select runtime_id from noetl.runtime where base_url = 'http://127.0.0.1:${settings.PORT}'`),
      );
      product.signal('SIGTERM');
      await product.end();
      return rows;
    };
    const first = await components();
    expect(first).toHaveLength(1);
    expect(await components()).toEqual(first);
  });

  it('uses the server of DATABASE_URL and touches nothing embedded', async () => {
    const settings = await ownSettings(join(clone, 'untouched'));
    const product = await launch({ ...settings, DATABASE_URL: database.url }).ready();
    expect((await fetch(`http://127.0.0.1:${settings.PORT}/health`)).status).toBe(200);
    expect(product.output).toContain('psql "$DATABASE_URL"');
    expect(existsSync(join(clone, 'untouched'))).toBe(false);
    expect(await stopping(product, () => product.signal('SIGTERM'))).toBe(0);
  });

  it('refuses intervals that would let values leave the page, and itself go offline, between two looks', async () => {
    const settings = await ownSettings(join(clone, 'untouched'));
    const product = launch({ ...settings, DATABASE_URL: database.url, NOETL_SERVER_METRICS_INTERVAL: '300', NOETL_WORKER_HEARTBEAT_INTERVAL: '90' });
    expect(await product.end()).toBe(1);
    const refused = lines(product.errors).filter((line) => !line.startsWith('info'));
    expect(refused.map((line) => line.split(':')[0])).toEqual(['NOETL_SERVER_METRICS_INTERVAL is 300', 'NOETL_WORKER_HEARTBEAT_INTERVAL is 90']);
  });

  it.each([
    ['who may not connect', (url: URL) => Object.assign(url, { username: 'nobody_of_ours' }), /nobody_of_ours/],
    ['a database that is not there', (url: URL) => Object.assign(url, { pathname: '/nowhere' }), /database "nowhere" does not exist/],
  ])('says in one line that DATABASE_URL cannot be used: %s', async (_, change, message) => {
    const { PORT } = await ownSettings(data);
    const product = launch({ PORT, DATABASE_URL: change(new URL(database.url)).href });
    expect(await product.end()).toBe(1);
    expect(lines(product.errors).at(-1)).toMatch(/^Cannot use DATABASE_URL \(.*\): start that server, or correct the variable\.$/);
    expect(lines(product.errors).at(-1)).toMatch(message);
  });

  it.each(['PORT', 'NOETL_PG_PORT'] as const)('says in one line to set %s when that port is taken, and ends', async (name) => {
    const settings = await ownSettings(data);
    const squatter = createServer();
    await new Promise<void>((done) => squatter.listen(Number(settings[name]), '127.0.0.1', done));
    try {
      const product = launch(settings);
      expect(await product.end()).toBe(1);
      expect(lines(product.errors).at(-1)).toMatch(new RegExp(`^Port ${settings[name]} .* set ${name} to a free one\\.$`));
      expect(lines(product.errors).filter((line) => !line.startsWith('info:'))).toHaveLength(1);
      expect(await processesOf(data)).toEqual([]);
    } finally {
      squatter.close();
    }
  });

  it('lets one win of two at once on the same data, and tells the other in one line', async () => {
    const both = [launch(await ownSettings(data)), launch(await ownSettings(data))];
    await expect.poll(() => both.filter(({ alive }) => !alive).length).toBe(1);
    const loser = both.find(({ alive }) => !alive);
    const winner = both.find(({ alive }) => alive);
    await winner?.ready();
    expect(await loser?.end()).toBe(1);
    expect(lines(loser?.errors ?? '')).toHaveLength(1);
    expect(loser?.errors).toContain('already runs on this data folder');
  });

  it.each(['SIGQUIT', 'SIGABRT', 'SIGUSR2', 'SIGKILL'] as const)('stops PostgreSQL in order when %s ends it', async (name) => {
    const { product } = await started();
    product.signal(name);
    expect(await product.end()).toBe(name);
    await expect.poll(() => processesOf(`${data}/cluster`)).toEqual([]);
    expect(await readFile(join(data, 'postgres.log'), 'utf8')).toMatch(/database system is shut down\n$/);
  });

  it('ends the PostgreSQL that a start left running which was killed with all that guards it', async () => {
    const { product } = await started();
    const orphan = await postmasterOf(data);
    const { stdout } = await run('ps', ['-eo', 'pid=,args=']);
    const guardian = stdout.split('\n').find((line) => line.includes(`guardian of ${data}`));
    process.kill(Number.parseInt(guardian ?? '', 10), 'SIGKILL');
    product.signal('SIGKILL');
    await product.end();
    expect(await processesOf(`${data}/cluster`)).toHaveLength(1);
    const next = await started();
    expect(next.product.output).toContain('ended the PostgreSQL that an earlier start left running');
    expect(await postmasterOf(data)).not.toBe(orphan);
  });

  it('comes back by itself when PostgreSQL was killed', async () => {
    const { product, port } = await started();
    process.kill(await postmasterOf(data), 'SIGKILL');
    await expect.poll(() => product.errors + product.output).toContain('PostgreSQL is back');
    await expect.poll(async () => (await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  });
});

describe('a signal', () => {
  it.each([
    ['SIGTERM', 'process'],
    ['SIGINT', 'process'],
    ['SIGHUP', 'process'],
    ['SIGTERM', 'group'],
    ['SIGINT', 'group'],
  ] as const)('%s to the %s ends all of it with status 0', async (name, to) => {
    const { product } = await started();
    const before = product.errors.length;
    const status = await stopping(product, () => product.signal(name, to));
    expect(status).toBe(0);
    expect(await processesOf(clone)).toEqual([]);
    expect(product.errors.slice(before)).toBe('');
  });

  it('may come twice', async () => {
    const { product } = await started();
    const status = await stopping(product, () => {
      product.signal('SIGINT');
      product.signal('SIGTERM');
      setTimeout(() => product.alive && product.signal('SIGINT'), 10);
    });
    expect(status).toBe(0);
    expect(await processesOf(clone)).toEqual([]);
  });

  it.each([
    ['SIGTERM', 'process'],
    ['SIGINT', 'group'],
  ] as const)('%s to the %s of npm start ends all of it with status 0', async (name, to) => {
    const { product } = await started(['npm', 'start']);
    const status = await stopping(product, () => product.signal(name, to));
    expect(status).toBe(0);
    expect(await processesOf(data)).toEqual([]);
  });

  it('ends it though a client keeps its connection and PostgreSQL hangs', async () => {
    const { product, port } = await started();
    const client = connect(port, '127.0.0.1').on('error', () => {});
    client.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((done) => client.once('data', done));
    process.kill(await postmasterOf(data), 'SIGSTOP');
    const status = await stopping(product, () => product.signal('SIGTERM'));
    client.destroy();
    expect(status).toBe(0);
    await expect.poll(() => processesOf(data)).toEqual([]);
  });

  it('ends it in every phase of a first start', async () => {
    // each begins where there is such a file; some time later means anywhere in what follows
    for (const [moment, file, later] of [
      ['making-data', 'init-*', 0],
      ['making-more-data', 'init-*', 300],
      ['starting', 'cluster/data/postmaster.pid', 0],
      ['installing', 'cluster/data/postmaster.pid', 300],
      ['installing-more', 'cluster/data/postmaster.pid', 900],
      ['almost-there', 'cluster/data/postmaster.pid', 2000],
    ] as const) {
      const fresh = join(clone, moment);
      const product = launch(await ownSettings(fresh));
      await expect.poll(() => matching(fresh, file), { interval: 10 }).not.toEqual([]);
      await delay(later);
      const status = await stopping(product, () => product.signal('SIGTERM'));
      expect({ moment, status, errors: product.errors.replaceAll(/^info:.*\n/gm, '') }).toEqual({ moment, status: 0, errors: '' });
      expect(await processesOf(fresh)).toEqual([]);
    }
  });
});

describe('the command line', () => {
  it('migrate installs and ends', async () => {
    const product = launch({ DATABASE_URL: empty.url }, ['node', 'dist/cli.js', 'migrate']);
    expect(await product.end()).toBe(0);
    expect(product.output).toBe('installed: the database is up to date\n');
    expect(await empty.value('select count(*)::int from noetl.runtime')).toBeGreaterThanOrEqual(1);
  });

  it('migrate without DATABASE_URL installs into the embedded database and stops it', async () => {
    const settings = await ownSettings(data);
    const product = launch(settings, ['node', 'dist/cli.js', 'migrate']);
    expect(await product.end()).toBe(0);
    expect(await processesOf(data)).toEqual([]);
  });

  it('start refuses all wrong settings at once, without a stack', async () => {
    const product = launch({ PORT: 'x', HOST: '?' });
    expect(await product.end()).toBe(1);
    expect(lines(product.errors).map((line) => line.split(' ')[0])).toEqual(['HOST', 'PORT']);
  });

  it('config prints what is in force, with the password hidden', async () => {
    const product = launch({ PORT: '1', DATABASE_URL: 'postgresql://me:secret@db/x' }, ['node', 'dist/cli.js', 'config']);
    expect(await product.end()).toBe(0);
    expect(product.output).toMatch(/^PORT=1 +# environment/m);
    expect(product.output).toMatch(/^HOST=127\.0\.0\.1 +# default/m);
    expect(product.output).not.toContain('secret');
  });

  it('--help fits 80 columns and names every command', async () => {
    const product = launch({}, ['node', 'dist/cli.js', '--help']);
    expect(await product.end()).toBe(0);
    expect(Math.max(...lines(product.output).map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const command of ['start', 'migrate', 'config']) expect(product.output).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it('--version prints the version', async () => {
    const product = launch({}, ['node', 'dist/cli.js', '--version']);
    expect(await product.end()).toBe(0);
    expect(product.output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [[], 'Usage: noetl-metrics <command>'],
    [['stop'], 'There is no command "stop": did you mean top?'],
    [['strat'], 'There is no command "strat": did you mean start?'],
    [['--verison'], 'There is no option "--verison": did you mean --version?'],
    [['start', 'now'], 'start takes nothing more, but there is "now".'],
    [['start', '--port=9000'], 'There is no option "--port=9000": settings are environment variables: PORT=...'],
    [['start', '--pg-port', '1'], 'There is no option "--pg-port": settings are environment variables: NOETL_PG_PORT=...'],
    [['import', '--dryrun', 'x.yml'], 'There is no option "--dryrun": did you mean --dry-run?'],
    [['psql', 'mydb'], 'psql takes nothing more, but there is "mydb".'],
  ])('answers %j in a line, its usage and status 2', async (args, line) => {
    const product = launch({}, ['node', 'dist/cli.js', ...args]);
    expect(await product.end()).toBe(2);
    expect(lines(product.errors)[0]).toBe(line);
    expect(product.errors).toContain('Usage: noetl-metrics');
  });

  it('psql runs what it is given, with psql or without', async () => {
    for (const PATH of [process.env['PATH'] ?? '', '/nowhere']) {
      const product = launch({ DATABASE_URL: database.url, PATH }, [process.execPath, 'dist/cli.js', 'psql', '-c', 'select 6 * 7 as answer', '-c', String.raw`\d noetl.setting`]);
      expect(await product.end()).toBe(0);
      expect(product.output).toMatch(/answer\s+-+\s+42\s/);
      expect(product.output).toContain('"noetl.setting"');
    }
  });

  it.each(['migrate', 'start'])('%s says in one line what a user without rights lacks, and creates nothing', async (command) => {
    const user = `visitor_${empty.name}`;
    const url = new URL(bare.url);
    url.username = user;
    url.password = 'x';
    await bare.rows(`do $$begin if to_regrole('${user}') is null then create role ${user} login password 'x'; end if; end$$`);
    const { PORT } = await ownSettings(data);
    const product = launch({ PORT, DATABASE_URL: url.href }, ['node', 'dist/cli.js', command]);
    expect(await product.end()).toBe(1);
    expect(lines(product.errors).filter((line) => !line.startsWith('info'))).toEqual([
      `database ${bare.name}: ${user} may not create schemas in it. grant create on database ${bare.name} to ${user}`,
    ]);
    expect(await bare.rows(`select nspname from pg_namespace where nspname like '%noetl%'`)).toEqual([]);
  });
});

const database = useDatabase();
const empty = useDatabase({ contents: 'empty' });
const bare = useDatabase({ contents: 'empty' });
