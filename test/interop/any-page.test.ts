import { DatabaseError } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../exactness/random.ts';
import { useDatabase } from '../support/database.ts';
import { openMetricsFamilies, textFamilies, type Family } from '../support/openmetrics.ts';
import { promtoolComplaints } from '../support/prometheus.ts';
import { needing, promtool } from '../support/tools.ts';
import { oddNumbers, oddTexts, seriesKey } from './table.ts';

/** Few names, so that they clash, and such as could be taken for another family's. */
const names = [
  'a', 'a_total', 'a_total_total', 'a_created', 'a_bucket', 'a_sum', 'a_count', 'a_count_total', 'b', 'b_bucket', 'b_sum', 'b_count',
  'b_info', 'c_seconds', 'c_seconds_total', 'c_seconds_count', 'D:e', '_', '_total', '_f', 'total', '_bucket', '_sum', '_count', ':', 'é', '',
] as const;
const labelNames = ['le', 'quantile', 'component', 'component_type', 'a', 'b', 'A', '_', '__c', 'é', 'a_b'] as const;
const bounds: readonly [unknown, ...unknown[]] = ['0.5', 1, '1e6', '+Inf', 'Inf', '-1', 0, 'NaN', 'x', 123456789, '1e-7', '.5', '5.'];
const units = [null, 'seconds', 'bytes', '', 'a b', 'total', 'count'] as const;
const texts = ['', '0', ...Object.values(oddTexts).filter((text) => text.length < 100)] as const;
const refused = new Set(['23514', '23503', '23502']);

const seeds = process.env['NOETL_SEED'] === undefined ? [1] : [Number(process.env['NOETL_SEED'])];

describe.each(seeds)('whatever was inserted, NOETL_SEED=%i', (seed) => {
  const db = useDatabase();
  const random = seededRandom(seed);
  let accepted = 0;

  beforeAll(async () => {
    const registered = await db.rows<{ id: number }>(
      `select noetl.register_runtime(name, 'odd "type"\\')::int as id from unnest('{one,two}'::text[]) as name`,
    );
    const runtimes = [0, ...registered.map(({ id }) => id)];
    for (let n = 0; n < 400; n += 1) {
      if (random.chance(0.02)) await db.rows('select noetl.fold()');
      accepted += await attempt(...statement(random, runtimes));
    }
  });

  /** 1 where the statement was accepted, 0 where it was refused by a rule; any other error is a fault. */
  const attempt = async (sql: string, values: unknown[]): Promise<number> => {
    try {
      await db.rows(sql, values);
      return 1;
    } catch (error) {
      if (error instanceof DatabaseError && refused.has(error.code ?? '')) return 0;
      throw error;
    }
  };
  const page = async (format: 'prometheus' | 'openmetrics'): Promise<string> => db.value(`select noetl.${format}_text()`);

  it('both pages are valid and say the same', async () => {
    const text = textFamilies(await page('prometheus'));
    const openMetrics = openMetricsFamilies(await page('openmetrics'));
    expect(accepted).toBeGreaterThan(50);
    const forbidden = forbiddenInOpenMetrics(text);
    const allowed = Object.entries(valuesOf(text)).filter(([series]) => !forbidden.has(series));
    expect(valuesOf(openMetrics)).toEqual(Object.fromEntries(allowed));
    expect(new Set(text.map(({ type }) => type))).toEqual(new Set(['counter', 'gauge', 'histogram', 'summary']));
  });

  it('the pages are the same once everything is folded', async () => {
    const before = [await page('prometheus'), await page('openmetrics')];
    await db.rows('select noetl.fold()');
    expect([await page('prometheus'), await page('openmetrics')]).toEqual(before);
  });

  needing(promtool)('promtool can read the page', async () => {
    const complaints = await promtoolComplaints(await page('prometheus'));
    expect(complaints.filter((complaint) => complaint.includes('error'))).toEqual([]);
  });
});

function statement(random: Random, runtimes: readonly number[]): [sql: string, values: unknown[]] {
  const name = random.pick(names);
  const labels = JSON.stringify(labelsOf(random));
  const number = oddNumbers[random.whole(oddNumbers.length)] ?? 0;
  const value = random.chance(0.5) ? String(random.whole(10)) : Object.is(number, -0) ? '-0' : String(number);
  const runtime = runtimes[random.whole(runtimes.length)];
  if (random.chance(0.3)) {
    const call = random.pick(['inc($1, $3, $2', 'observe($1, $2, $3', 'set($1, $2, $3']);
    return [`select noetl.${call}, runtime_id => $4)`, [name, value, labels, runtime]];
  }
  return [
    `insert into noetl.metric (metric_name, metric_value, labels, runtime_id, metric_type, help_text, unit)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      name, value, labels, runtime, random.pick(['counter', 'gauge', 'histogram', 'histogram', 'summary', 'summary', 'info']),
      random.chance(0.5) ? null : random.pick(['', 'Plain.', ...texts]), random.pick(units),
    ],
  ];
}

function labelsOf(random: Random): Record<string, unknown> {
  const labels: Record<string, unknown> = {};
  while (random.chance(0.5)) {
    const name = random.pick(labelNames);
    const isBound = name === 'le' || name === 'quantile';
    labels[name] = isBound ? random.pick(bounds) : random.pick([null, 0, 200, true, '', ...texts]);
  }
  if (random.chance(0.2)) labels[random.pick(['le', 'quantile'])] = random.pick(bounds);
  return labels;
}

function valuesOf(families: readonly Family[]): Record<string, number> {
  const samples = families.flatMap((family) => family.samples);
  return Object.fromEntries(samples.map(({ name, labels, value }) => [seriesKey(name, labels), value]));
}

/** Negative sums and quantiles, and both sum and count of a histogram whose sum is forbidden, missing or has buckets below zero. */
function forbiddenInOpenMetrics(families: readonly Family[]): Set<string> {
  const forbidden = new Set<string>();
  for (const { name, type, samples } of families) {
    if (type === 'summary') {
      const negative = samples.filter((sample) => sample.value < 0 || (sample.name === `${name}_sum` && Number.isNaN(sample.value)));
      for (const sample of negative) forbidden.add(seriesKey(sample.name, sample.labels));
    } else if (type === 'histogram') {
      const without = ({ labels: { le: _, ...labels } }: { labels: Record<string, string> }): string => seriesKey(name, labels);
      for (const key of new Set(samples.map(without))) {
        const group = samples.filter((sample) => without(sample) === key);
        const sum = group.find((sample) => sample.name === `${name}_sum`);
        const below = group.some(({ labels }) => Number(labels['le']) < 0);
        if (sum !== undefined && sum.value >= 0 && !below) continue;
        for (const sample of group) {
          if (sample.name !== `${name}_bucket`) forbidden.add(seriesKey(sample.name, sample.labels));
        }
      }
    }
  }
  return forbidden;
}
