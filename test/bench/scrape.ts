import { openConnection } from './harness/http.ts';
import { startPromClient, startPushgateway } from './harness/others.ts';
import { openSession } from './harness/postgres.ts';
import { startProduct } from './harness/product.ts';
import { compare, repeat, spread, timed } from './harness/rounds.ts';
import { mustAgree, pageOf, samples, storeSamples } from './harness/workload.ts';
import type { Bench, Scenario } from './harness/scenario.ts';

/**
 * GET of the whole page over one kept connection, not compressed, from request to last byte.
 *
 * Ours is `npm start` with its worker on a database of its own; every page is rendered from the tables. Its samples are
 * in noetl.metric and folded, as they are but for the last five seconds of any page. Beside it prom-client's registry
 * behind Fastify, and a Pushgateway that was pushed the same series. Each adds metrics about itself, as it does in use.
 */
export const scrape: Scenario = {
  name: 'scrape',
  run: async (bench) => {
    const sizes = bench.options.quick ? [17, 1000] : [17, 1000, 10_000, 100_000];
    for (const size of sizes) await scrapeOf(bench, size);
  },
};

async function scrapeOf(bench: Bench, series: number): Promise<void> {
  const postgres = await bench.postgres();
  const database = await postgres.empty(`scrape_${series}`);
  const product = await startProduct({ DATABASE_URL: database });
  bench.after(() => product.stop());
  await fill(database, series);

  const pages = [{ name: 'ours', url: product.url }];
  if (bench.peers.promClient.path !== undefined) {
    const server = await startPromClient(series);
    bench.after(() => server.stop());
    pages.push({ name: 'prom-client in Fastify', url: `${server.url}/metrics` });
  }
  if (bench.peers.pushgateway.path !== undefined) {
    const server = await startPushgateway(bench.peers.pushgateway.path);
    bench.after(() => server.stop());
    const push = openConnection(`${server.url}/metrics/job/bench`, 'PUT');
    await push.send(pageOf(samples(series)));
    await push.close();
    pages.push({ name: 'Pushgateway', url: `${server.url}/metrics` });
  }

  // A round is several scrapes, and counts as their median.
  const scrapes = Math.min(200, Math.max(5, Math.round(20_000 / series)));
  const [ours, ...beside] = await Promise.all(pages.map(async ({ name, url }) => {
    const connection = openConnection(url);
    bench.after(() => connection.close());
    const round = async (): Promise<number> => {
      const times: number[] = [];
      await repeat(scrapes, async () => times.push(await timed(() => connection.send())));
      return spread(times).median;
    };
    return { name, round, page: (await connection.send()).toString() };
  }));
  if (ours === undefined) return;
  for (const { name, page } of beside) mustAgree(name, ours.page, page);
  await compare(bench, {
    scenario: `scrape ${series.toLocaleString('en')} series`,
    ours: ours.round,
    ...(series === 17 && { target: { under: 0.001 } }),
    beside: beside.map(({ name, round }) => ({
      name,
      round,
      ...(series >= 1000 && { target: { share: name === 'Pushgateway' ? 1.2 : 0.7 } }),
    })),
  });
  await product.stop();
}

/** Stores the samples and folds them; they stay fresh for as long as the rounds last. */
async function fill(database: string, series: number): Promise<void> {
  const client = await openSession(database);
  await storeSamples(client, series);
  await client.query(`
    select noetl.set_setting('staleness', '1 day');
    insert into noetl.metric (metric_name, metric_type, metric_value, labels, help_text)
    select metric_name, metric_type, metric_value, labels, help_text from bench_sample;
    select noetl.fold()`);
  await client.end();
}
