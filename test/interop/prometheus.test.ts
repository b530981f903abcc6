import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase, type TestDatabase } from '../support/database.ts';
import { startPrometheus, startRelay, type Prometheus, type Relay, type StoredSeries } from '../support/prometheus.ts';
import { needing, prometheus } from '../support/tools.ts';
import { oddNumbers, oddTexts, seriesKey, valuesInTable, type Values } from './table.ts';

/** How often Prometheus scrapes the page while something writes. */
const scrapes = 12;
const test = needing(prometheus);

const accept = { openmetrics: undefined, text: 'text/plain;version=0.0.4;q=1' };
const contentType = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
  text: 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
};

type Format = keyof typeof accept;

describe('a real Prometheus that scrapes the page while others write', () => {
  const db = useDatabase();
  const parts: { stop(): Promise<void> }[] = [];
  const relays = {} as Record<Format, Relay>;
  let scraper: Prometheus;
  let table: Values;
  let written: { orders: number; level: number; waits: number };

  beforeAll(async () => {
    await writeOddities(db);
    const app = buildServer({ pool: db.pool });
    const page = await app.listen({ host: '127.0.0.1', port: 0 });
    parts.push({ stop: () => app.close() });
    relays.openmetrics = await startRelay(`${page}/metrics`, accept.openmetrics);
    relays.text = await startRelay(`${page}/metrics`, accept.text);
    parts.push(relays.openmetrics, relays.text);
    scraper = await startPrometheus({ openmetrics: relays.openmetrics.url, text: relays.text.url });
    parts.push(scraper);

    await scraped(relays, 1); // it takes its time before the first
    written = await writeWhile(db, scraped(relays, scrapes));
    await scraped(relays, 3);
    const last = async (): Promise<unknown[]> => (await scraper.stored('interop_moving_level')).map(({ values }) => values.at(-1));
    while ((await last()).some((level) => level !== written.level)) await delay(200);
    table = await valuesInTable(db);
  });

  afterAll(async () => {
    for (const part of parts.toReversed()) await part.stop();
  });

  test('warns of nothing', () => expect(scraper.complaints()).toEqual([]));

  describe.each(['openmetrics', 'text'] as const)('as %s', (format) => {
    const stored = async (selector: string): Promise<readonly StoredSeries[]> => {
      const [name = '', ...matchers] = selector.split(/[{}]/);
      const found = await scraper.stored(`${name}{${[`job="${format}"`, ...matchers].filter(Boolean).join(',')}}`);
      return found.map(({ labels: { job: _job, instance: _instance, ...labels }, values }) => ({ labels, values }));
    };
    const one = async (selector: string): Promise<readonly number[]> => {
      const [series, ...others] = await stored(selector);
      if (series === undefined || others.length > 0) throw new Error(`not one series: ${selector}`);
      return series.values;
    };

    test('finds it up, in the format it asked for', async () => {
      expect(new Set(relays[format].answers)).toEqual(new Set([`200 ${contentType[format]}`]));
      // on a busy machine now and then not within the two seconds between two scrapes
      expect((await one('up')).filter((up) => up === 1).length).toBeGreaterThan(scrapes / 2);
    });

    test('drops and rejects no sample', async () => {
      expect(await one('scrape_samples_scraped')).toEqual(await one('scrape_samples_post_metric_relabeling'));
    });

    test('stores every value exactly as the table has it', async () => {
      const found = new Map<string, number>();
      for (const { labels, values } of await stored('{__name__=~"interop_.*"}')) {
        const { __name__: name = '', ...own } = labels;
        if (name.startsWith('interop_moving_')) continue;
        expect(new Set(values).size, `${name} changed`).toBe(1);
        found.set(seriesKey(name, own), values[0] ?? NaN);
      }
      const expected = [...table].filter(([series]) => !series.startsWith('interop_moving_'));
      expect(expected.length).toBeGreaterThan(Object.keys(oddTexts).length + oddNumbers.length);
      expect(sorted(found)).toEqual(sorted(expected));
    });

    test('reads every odd label value and number as it was written', async () => {
      const texts = await stored('interop_text');
      expect(texts.map(({ labels }) => labels['text'] ?? '').toSorted()).toEqual(Object.values(oddTexts).toSorted());
      const numbers = await stored('interop_number');
      const byPlace = numbers.map(({ labels, values }) => [Number(labels['place']), values.at(-1)] as const);
      expect(byPlace.toSorted(([a], [b]) => a - b)).toEqual([...oddNumbers.entries()]);
    });

    test('reads every odd help text as it was written', async () => {
      const metadata = await scraper.metadata(format);
      const helps = metadata.filter(({ metric }) => metric.startsWith('interop_help_'));
      expect(Object.fromEntries(helps.map(({ metric, help }) => [metric, help]))).toEqual(
        Object.fromEntries(Object.values(oddTexts).map((text, place) => [`interop_help_${place}`, text])),
      );
    });

    test('knows every type and unit', async () => {
      const metadata = await scraper.metadata(format);
      const kinds = new Map(metadata.map(({ metric, type, unit }) => [metric, `${type} ${unit}`.trim()]));
      const expected = {
        openmetrics: {
          interop_jobs: 'counter',
          interop_ticks: 'unknown',
          interop_size_bytes: 'gauge bytes',
          interop_wait_seconds: 'histogram seconds',
          interop_delay_seconds: 'summary',
        },
        text: {
          interop_jobs_total: 'counter',
          interop_ticks: 'counter',
          interop_size_bytes: 'gauge',
          interop_wait_seconds: 'histogram',
          interop_delay_seconds: 'summary',
        },
      };
      for (const [name, kind] of Object.entries(expected[format])) expect(`${name} ${kinds.get(name)}`).toBe(`${name} ${kind}`);
    });

    test('stores each change that is committed before a scrape, in order, and ends at the last', async () => {
      const orders = await one('interop_moving_orders_total');
      const level = await one('interop_moving_level');
      for (const values of [orders, level]) {
        expect(values).toEqual(values.toSorted((a, b) => a - b));
        expect(values.every(Number.isInteger)).toBe(true);
        expect(new Set(values).size, 'values seen on the way').toBeGreaterThanOrEqual(scrapes / 2);
      }
      expect([orders.at(-1), level.at(-1)]).toEqual([written.orders, written.level]);
    });

    test('sees a histogram whose buckets, count and sum agree at every scrape', async () => {
      const count = await one('interop_moving_wait_seconds_count');
      expect(await one('interop_moving_wait_seconds_bucket{le="+Inf"}')).toEqual(count);
      // Every observation is of 0.25 seconds, so sums are exact.
      expect(await one('interop_moving_wait_seconds_sum')).toEqual(count.map((observations) => observations / 4));
      expect(await one('interop_moving_wait_seconds_bucket{le="0.25"}')).toEqual(count);
      expect(new Set(await one('interop_moving_wait_seconds_bucket{le="0.1"}'))).toEqual(new Set([0]));
      expect(count.at(-1)).toBe(written.waits);
    });
  });
});

