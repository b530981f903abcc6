import { canonicalFloat } from '../support/openmetrics.ts';
import type { TestDatabase } from '../support/database.ts';

/** Texts that have broken somebody's exposition. */
export const oddTexts: Readonly<Record<string, string>> = {
  backslashes: String.raw`C:\new\table\\`,
  quotes: `"double" and 'single' and \\"escaped\\"`,
  'line feeds': 'first\nsecond\n\nlast\n',
  'carriage returns': 'first\r\nsecond\rlast\r',
  tabs: 'a\tb',
  emoji: '👩‍🚀 ✓ ∞ 漢字 \u{1F600}',
  'what looks like a page': 'a} 1\n# EOF\n# HELP x y\nx{y="z"} 2',
  '4 kB': '0123456789abcdef'.repeat(256),
};

/** Numbers that have been rounded, spelled wrongly or lost somewhere. */
export const oddNumbers: readonly number[] = [
  0, -0, 1, -1, 0.1, 1 / 3, 1e6, 1e15, 1e16, 123456789.123, 2 ** 53, -(2 ** 63), 1e21, 1e22, 1e-5, 1e-7,
  5e-324, 2.2250738585072014e-308, 1e308, 1.7976931348623157e308, Infinity, -Infinity, NaN,
];

/** Series → value: the series written as its name and its labels, sorted. */
export type Values = ReadonlyMap<string, number>;

/** The last sample of each series in noetl.metric, as a scraper should store it. */
export async function valuesInTable(db: TestDatabase): Promise<Values> {
  const samples = await db.rows<{
    metric_name: string;
    metric_value: number;
    labels: Record<string, unknown>;
    component: Record<string, string>;
  }>(
    `select distinct on (m.series_id) m.metric_name, m.metric_value, m.labels,
       case when r.runtime_id = 0 then '{}'
         else jsonb_build_object('component', r.name, 'component_type', r.component_type) end as component
     from noetl.metric as m
     join noetl.runtime as r using (runtime_id)
     order by m.series_id, m.timestamp desc, m.metric_id desc`,
  );
  return new Map(
    samples.map(({ metric_name, metric_value, labels, component }) => {
      const written = Object.entries(labels).map(([name, value]) => [name, labelText(name, value)]);
      return [seriesKey(metric_name, { ...component, ...Object.fromEntries(written) as Record<string, string> }), metric_value];
    }),
  );
}

export function seriesKey(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  return `${name} ${JSON.stringify(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
}

function labelText(name: string, value: unknown): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return name === 'le' || name === 'quantile' ? canonicalFloat(Number(text.replace('Inf', 'Infinity'))) : text;
}
