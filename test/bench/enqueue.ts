import type { Client } from 'pg';
import { openSession } from './harness/postgres.ts';
import { compare, repeat, timed } from './harness/rounds.ts';
import { makeRuns, registerRuns } from './harness/runs.ts';
import type { Scenario } from './harness/scenario.ts';

/**
 * Seconds to enqueue one job, and a hundred in one statement, each its own transaction, fsync on, into a table that
 * `noetl.track_queue()` keeps the counts of, and into its twin without. The fold runs once in each round beside it.
 */
export const enqueue: Scenario = {
  name: 'enqueue',
  run: async (bench) => {
    const postgres = await bench.postgres();
    const url = await postgres.installed('enqueue');
    const [client, folder] = [await openSession(url), await openSession(url)];
    bench.after(() => Promise.all([client.end(), folder.end()]));
    for (const table of ['runs', 'twin']) await makeRuns(client, table);
    await registerRuns(client, 'runs', true);

    for (const jobs of [1, 100]) {
      const statements = bench.options.quick ? 5 : 500;
      const filling = (table: string) => async (): Promise<number> => (await timed(() => add(client, table, jobs, statements))) / statements;
      await compare(bench, {
        scenario: `enqueue ${jobs === 1 ? '1 job' : `${jobs} jobs`}, tracked`,
        ours: async () => {
          const folding = folder.query('select noetl.fold()');
          const seconds = await filling('runs')();
          await folding;
          return seconds;
        },
        beside: [{ name: 'not tracked', round: filling('twin'), target: { faster: 0.8 } }],
      });
    }
  },
};

async function add(client: Client, table: string, jobs: number, statements: number): Promise<void> {
  const statement = {
    name: `${table}_${jobs}`,
    text: `insert into ${table} (status) select 'QUEUED' from generate_series(1, ${jobs})`,
  };
  await repeat(statements, () => client.query(statement));
}
