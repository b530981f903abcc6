/**
 * npm run bench                      every scenario, beside every peer that this machine has
 * npm run bench -- scrape insert     some of them
 *   --quick      tiny sizes and two rounds: shows that everything runs, judges nothing
 *   --full       the sizes of the targets where the usual ones are smaller (needs 60 GB and hours)
 *   --rounds N   default 7
 *   --rows N     rows of the day that is dropped
 *   --json FILE  default .cache/bench.json; scenarios that did not run keep what the file says of them
 * node test/bench/readme.mjs [FILE]  puts its figures into test/bench/README.md
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPeers } from './harness/peers.ts';
import { startPostgres, type Postgres } from './harness/postgres.ts';
import type { Bench, Options, Row, Scenario } from './harness/scenario.ts';
import { printTable } from './harness/table.ts';
import { bytes } from './bytes.ts';
import { counter } from './counter.ts';
import { drop } from './drop.ts';
import { enqueue } from './enqueue.ts';
import { history } from './history.ts';
import { insert } from './insert.ts';
import { linear } from './linear.ts';
import { queue } from './queue.ts';
import { range } from './range.ts';
import { scrape } from './scrape.ts';
import { steady } from './steady.ts';

const scenarios: readonly Scenario[] = [scrape, insert, bytes, counter, queue, enqueue, drop, range, steady, history, linear];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    rows: { type: 'string' },
    json: { type: 'string', default: join('.cache', 'bench.json') },
  },
});

const options: Options = {
  quick: values.quick,
  full: values.full,
  rounds: Number(values.rounds ?? (values.quick ? 2 : 7)),
  rows: values.rows === undefined ? undefined : Number(values.rows),
};

interface Found {
  readonly at: Date;
  readonly options: Options;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

const rows: Row[] = [];
const notes: string[] = [];
const endings: (() => Promise<unknown>)[] = [];
const peers = findPeers();
let server: Promise<Postgres> | undefined;

const bench: Bench = {
  options,
  peers,
  postgres: async () => (server ??= startPostgres()),
  add: (...added) => void rows.push(...added),
  note: (text) => void notes.push(text),
  after: (end) => void endings.push(end),
};

async function main(): Promise<void> {
  const unknown = positionals.filter((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown.length > 0) {
    throw new Error(`no scenario ${unknown.join(', ')}: there are ${scenarios.map(({ name }) => name).join(', ')}`);
  }
  const absent = Object.values(peers).filter(({ path }) => path === undefined);
  for (const { name, source } of absent) notes.push(`missing: ${name} (${source}); npm run bench:setup installs it`);

  for (const scenario of scenarios) {
    if (positionals.length > 0 && !positionals.includes(scenario.name)) continue;
    process.stderr.write(`${scenario.name} …\n`);
    const [begin, noted] = [rows.length, notes.length];
    try {
      await scenario.run(bench);
    } catch (error) {
      process.exitCode = 1;
      notes.push(`${scenario.name} failed: ${error instanceof Error ? error.message : String(error)}`);
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    } finally {
      await finish();
    }
    if (rows.length > begin) process.stderr.write(`${printTable(rows.slice(begin))}\n`);
    await keep(scenario.name, { at: new Date(), options, rows: rows.slice(begin), notes: notes.slice(noted) });
  }

  const postgres = await server;
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, PostgreSQL ${postgres?.version ?? 'of its own'}`;
  console.log(`\n${printTable(rows)}\n`);
  console.log(`${machine}; median of ${options.rounds} interleaved rounds${options.quick ? '; QUICK: not a measurement' : ''}`);
  for (const note of notes) console.log(`– ${note}`);
}

/** Puts what a scenario found into the file, in the place of what an earlier run found, and leaves the others. */
async function keep(name: string, found: Found): Promise<void> {
  const text = await readFile(values.json, 'utf8').catch(() => '{}');
  await mkdir(dirname(values.json), { recursive: true });
  await writeFile(values.json, `${JSON.stringify({ ...(JSON.parse(text) as Record<string, Found>), [name]: found }, undefined, 2)}\n`);
}

async function finish(): Promise<void> {
  for (const end of endings.splice(0).toReversed()) await end();
}

/** A failed promise somewhere must not leave a server behind. */
async function close(): Promise<void> {
  await finish().catch(() => {});
  await (await server)?.stop();
}

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void close().finally(() => process.exit(130)));
}
try {
  await main();
} finally {
  await close();
}
