import type { Client } from 'pg';
import { insertInto } from './harness/classical.ts';
import { openSession, type Postgres } from './harness/postgres.ts';
import { compare, repeat, timed } from './harness/rounds.ts';
import { storeSamples } from './harness/workload.ts';
import type { Scenario } from './harness/scenario.ts';

const series = 1000;

/**
 * What is done every few seconds must not cost more the longer one keeps samples: a page, a fold of a statement's rows,
 * that statement, and the samples of one series of today, in databases that hold 1, 7 and 30 days of partitions with the
 * same number of samples in each. Each is a matter of milliseconds, so there are ten short rounds for each that is asked for.
 */
export const history: Scenario = {
  name: 'history',
  run: async (bench) => {
    const postgres = await bench.postgres();
    const perDay = bench.options.quick ? 1000 : bench.options.full ? 1_000_000 : 50_000;
    const days = [1, 7, 30];
    const databases: Client[] = [];
    for (const count of days) {
      const client = await kept(postgres, count, perDay);
      bench.after(() => client.end());
      databases.push(client);
    }
    const turns = bench.options.quick ? 1 : 10;
    const works: readonly [name: string, work: (client: Client) => () => Promise<number>][] = [
      ['page', (client) => async () => timed(() => client.query({ name: 'page', text: 'select family, body from noetl.prometheus_exposition' }))],
      ['range', (client) => async () => (await timed(() => repeat(turns, () => client.query({ name: 'range', text: today })))) / turns],
      ['insert', (client) => async () => timed(() => client.query({ ...insertInto('noetl.metric', series), values: [0] }))],
      ['fold', (client) => async () => {
        await client.query({ ...insertInto('noetl.metric', series), values: [0] });
        return timed(() => client.query('select noetl.fold()'));
      }],
    ];
    for (const [name, work] of works) {
      const [first, ...longer] = databases;
      if (first === undefined) return;
      // Theirs and ours are the same; the ratio is 30 days' time over one day's.
      for (const [place, client] of longer.entries()) {
        await compare(bench, {
          scenario: `${name}, ${days[place + 1]} days`,
          ours: work(client),
          beside: [{ name: 'the same, 1 day', round: work(first), target: { share: 1.25 } }],
          turns,
        });
      }
    }
  },
};

const today = `
  select m."timestamp", m.metric_value
  from noetl.metric as m
  where m.series_id = (select s.series_id from _noetl.series as s where s.metric_name = 'bench_0' order by 1 limit 1)
    and m.created_at >= date_trunc('day', now(), 'UTC')
  order by m."timestamp"`;

/** A database that has kept samples for so many days, today included. */
async function kept(postgres: Postgres, days: number, perDay: number): Promise<Client> {
  const client = await openSession(await postgres.installed(`history_${days}`));
  await client.query("select noetl.register_runtime('bench', 'bench'); select noetl.set_setting('retention', '60 days'); select noetl.set_setting('staleness', '1 day')");
  await storeSamples(client, series);
  for (let day = days - 1; day >= 0; day -= 1) {
    await client.query("select noetl.create_metric_partition((now() at time zone 'UTC')::date - $1::integer)", [day]);
    for (let begin = 0; begin < perDay; begin += series) {
      await client.query(
        `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, "timestamp", created_at, expires_at)
         select 1, s.metric_name, s.metric_type, s.metric_value, s.labels, at, at, at + interval '60 days'
         from bench_sample as s
         cross join (select now() - $1::integer * interval '1 day' as at) as t`,
        [day],
      );
    }
    await client.query('select noetl.fold()');
  }
  await client.query('vacuum analyze');
  return client;
}
