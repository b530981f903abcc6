import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { freePort } from '../support/ports.ts';
import { temporaryFolder } from '../support/server.ts';
import { openSession } from './harness/postgres.ts';
import { startProgram } from './harness/program.ts';
import { compare, repeat, timed, type Peer } from './harness/rounds.ts';
import { makeRuns, plainQueries, registerRuns } from './harness/runs.ts';
import type { Bench, Scenario } from './harness/scenario.ts';

/**
 * Seconds to learn how a queue stands while it holds so many live jobs: `select * from noetl.queue_health` of a tracked
 * queue, beside the four queries that one writes without it, on the same table with an index for each of them, vacuumed;
 * and beside sql_exporter, which runs those four: from its first query's begin to its last one's end, by its own log.
 * The figures must be the same.
 */
export const queue: Scenario = {
  name: 'queue',
  run: async (bench) => {
    const postgres = await bench.postgres();
    const sizes = bench.options.quick ? [1000, 10_000] : bench.options.full ? [10_000, 1_000_000, 10_000_000] : [10_000, 1_000_000];
    const asking: { jobs: number; client: Client; url: string }[] = [];
    for (const jobs of sizes) {
      const url = await postgres.installed(`queue_${jobs}`);
      const client = await openSession(url);
      bench.after(() => client.end());
      await fill(client, jobs);
      await mustAgree(client);
      asking.push({ jobs, client, url });
    }
    const health = (client: Client) => async (): Promise<number> => {
      const times = bench.options.quick ? 2 : 20;
      return (await timed(() => repeat(times, () => client.query({ name: 'health', text: 'select * from noetl.queue_health' })))) / times;
    };

    for (const { jobs, client, url } of asking) {
      const beside: Peer[] = [{
        name: 'four plain queries',
        round: async () => timed(async () => {
          for (const [name, text] of Object.entries(plainQueries)) await client.query({ name, text });
        }),
        ...(jobs === 10_000_000 && { target: { faster: 1000 } }),
      }];
      if (bench.peers.sqlExporter.path !== undefined) {
        beside.push({ name: 'sql_exporter', round: await exporting(bench, bench.peers.sqlExporter.path, url) });
      }
      await compare(bench, { scenario: `health, ${jobs.toLocaleString('en')} jobs`, ours: health(client), beside });
    }
    const [first, last] = [asking[0], asking.at(-1)];
    if (first === undefined || last === undefined) return;
    await compare(bench, {
      scenario: `health, ${last.jobs.toLocaleString('en')} jobs`,
      ours: health(last.client),
      beside: [{ name: `ours, ${first.jobs.toLocaleString('en')} jobs`, round: health(first.client), target: { share: 1.5 } }],
    });
  },
};

/** Of ten jobs six are due, two are due later, one runs, and one runs with a lease that has expired. */
async function fill(client: Client, jobs: number): Promise<void> {
  await makeRuns(client, 'runs');
  await registerRuns(client, 'runs', true);
  for (let begin = 0; begin < jobs; begin += 100_000) {
    await client.query(
      `insert into runs (status, run_at, queued_at, lease_expires_at)
       select
         case when job % 10 < 8 then 'QUEUED' else 'RUNNING' end,
         now() + case when job % 10 between 6 and 7 then interval '1 day' else interval '-1 hour' end + job % 977 * interval '1 second',
         now() - interval '2 hours',
         case job % 10 when 8 then now() + interval '1 day' when 9 then now() - interval '1 hour' end
       from generate_series($1::integer, least($1 + 100000, $2) - 1) as job`,
      [begin, jobs],
    );
    await client.query('select noetl.fold()');
  }
  await client.query('vacuum analyze');
}

async function mustAgree(client: Client): Promise<void> {
  const { rows: [ours] } = await client.query<Record<string, unknown>>('select * from noetl.queue_health');
  const { rows: [due] } = await client.query<{ ready: number; scheduled: number }>(plainQueries.due);
  const { rows: [leases] } = await client.query<{ expired: number; active: number }>(plainQueries.leases);
  const own = ['ready', 'scheduled', 'stuck', 'running'].map((state) => Number(ours?.[state]));
  const theirs = [due?.ready, due?.scheduled, leases?.expired, leases?.active];
  if (ours?.['tracked'] !== true) throw new Error(`the queue is not tracked: ${JSON.stringify(ours)}`);
  if (own.join() !== theirs.join()) throw new Error(`ready, scheduled, expired, active: ours ${own.join()}, counted ${theirs.join()}`);
}

/** It runs its queries once when it starts, and then not for an hour. */
async function exporting(bench: Bench, path: string, url: string): Promise<Peer['round']> {
  const folder = await temporaryFolder();
  bench.after(() => rm(folder, { recursive: true, force: true }));
  const config = join(folder, 'sql_exporter.yml');
  const queries = Object.entries(plainQueries).map(([name, query]) => ({
    name: `runs_${name}`,
    help: name,
    labels: name === 'depth' ? ['status'] : [],
    values: { depth: ['jobs'], due: ['ready', 'scheduled'], oldest: ['seconds'], leases: ['expired', 'active'] }[name],
    query,
  }));
  const connection = url.replace(/^postgresql:/, 'postgres:');
  // JSON is YAML.
  await writeFile(config, JSON.stringify({ jobs: [{ name: 'runs', interval: '1h', connections: [connection], queries }] }));
  return async () => {
    const program = await startProgram({
      command: path,
      args: [`-config.file=${config}`, `-web.listen-address=127.0.0.1:${await freePort()}`],
      ready: (output) => output.split('"Query finished"').length > queries.length,
    });
    const lines = program.output().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { msg?: string; ts: string });
    await program.stop();
    const times = lines.filter(({ msg }) => msg === 'Running Query' || msg === 'Query finished').map(({ ts }) => microseconds(ts));
    return (Math.max(...times) - Math.min(...times)) / 1e6;
  };
}

/** Of a time such as 2026-01-02T03:04:05.678901234Z. */
function microseconds(time: string): number {
  const [second = '', fraction = ''] = time.replace('Z', '').split('.');
  return Date.parse(`${second}Z`) * 1000 + Number(`0.${fraction || '0'}`) * 1e6;
}
