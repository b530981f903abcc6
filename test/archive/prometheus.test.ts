import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { seededRandom } from '../exactness/random.ts';
import { useDatabase } from '../support/database.ts';
import { startPrometheus, type Prometheus } from '../support/prometheus.ts';
import { needing, prometheus } from '../support/tools.ts';

const test = needing(prometheus);
const scrapes = 60;

/** What a line was at each scrape, by the number of the scrape. */
type Line = Record<number, string>;

/**
 * Each time that the real Prometheus asks for the page, it gets the page, and noetl scrapes itself in the same transaction:
 * both see the same at one time. In between everything changes.
 */
describe('a real Prometheus that scrapes the page whenever noetl does', () => {
  const db = useDatabase();
  let page: Server;
  let scraper: Prometheus | undefined;
  let made = 0;

  beforeAll(async () => {
    const random = seededRandom();
    console.log(`archive beside Prometheus: NOETL_SEED=${random.seed}`);
    await db.rows(`
      select noetl.set_setting('staleness', '7 seconds');
      select noetl.declare_metric('t_shared_total', 'counter', per_component => false);
      select noetl.declare_metric('t_wait_seconds', 'histogram', buckets => '{0.5, 1}');
      select noetl.declare_metric('t_size', 'summary', quantiles => '{0.5}')`);
    const components = await db.rows<{ id: string }>(`select noetl.register_runtime('c' || i, 'worker_pool')::text as id from generate_series(1, 3) as i`);
    const some = (): string => components[random.whole(components.length)]?.id ?? '0';
    const changes: (() => [sql: string, values?: unknown[]])[] = [
      () => [`select noetl.inc('t_done_total', jsonb_build_object('shop', $1::int), $2)`, [random.whole(8), random.whole(50) / 4]],
      () => [`select noetl.inc('t_shared_total', '{"path": "a\\"b\\\\c\\n"}', 1, $1)`, [some()]],
      () => [`select noetl.set('t_level', $1::float8, jsonb_build_object('room', $2::int))`, [['NaN', '+Infinity', '-Infinity', '-0', '1e300', '0.1', '5e-324'][random.whole(7)], random.whole(6)]],
      () => [`select _noetl.withdraw('t_level', jsonb_build_object('room', $1::int))`, [random.whole(6)]],
      () => [`select noetl.observe('t_wait_seconds', $1, '{"q": "x"}', $2)`, [random.whole(20) / 10, some()]],
      () => [`select noetl.observe('t_size', $1)`, [random.whole(1000)]],
      // a running total that its owner reports, and that begins again at times
      () => [`insert into noetl.metric (metric_name, metric_type, metric_value, runtime_id) values ('t_reported_total', 'counter', $1, $2)`, [random.whole(100), some()]],
      () => [`update noetl.runtime set status = case status when 'offline' then 'ready' else 'offline' end where runtime_id = $1`, [some()]],
      () => [`select noetl.push_metrics(jsonb_build_object('job', 'j' || $1::int), E'# TYPE t_pushed gauge\\nt_pushed{a="1"} 1.5\\nt_pushed{a="2"} 2\\n', true)`, [random.whole(3)]],
      () => [`select noetl.delete_push_group(jsonb_build_object('job', 'j' || $1::int))`, [random.whole(3)]],
      () => [`delete from _noetl.series where metric_name = 't_done_total' and labels @> jsonb_build_object('shop', $1::int)`, [random.whole(40)]],
    ];
    const scrape = async (): Promise<string> => {
      if (made > 0) for (let n = 0; n < 12; n += 1) await db.rows(...(changes[random.whole(changes.length)]?.() ?? ['select']));
      await db.rows(`select noetl.set('t_scrape', $1)`, [made]);
      const client = await db.pool.connect();
      try {
        await client.query('begin');
        const { rows: [shown] } = await client.query<{ text: string }>(`select noetl.prometheus_text() as text`);
        await client.query('select noetl.scrape()');
        await client.query('commit');
        made += 1;
        return shown?.text ?? '';
      } finally {
        client.release();
      }
    };
    // one after the other, also where Prometheus has given one up and asks again
    let last: Promise<string> = Promise.resolve('');
    page = createServer((_, answer) => {
      last = last.then(scrape);
      last.then(
        (text) => answer.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text),
        (error: unknown) => answer.writeHead(500).end(String(error)),
      );
    });
    page.listen(0, '127.0.0.1');
    await once(page, 'listening');
    scraper = await startPrometheus({ page: `http://127.0.0.1:${(page.address() as AddressInfo).port}/metrics` }, { honorLabels: true });
    while (made <= scrapes) await delay(100);
  }, 300_000);

  afterAll(async () => {
    await scraper?.stop();
    page.closeAllConnections();
    page.close();
  });

  test('holds the same lines with the same values at the same scrapes, and no zeros before them', async () => {
    const result = (await scraper?.ask<{ result: { metric: Record<string, string>; values: [number, string][] }[] }>('query', { query: '{__name__=~"t_.*"}[1h]' }))?.result ?? [];
    const numbers = new Map(result.find(({ metric }) => metric['__name__'] === 't_scrape')?.values.map(([at, value]) => [at, Number(value)]));
    const theirs = new Map<string, Line>();
    for (const { metric: { __name__: name = '', ...given }, values } of result) {
      // what it adds itself where the page has none
      const labels = Object.fromEntries(Object.entries(given).filter(([label, value]) => !(label === 'job' && value === 'page') && !(label === 'instance' && value.startsWith('127.0.0.1:'))));
      theirs.set(key(name, labels), Object.fromEntries(values.map(([at, value]) => [numbers.get(at) ?? -1, value.replace('Inf', 'Infinity').replace('+', '').replace(/^-0$/, '0')])));
    }

    const lines = await db.rows<{ name: string; labels: Record<string, string>; zero: string | null; at_ms: string[]; vals: (string | null)[] }>(`
      select l.name, l.labels, (extract(epoch from l.zero_at) * 1000)::bigint::text as zero, s.at_ms::text[], s.vals::text[]
      from _noetl.line as l
      join _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s using (line_id)
      where l.name like 't\\_%'`);
    const scrape = lines.find(({ name }) => name === 't_scrape');
    const own = new Map(scrape?.at_ms.map((at, n) => [at, Number(scrape.vals[n])]));
    const ours = new Map<string, Line>();
    for (const { name, labels, at_ms, vals } of lines) {
      const line: Line = {};
      for (const [n, at] of at_ms.entries()) {
        const value = vals[n];
        // a 0 that a scrape did not find
        if (value === null || value === undefined || (value === '0' && zeros(lines, name, labels, at))) continue;
        line[own.get(at) ?? -1] = String(Number(value)).replace(/^-0$/, '0');
      }
      ours.set(key(name, labels), line);
    }
    const seen = [...numbers.values()];
    // on a busy machine some pages come too late for it
    expect(seen.length).toBeGreaterThan(scrapes / 2);
    const plain = (all: Map<string, Line>): Record<string, Line> =>
      Object.fromEntries([...all].map(([name, line]) => [name, Object.fromEntries(Object.entries(line).filter(([n]) => seen.includes(Number(n))).map(([n, value]) => [n, String(Number(value))]))] as const)
        .filter(([, line]) => Object.keys(line).length > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    expect(plain(ours)).toEqual(plain(theirs));
    console.log(`archive beside Prometheus: ${theirs.size} series, ${seen.length} scrapes`);
  });
});

function key(name: string, labels: Record<string, string>): string {
  return `${name}${JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
}

function zeros(lines: readonly { name: string; labels: object; zero: string | null }[], name: string, labels: object, at: string): boolean {
  return lines.some((line) => line.name === name && JSON.stringify(line.labels) === JSON.stringify(labels) && line.zero === at);
}
