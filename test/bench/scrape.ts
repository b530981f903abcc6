import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { openConnection } from './harness/http.ts';
import { startConstant, startPromClient, startPushgateway } from './harness/others.ts';
import { openSession, valueOf } from './harness/postgres.ts';
import { startProduct } from './harness/product.ts';
import { compare, repeat, spread, timed, type Peer } from './harness/rounds.ts';
import { openScraper, type Scraper } from './harness/scraper.ts';
import { mustAgree, pageOf, samples, storeSamples } from './harness/workload.ts';
import type { Bench, Scenario, Target } from './harness/scenario.ts';

/**
 * GET of the whole page over one kept connection, not compressed on any side, from request to last byte. The same lean
 * client for every side, in a process of its own (harness/scraper-process.ts). Every server has been scraped for some
 * seconds before: one of Node runs several times slower until what it does is compiled.
 *
 * Ours is `npm start` with its worker on a database of its own. Beside it prom-client's registry behind Fastify, and a
 * Pushgateway that was pushed the same series. Each adds metrics about itself, as it does in use. The pages must agree.
 * `Fastify, a constant` serves as many bytes as ours that it has ready, and `SELECT of stored lines` is what the answer
 * to one `select` takes that only puts lines in a row: less than these no page of a Fastify and of a database takes.
 *
 * - `17 series`: nobody writes the series meanwhile. Ours renders only what changed since its last page, which it learns
 *   from the database at each scrape; the others render everything each time. `… others commit`: the same, but before each
 *   scrape somebody commits something else, which spares the database no question.
 * - `… changed`: before each scrape every series gets a new sample and a fold takes it in, so ours renders everything, too.
 *   That work is not part of the time. Up to 10,000 series it is done before each scrape of the other servers, too, whose
 *   caches of the processor it empties as it does ours.
 * - `… not folded`: the same without the fold after it, which in production comes within five seconds.
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
  const product = await startProduct({ DATABASE_URL: database, NOETL_RATE_LIMIT: '1000000' });
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

  const page = await pageAt(product.url);
  for (const { name, url } of pages.slice(1)) mustAgree(name, page, await pageAt(url));
  const constant = await startConstant(Buffer.byteLength(page));
  bench.after(() => constant.stop());
  pages.push({ name: 'Fastify, a constant', url: `${constant.url}/metrics` });

  // A round is several scrapes, and counts as their median.
  const scrapes = Math.min(200, Math.max(5, Math.round(20_000 / series)));
  const [ours, ...beside] = pages.map(({ name, url }) => {
    const scraper = openScraper(url);
    bench.after(() => scraper.close());
    return { name, scraper, round: async () => spread(await scraper.scrape(scrapes)).median };
  });
  if (ours === undefined) return;
  for (const { scraper } of [ours, ...beside]) await scraper.scrape(Math.min(3000, Math.round(2_000_000 / series)));
  await compare(bench, {
    scenario: `scrape ${series.toLocaleString('en')} series`,
    ours: ours.round,
    ...(series === 17 && { target: small }),
    beside: beside.map(({ name, round }) => ({ name, round, ...target(series, name) })),
  });
  if (series === 17) await scrapeBesideCommits(bench, database, ours);
  if (series >= 1000) await scrapeChanged(bench, database, series, ours, beside);
  await product.stop();
}

/** What is scraped. */
async function pageAt(url: string): Promise<string> {
  const connection = openConnection(url);
  try {
    return (await connection.send()).toString();
  } finally {
    await connection.close();
  }
}

interface Scraped {
  readonly name: string;
  readonly scraper: Scraper;
  round(): Promise<number>;
}

const small: Target = { under: 0.001 };

async function scrapeBesideCommits(bench: Bench, database: string, { scraper }: Scraped): Promise<void> {
  const other = await openSession(database);
  bench.after(() => other.end());
  await compare(bench, {
    scenario: '17 series, others commit',
    ours: async () => {
      const times: number[] = [];
      await repeat(100, async () => {
        await other.query('select pg_current_xact_id()');
        times.push(...(await scraper.scrape(1)));
      });
      return spread(times).median;
    },
    target: small,
    beside: [],
  });
}

async function scrapeChanged(bench: Bench, database: string, series: number, ours: Scraped, beside: readonly Scraped[]): Promise<void> {
  const writer = await openSession(database);
  bench.after(() => writer.end());
  await writer.query("create table bench_line as select metric_name || labels || ' ' || metric_value || chr(10) as line from bench_sample");
  await writer.query('vacuum analyze bench_line');
  const lines: Peer = {
    name: 'SELECT of stored lines',
    round: () => timed(() => writer.query("select string_agg(line, '') from bench_line")),
  };
  for (const folded of series <= 10_000 ? [true, false] : [true]) {
    const change = async (): Promise<void> => {
      if (!folded) await foldAll(writer);
      await writer.query(`insert into noetl.metric (metric_name, metric_type, metric_value, labels) ${sampled}`);
      if (folded) await foldAll(writer);
    };
    await repeat(Math.round(50_000 / series), async () => {
      await change();
      await ours.scraper.scrape(1);
    });
    const changedRound = (scraper: Scraper) => async (): Promise<number> => {
      const times: number[] = [];
      await repeat(series <= 10_000 ? 3 : 1, async () => {
        await change();
        times.push(...(await scraper.scrape(1)));
      });
      return spread(times).median;
    };
    const peers = beside.map(({ name, scraper, round }) => ({
      name,
      round: series <= 10_000 && folded ? changedRound(scraper) : round,
      ...(folded && target(series, name)),
    }));
    await compare(bench, {
      scenario: `${series.toLocaleString('en')} ${folded ? 'changed' : 'not folded'}`,
      ours: changedRound(ours.scraper),
      beside: [...peers, lines],
    });
  }
}

const sampled = 'select metric_name, metric_type, metric_value, labels from bench_sample';

/** The worker of the product may be folding. */
async function foldAll(client: Client): Promise<void> {
  while ((await valueOf<string | null>(client, 'select noetl.fold()')) === null) await delay(5);
}

function target(series: number, name: string): Pick<Peer, 'target'> {
  const shares: Readonly<Record<string, number>> = { 'prom-client in Fastify': 0.7, Pushgateway: 1.2 };
  const share = shares[name];
  return series >= 1000 && share !== undefined ? { target: { share } } : {};
}

/** Stores the samples and folds them; they stay fresh for as long as the rounds last. */
async function fill(database: string, series: number): Promise<void> {
  const client = await openSession(database);
  await storeSamples(client, series);
  await client.query(`
    select noetl.set_setting('staleness', '1 day');
    insert into noetl.metric (metric_name, metric_type, metric_value, labels, help_text)
    select metric_name, metric_type, metric_value, labels, help_text from bench_sample`);
  await foldAll(client);
  await client.end();
}
