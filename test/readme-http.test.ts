import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect } from 'vitest';
import { buildProduct, ownSettings, Product } from './product.ts';
import { useDatabase } from './support/database.ts';
import { temporaryFolder } from './support/server.ts';
import { curl, needing } from './support/tools.ts';

/** The examples that talk to a server, run against one that was started as README.md says. */

const run = promisify(execFile);
const db = useDatabase({ contents: 'empty' });
let folder: string;
let address: string;
let product: Product;

beforeAll(async () => {
  folder = await buildProduct(await temporaryFolder());
  const settings = await ownSettings(folder);
  address = `127.0.0.1:${settings.PORT}`;
  product = new Product(folder, ['node', 'dist/cli.js', 'start'], { ...settings, DATABASE_URL: db.url });
});
afterAll(async () => {
  product.signal('SIGTERM');
  await product.end();
  await rm(folder, { recursive: true, force: true });
});

interface Block {
  readonly language: string;
  readonly text: string;
}

async function section(file: string, title: string): Promise<Block[]> {
  const readme = await readFile(new URL(`../src/${file}/README.md`, import.meta.url), 'utf8');
  const [, text = ''] = new RegExp(`^## ${title}\n(.*?)^## `, 'ms').exec(readme) ?? [];
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', block = '']) => ({ language, text: block }));
}

/** JSON values, each from the beginning of a line. */
function values(text: string): unknown[] {
  return text.split(/\n(?=\{)/).filter((value) => value.trim() !== '').map((value) => comparable(JSON.parse(value)));
}

/** The same whenever and beside whatever it runs: any moment and any id stand for the one that is shown. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'string') return value.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 'a time');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, /^(metric|runtime)_id$/.test(key) && typeof part === 'number' ? 'an id' : comparable(part)]),
  );
}

/** Each block of commands with the JSON block behind it. */
async function checkCommands(blocks: readonly Block[]): Promise<number> {
  let checked = 0;
  for (const [i, { language, text }] of blocks.entries()) {
    const shown = blocks[i + 1];
    if (language !== 'sh' || shown?.language !== 'json') continue;
    const commands = text.replaceAll('localhost:8000', address).replaceAll('curl -s ', String.raw`curl -sS -w '\n' `);
    const { stdout } = await run('sh', ['-ec', commands]);
    expect({ text, values: values(stdout) }).toEqual({ text, values: values(shown.text) });
    checked += 1;
  }
  return checked;
}

needing(curl)('the commands over HTTP answer what is shown', async () => {
  await product.ready();
  const blocks = await section('server', 'Over HTTP');
  expect(await checkCommands(blocks)).toBe(blocks.filter(({ language }) => language === 'sh').length);
});

needing(curl)('the example from Node compiles, reports, and leaves nothing behind on SIGTERM', async () => {
  await product.ready();
  const blocks = await section('client', 'From Node');
  const example = blocks.find(({ language }) => language === 'ts')?.text ?? '';
  // a service has a registry of its own, and goes on running
  const service = [
    `import { Counter } from 'prom-client';\nnew Counter({ name: 'legacy_total', help: 'Counted by prom-client.' }).inc(5);\n`,
    example.replaceAll('localhost:8000', address),
    `setInterval(() => {}, 1000);\nconsole.log('Ctrl-C'); // as a product says that it is ready\n`,
  ].join('');
  await writeFile(join(folder, 'service.ts'), service);
  const settings = ['--target', 'es2023', '--module', 'nodenext', '--types', 'node', '--strict', '--skipLibCheck', '--ignoreConfig'];
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const compile = async (): Promise<string> =>
    run(process.execPath, [compiler, ...settings, 'service.ts'], { cwd: folder }).then(() => '', ({ stdout }: { stdout: string }) => stdout);
  expect(await compile()).toBe('');

  const running = await new Product(folder, ['node', 'service.js'], {}).ready();
  running.signal('SIGTERM');
  expect([await running.end(), running.errors]).toEqual([0, '']);

  expect(await checkCommands(blocks)).toBe(1);
  const stored = async (name: string): Promise<unknown[]> =>
    db.rows(
      `select s.metric_type, s.metric_value, s.labels, s.metadata, r.component_type
       from noetl.sample as s join noetl.runtime as r using (runtime_id) where s.metric_name = $1 and r.name = 'shop'`,
      [name],
    );
  expect(await stored('import_seconds')).toMatchObject([{ metric_type: 'summary', metadata: { job: 17 }, component_type: 'worker_pool' }]);
  expect(await stored('legacy_total')).toMatchObject([{ metric_type: 'counter', metric_value: 5, component_type: 'worker_pool' }]);
  expect(await stored('queue_wait_time_seconds')).toMatchObject([{ metric_value: 3, labels: { queue: 'mail' } }]);
  expect(await db.value(`select status from noetl.runtime where (name, component_type) = ('shop', 'worker_pool')`)).toBe('offline');

  // back again, its own series are on the page
  await db.rows(`select noetl.register_runtime('shop', 'worker_pool')`);
  const page = await (await fetch(`http://${address}/metrics`)).text();
  const own = 'component="shop",component_type="worker_pool"';
  for (const line of [
    `# HELP orders_total Orders taken.`,
    `orders_total{${own},region="north"} 1`,
    `carts_open{${own}} 3`,
    `checkout_seconds_bucket{${own},step="pay",le="0.1"} 0`,
    `checkout_seconds_bucket{${own},step="pay",le="1.0"} 1`,
    `checkout_seconds_sum{${own},step="pay"} 0.2`,
    `legacy_total{${own}} 5`,
  ]) expect(page.split('\n')).toContain(line);

  // and what the comment in it says
  await writeFile(join(folder, 'service.ts'), service.replace("orders.inc({ region: 'north' })", "orders.inc({ regoin: 'north' })"));
  expect(await compile()).toMatch(/'regoin' does not exist in type/);
});
