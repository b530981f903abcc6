import type { ClientBase } from 'pg';

/**
 * The ground truth. Whatever a test records, it writes into exact.ledger in the same transaction; exact.expected says
 * from the ledger alone, with no code of ours, which lines the page must then have.
 */
export const ledgerSql = `
  create schema exact;
  create table exact.ledger (
    id bigint generated always as identity primary key,
    kind text not null,
    labels text not null,
    value double precision not null
  );
  create table exact.done (transaction text primary key);
  create view exact.bound as
  select bound, label
  from (values
    (0.005, '0.005'), (0.01, '0.01'), (0.025, '0.025'), (0.05, '0.05'), (0.1, '0.1'), (0.25, '0.25'), (0.5, '0.5'),
    (1, '1.0'), (2.5, '2.5'), (5, '5.0'), (10, '10.0'), ('Infinity'::double precision, '+Inf')) as bound (bound, label);
  create view exact.expected as
  with added as (
    select l.kind, l.labels, sum(l.value) as total, count(*) as times
    from exact.ledger as l
    group by l.kind, l.labels
  ),
  last as (
    select distinct on (l.kind, l.labels) l.kind, l.labels, l.value
    from exact.ledger as l
    order by l.kind, l.labels, l.id desc
  ),
  wait as (
    select l.labels, b.label, count(*) filter (where l.value <= b.bound) as observations
    from exact.ledger as l
    cross join exact.bound as b
    where l.kind = 'wait'
    group by l.labels, b.label
  )
  select 'exact_orders_total{' || labels || '}' as line, total as value from added where kind = 'orders'
  union all
  select 'exact_absolute_total{' || labels || '}', value from last where kind = 'absolute'
  union all
  select 'exact_mixed_total{' || labels || '}',
    coalesce((select l.value from last as l where l.kind = 'mixed_absolute' and l.labels = m.labels), 0)
    + coalesce((select a.total from added as a where a.kind = 'mixed_added' and a.labels = m.labels), 0)
  from (select distinct labels from last where kind in ('mixed_absolute', 'mixed_added')) as m
  union all
  select 'exact_level{' || labels || '}', value from last where kind = 'level'
  union all
  select 'exact_stored_level{' || labels || '}', value from last where kind = 'stored_level'
  union all
  select 'exact_wait_seconds_bucket{' || labels || ',le="' || label || '"}', observations from wait
  union all
  select 'exact_wait_seconds_sum{' || labels || '}', total from added where kind = 'wait'
  union all
  select 'exact_wait_seconds_count{' || labels || '}', times from added where kind = 'wait'
  union all
  select 'exact_size_sum{' || labels || '}', total from added where kind = 'size'
  union all
  select 'exact_size_count{' || labels || '}', times from added where kind = 'size'
  union all
  select 'exact_parts_seconds_' || part || coalesce(le || '}', '}'), value * factor
  from last
  cross join lateral (values
    ('bucket{' || labels, ',le="1.0"', 1), ('bucket{' || labels, ',le="+Inf"', 2), ('sum{' || labels, null, 3), ('count{' || labels, null, 2)
  ) as p (part, le, factor)
  where kind = 'parts';`;

export type Lines = Map<string, number>;

/** The sample lines of a page, by everything before the value. */
export function linesOf(page: string): Lines {
  const lines: Lines = new Map();
  for (const line of page.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const gap = line.lastIndexOf(' ');
    lines.set(line.slice(0, gap), Number(line.slice(gap + 1).replace('Inf', 'Infinity')));
  }
  return lines;
}

export interface Comparison {
  readonly lines: Lines;
  /** What is on one side only, or differs; nothing if the page is exact. */
  readonly differences: string[];
}

/** The page and the ledger in one statement, so of one moment: they must agree whatever goes on meanwhile. */
export async function compared(client: Pick<ClientBase, 'query'>): Promise<Comparison> {
  const { rows } = await client.query<{ page: string; expected: Record<string, number> | null }>(
    `select noetl.prometheus_text() as page, (select json_object_agg(line, value) from exact.expected) as expected`,
  );
  const lines = linesOf(rows[0]?.page ?? '');
  const expected = new Map(Object.entries(rows[0]?.expected ?? {}));
  return { lines, differences: differencesOf(lines, expected) };
}

export function differencesOf(lines: Lines, expected: Lines): string[] {
  const differences: string[] = [];
  for (const [line, value] of expected) {
    if (lines.get(line) !== value) differences.push(`${line}: the ledger says ${value}, the page ${lines.get(line) ?? 'nothing'}`);
  }
  for (const [line, value] of lines) {
    // quantiles are estimates
    if (line.startsWith('exact_') && !expected.has(line) && !line.includes('quantile=')) {
      differences.push(`${line}: not in the ledger, ${value} on the page`);
    }
  }
  return differences;
}
