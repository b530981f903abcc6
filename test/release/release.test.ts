import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { expect } from 'vitest';
import { install } from '../../src/install.ts';
import { catalogue } from '../support/catalogue.ts';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { debianServer, needing, pathOf, pgDump, psql } from '../support/tools.ts';

const run = promisify(execFile);
const here = new URL('.', import.meta.url);
const cluster = useCluster({ server: debianServer });
const test = needing(debianServer, pgDump, psql);

/** What is in each dump that is kept. A later release may add to it for its own, and keeps what is read of it. */
const contents = `
  create table public.jobs (id bigint primary key, state text not null);
  select noetl.register_queue('jobs', 'public.jobs', status => 'state', ready_status => 'new');
  select noetl.track_queue('jobs');
  insert into public.jobs select n, 'new' from generate_series(1, 5) as n;
  select noetl.use_component('crawler-1', 'worker_pool', transaction_only => true), noetl.inc('pages_total', by => 3);
  select noetl.declare_metric('order_euros', 'histogram', 'Value of an order.', buckets => '{10, 50}');
  select noetl.inc('orders_total', '{"shop": "berlin"}', 100), noetl.observe('order_euros', 42.5);
  select noetl.add_collector('open_orders', 'select 7 as value', every => '10 seconds');
  select noetl.set_alert_rule('TooMany', 'open_orders > 5', '5 minutes');
  select noetl.set_recording_rule('orders:sum', 'sum(orders_total)');
  select noetl.add_notification('ops', 'webhook', 'http://127.0.0.1:1/');
  select noetl.set_setting('staleness', '10 minutes');
  select noetl.fold();
  select noetl.scrape();
  select noetl.inc('orders_total', '{"shop": "berlin"}', 7);
  insert into public.jobs values (6, 'new')`;

const read = `
  select
    (select body from noetl.prometheus_exposition where family = 'orders_total') as orders,
    (select body from noetl.prometheus_exposition where family = 'order_euros') as euros,
    (select sum(q.ready)::int from noetl.queue_health as q where q.source = 'jobs') as ready,
    (select every::text from noetl.collector where name = 'open_orders') as every,
    (select expression from noetl.alert_rule where name = 'TooMany') as rule,
    (select name from noetl.notification) as target,
    (select value from noetl.setting where name = 'staleness') as staleness`;

const asRead = {
  orders: '# HELP orders_total No help text.\n# TYPE orders_total counter\norders_total{shop="berlin"} 107\n',
  euros: `# HELP order_euros Value of an order.\n# TYPE order_euros histogram\norder_euros_bucket{le="10.0"} 0\norder_euros_bucket{le="50.0"} 1\norder_euros_bucket{le="+Inf"} 1\norder_euros_sum 42.5\norder_euros_count 1\n`,
  ready: 6,
  every: '00:00:10',
  rule: 'open_orders > 5',
  target: 'ops',
  staleness: '10 minutes',
};

/** Of every release: its version, and the text of its dump. */
async function dumps(): Promise<[version: string, text: Buffer][]> {
  const kept = (await readdir(here)).filter((name) => name.endsWith('.sql.gz'));
  return Promise.all(kept.map(async (name) => [name.replace('.sql.gz', ''), await promisify(gunzip)(await readFile(new URL(name, here)))]));
}

test('a dump of this release, and of each before it, is upgraded with all that it holds', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const fresh = await cluster.empty('fresh');
  await install(fresh);
  const ours = await cluster.installed('ours');
  await connected(ours, async (client) => {
    for (const statement of contents.split(';\n')) await client.query(statement);
  });
  const { stdout: dump } = await run(pathOf(pgDump), ['--no-owner', ours], { maxBuffer: 100_000_000 });
  // for whoever releases: NOETL_KEEP_RELEASE=1
  if (process.env['NOETL_KEEP_RELEASE'] === '1') await writeFile(new URL(`${version}.sql.gz`, here), await promisify(gzip)(dump, { level: 9 }));

  const folder = await mkdtemp(join(tmpdir(), 'noetl-test-'));
  for (const [release, text] of [['this one', Buffer.from(dump)] as const, ...(await dumps())]) {
    const url = await cluster.empty(`upgraded_${release}`);
    await writeFile(join(folder, 'dump.sql'), text);
    await run(pathOf(psql), ['-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', join(folder, 'dump.sql'), url]);
    await install(url);
    await connected(url, async (client) => {
      for (const state of ['as restored', 'folded']) {
        const { rows } = await client.query(read);
        expect({ release, state, rows }).toEqual({ release, state, rows: [asRead] });
        await client.query('select noetl.fold()');
      }
    });
    expect({ release, made: await made(url) }).toEqual({ release, made: await made(fresh) });
  }
  await rm(folder, { recursive: true });
});

/** But the partitions of a day, and what belongs to the one queue. */
async function made(url: string): Promise<string[]> {
  return connected(url, async (client) => {
    const entries = await catalogue({ rows: async (sql: string) => (await client.query(sql)).rows as never });
    return entries.filter((entry) => !/_\d{8}/.test(entry));
  });
}
