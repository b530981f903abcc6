import { describe, expect } from 'vitest';
import { seededRandom } from '../exactness/random.ts';
import { useDatabase } from '../support/database.ts';
import { startPrometheus } from '../support/prometheus.ts';
import { needing, prometheus, promtool } from '../support/tools.ts';
import { randomExpression, randomSamples } from './random-expressions.ts';

/** NOETL_EXPRESSIONS=5000 asks so many. */
const expressions = Number(process.env['NOETL_EXPRESSIONS'] ?? 150);
const since = Date.parse('2026-03-01T10:00:00Z');
const [first, last, step] = [since + 5 * 60_000, since + 11 * 60_000, 60_000];

/** Labels → the values on the steps. */
type Answer = Map<string, Map<number, number>> | 'refused';

const key = (labels: object): string => JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

describe('random expressions', () => {
  const db = useDatabase();

  const ours = async (expression: string): Promise<Answer> => {
    try {
      const rows = await db.rows<{ labels: object; at: Date; value: number }>('select * from noetl.query_range($1, $2, $3, $4)', [
        expression, new Date(first), new Date(last), `${step} milliseconds`,
      ]);
      const answer = new Map<string, Map<number, number>>();
      for (const { labels, at, value } of rows) {
        const series = answer.get(key(labels)) ?? new Map<number, number>();
        answer.set(key(labels), series.set(at.getTime(), value));
      }
      return answer;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'NP002') return 'refused';
      throw new Error(`${expression}: ${String(error)}`, { cause: error });
    }
  };

  needing(prometheus, promtool)('have the values that Prometheus gives them', async () => {
    const random = seededRandom();
    const samples = randomSamples(random.fork(1), since);
    await db.rows('select noetl.import_samples($1, $2::jsonb[], $3::timestamptz[], $4::float8[])', [
      samples.map(({ name }) => name),
      samples.map(({ labels }) => JSON.stringify(labels)),
      samples.map(({ at }) => new Date(at)),
      samples.map(({ value }) => String(value)),
    ]);
    const written = (value: number): string => String(value).replace('Infinity', 'Inf');
    const page = samples.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map(({ name, labels, at, value }) =>
      `${name}{${Object.entries(labels).map(([label, of]) => `${label}="${of}"`).join(',')}} ${written(value)} ${at / 1000}\n`,
    );
    const judge = await startPrometheus({}, { samples: `${page.join('')}# EOF\n` });
    const theirs = async (expression: string): Promise<Answer> => {
      try {
        const { result } = await judge.ask<{ result: { metric: object; values: [number, string][] }[] }>('query_range', {
          query: expression, start: String(first / 1000), end: String(last / 1000), step: String(step / 1000),
        });
        return new Map(result.map(({ metric, values }) => [key(metric), new Map(values.map(([at, value]) => [at * 1000, Number(value.replace('Inf', 'Infinity'))]))]));
      } catch {
        return 'refused';
      }
    };
    const wrong: unknown[] = [];
    try {
      const draw = random.fork(2);
      for (let n = 0; n < expressions; n += 1) {
        const expression = randomExpression(draw);
        const difference = differing(await theirs(expression), await ours(expression));
        if (difference !== undefined) wrong.push([expression, difference]);
      }
    } finally {
      await judge.stop();
    }
    expect(wrong, `seed ${random.seed}`).toEqual([]);
  }, 600_000 + expressions * 1000);
});

function differing(theirs: Answer, ours: Answer): string | undefined {
  if (theirs === 'refused' || ours === 'refused') return theirs === ours ? undefined : `${theirs === 'refused' ? 'Prometheus' : 'noetl'} refused`;
  const seen = new Set([...theirs.keys(), ...ours.keys()]);
  for (const series of seen) {
    const [a, b] = [theirs.get(series), ours.get(series)];
    const times = new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])]);
    for (const at of times) {
      const [expected, found] = [a?.get(at), b?.get(at)];
      if (!isNear(expected, found)) return `${series} at ${(at - first) / step}: ${expected} in Prometheus, ${found} here`;
    }
  }
  return undefined;
}

function isNear(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b)) || Math.abs(a - b) < 1e-9;
}
