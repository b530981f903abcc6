import type { Client } from 'pg';
import { insertInto } from './harness/classical.ts';
import { openSession, type Postgres } from './harness/postgres.ts';
import { compare, repeat, timed } from './harness/rounds.ts';
import { storeSamples } from './harness/workload.ts';
import type { Scenario } from './harness/scenario.ts';

/**
 * Ten times the series must not cost more than ten times as much: a page rendered from the start, a statement that stores
 * a sample of each series, and the fold that reads it, in databases of 1,000, 10,000 and 100,000 series. Seconds are for
 * one series; the ratio is that of one series among many to one among the fewest.
 */
export const linear: Scenario = {
  name: 'linear',
  run: async (bench) => {
    const postgres = await bench.postgres();
    const sizes = bench.options.quick ? [100, 200] : bench.options.full ? [1000, 10_000, 100_000] : [1000, 10_000];
    const databases: { series: number; client: Client }[] = [];
    for (const series of sizes) {
      const client = await filled(postgres, series);
      bench.after(() => client.end());
      databases.push({ series, client });
    }
    type Side = (typeof databases)[number];
    // as many series a round on every side, so that the small one is not over in a moment that anything disturbs
    const times = (series: number): number => Math.max(...sizes) / series;
    const store = ({ series, client }: Side) => client.query({ ...insertInto('noetl.metric', series), values: [0] });
    const works: readonly [name: string, work: (side: Side) => () => Promise<number>][] = [
      ['page', ({ series, client }) => async () => (await timed(() => repeat(times(series), () =>
        client.query({ name: 'page', text: 'select family, body from noetl.prometheus_exposition' })))) / times(series) / series],
      ['insert', (side) => async () => {
        const seconds = (await timed(() => repeat(times(side.series), () => store(side)))) / times(side.series) / side.series;
        await side.client.query('select noetl.fold()');
        return seconds;
      }],
      ['fold', (side) => async () => {
        let seconds = 0;
        for (let time = 0; time < times(side.series); time += 1) {
          await store(side);
          seconds += await timed(() => side.client.query('select noetl.fold()'));
        }
        return seconds / times(side.series) / side.series;
      }],
    ];
    for (const [name, work] of works) {
      const [first, ...larger] = databases;
      if (first === undefined) return;
      for (const side of larger) {
        await compare(bench, {
          scenario: `${name} ${side.series.toLocaleString('en')}, a series`,
          ours: work(side),
          beside: [{ name: `of ${first.series.toLocaleString('en')}`, round: work(first), target: { share: 1.25 } }],
        });
      }
    }
  },
};

/** A database in which each series has a folded sample. */
async function filled(postgres: Postgres, series: number): Promise<Client> {
  const client = await openSession(await postgres.installed(`linear_${series}`));
  await client.query("select noetl.register_runtime('bench', 'bench'); select noetl.set_setting('staleness', '1 day')");
  await storeSamples(client, series);
  await client.query({ ...insertInto('noetl.metric', series), values: [0] });
  await client.query('select noetl.fold()');
  await client.query('vacuum analyze');
  return client;
}