/** Samples that stay as they are all the time. */
async function writeOddities(db: TestDatabase): Promise<void> {
  const worker = await db.value<string>(`select noetl.register_runtime('worker "1"\\', 'worker_pool')`);
  const insert = (samples: string, values: unknown[]): Promise<unknown> =>
    db.rows(
      `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit) ${samples}`,
      values,
    );
  await insert(
    `select $1, 'interop_text', 'gauge', place, jsonb_build_object('text', text), null, null
     from unnest($2::text[]) with ordinality as t (text, place)`,
    [worker, Object.values(oddTexts)],
  );
  await insert(
    `select $1, 'interop_help_' || place - 1, 'gauge', place, '{}', help, null
     from unnest($2::text[]) with ordinality as t (help, place)`,
    [worker, Object.values(oddTexts)],
  );
  await insert(
    `select $1, 'interop_number', 'gauge', number, jsonb_build_object('place', place - 1), 'Odd numbers.', null
     from unnest($2::float8[]) with ordinality as t (number, place)`,
    [worker, oddNumbers.map((number) => (Object.is(number, -0) ? '-0' : String(number)))],
  );
  await insert(
    `values
       ($1::bigint, 'interop_jobs_total', 'counter', 3::float8, '{"queue": "a", "ok": true, "code": 200, "none": null, "empty": ""}'::jsonb, 'Jobs.', null),
       ($1, 'interop_jobs_total', 'counter', 9007199254740993, '{"queue": "b"}', 'Jobs.', null),
       (0, 'interop_jobs_total', 'counter', 1, '{"queue": "a"}', 'Jobs.', null),
       (0, 'interop_ticks', 'counter', 7, '{}', 'A counter by another name.', null),
       (0, 'interop_size_bytes', 'gauge', 12345678901, '{"component": "mine"}', 'Size.', 'bytes'),
       ($1, 'interop_size_bytes', 'gauge', 1e9, '{}', 'Size.', 'bytes'),
       ($1, 'interop_wait_seconds_bucket', 'histogram', 1, '{"le": "0.5"}', 'Waiting.', 'seconds'),
       ($1, 'interop_wait_seconds_bucket', 'histogram', 2, '{"le": 1}', 'Waiting.', 'seconds'),
       ($1, 'interop_wait_seconds_bucket', 'histogram', 3, '{"le": "1000000"}', 'Waiting.', 'seconds'),
       ($1, 'interop_wait_seconds_bucket', 'histogram', 4, '{"le": "+Inf"}', 'Waiting.', 'seconds'),
       ($1, 'interop_wait_seconds_sum', 'histogram', 0.1, '{}', 'Waiting.', 'seconds'),
       ($1, 'interop_wait_seconds_count', 'histogram', 4, '{}', 'Waiting.', 'seconds'),
       ($1, 'interop_delay_seconds', 'summary', 0.3, '{"quantile": "0.5"}', 'Delay.', null),
       ($1, 'interop_delay_seconds', 'summary', 0.7, '{"quantile": 1}', 'Delay.', null),
       ($1, 'interop_delay_seconds_sum', 'summary', 12.5, '{}', 'Delay.', null),
       ($1, 'interop_delay_seconds_count', 'summary', 31, '{}', 'Delay.', null)`,
    [worker],
  );
}

/** Keeps writing in all three ways, and folding now and then, until `over`; returns what it wrote last. */
async function writeWhile(db: TestDatabase, over: Promise<void>): Promise<{ orders: number; level: number; waits: number }> {
  let writing = true;
  const ending = over.then(() => (writing = false));
  let n = 0;
  for (; writing; await delay(100)) {
    n += 1;
    await db.rows(`select noetl.inc('interop_moving_orders_total', '{}', 2), noetl.observe('interop_moving_wait_seconds', 0.25, '{}')`);
    await db.rows(
      `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value) values (0, 'interop_moving_level', 'gauge', $1)`,
      [n],
    );
    if (n % 20 === 0) await db.rows('select noetl.fold()');
  }
  await ending;
  return { orders: 2 * n, level: n, waits: n };
}

/** Waits until every job has been answered so many times more. */
async function scraped(relays: Readonly<Record<Format, Relay>>, times: number): Promise<void> {
  const enough = Object.values(relays).map((relay) => ({ relay, answers: relay.answers.length + times }));
  while (enough.some(({ relay, answers }) => relay.answers.length < answers)) await delay(50);
}

function sorted(values: Iterable<readonly [string, number]>): (readonly [string, number])[] {
  return [...values].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
