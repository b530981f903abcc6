import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();

/** 200,000 samples of 1,000 series: the planner has a choice. */
beforeAll(async () => {
  await db.pool.query(`select noetl.register_runtime('w' || n, 'worker_pool') from generate_series(1, 10) as n`);
  await db.pool.query(`
    insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, "timestamp")
    select 1 + series % 10, 'metric_' || series / 10 % 10, 'gauge', sample, jsonb_build_object('queue', 'q' || series / 100),
      timestamptz '2026-01-01 00:00+00' - sample * interval '15 seconds'
    from generate_series(0, 199) as sample, generate_series(0, 999) as series`);
  await db.pool.query('select noetl.fold()');
  await db.pool.query('vacuum analyze noetl.metric, _noetl.series, _noetl.pending_series');
});

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Node[];
}

/** Every partition that a plan reads from end to end. */
async function wholePartitions(query: string): Promise<string[]> {
  const walk = (node: Node): string[] => [
    ...(node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? ''] : []),
    ...(node.Plans ?? []).flatMap(walk),
  ];
  const [plan] = await db.value<[{ Plan: Node }]>(`explain (format json) ${query}`);
  const rows = await db.rows<{ name: string; rows: number }>(
    `select relname as name, reltuples::int as rows from pg_class where relname like 'metric\\_%' and relkind = 'r'`,
  );
  const filled = new Set(rows.filter((row) => row.rows > 0).map((row) => row.name));
  expect([...filled]).toHaveLength(1);
  return walk(plan.Plan).filter((name) => filled.has(name));
}

describe('samples are looked up by index', () => {
  it.each([
    ['metric_id', `from noetl.metric where metric_id = 4711`, 1],
    ['time range', `from noetl.metric where "timestamp" >= '2025-12-31 23:59:40+00'`, 2000],
    ['component', `from noetl.sample where runtime_id = 3 and "timestamp" >= '2025-12-31 23:59:40+00'`, 200],
    ['name', `from noetl.sample where metric_name = 'metric_3' and "timestamp" >= '2025-12-31 23:59:40+00'`, 200],
    ['component and name', `from noetl.sample where runtime_id = 3 and metric_name = 'metric_3'`, 2000],
    ['labels', `from noetl.sample where labels @> '{"queue": "q7"}' and "timestamp" >= '2025-12-31 23:59:40+00'`, 200],
  ])('by %s', async (_, query, rows) => {
    expect(await db.value(`select count(*)::int ${query}`)).toBe(rows);
    expect(await wholePartitions(`select * ${query}`)).toEqual([]);
  });

  it('and a look without a condition reads all of it', async () => {
    expect(await wholePartitions('select * from noetl.metric')).toHaveLength(1);
  });
});

describe('an event looks up its one series among those of its name', () => {
  it.each([
    ['inc', (n) => `noetl.inc('recorded_total', '{"n": ${n}}')`],
    ['observe', (n) => `noetl.observe('recorded_seconds', 1, '{"n": ${n}}')`],
    ['set', (n) => `noetl.set('recorded_depth', 1, '{"n": ${n}}')`],
    ['inc_many', (n) => `noetl.inc_many('[{"name": "recorded_total", "labels": {"n": ${n}}}]')`],
    ['set_gauges', (n) => `_noetl.set_gauges('[["recorded_depth", {"n": ${n}}, 1]]', 0)`],
  ] satisfies [string, (n: number) => string][])('%s', async (_, call) => {
    await db.rows(`select ${Array.from({ length: 100 }, (__, n) => call(n)).join()}`);
    await db.rows('select noetl.fold()');
    const session = await db.session();
    await session.query('begin');
    for (let times = 0; times < 8; times += 1) await session.query(`select ${call(7)}`); // from the sixth on by a plan for any arguments
    const { rows } = await session.query<{ fetched: number; scanned: number }>(
      `select s.idx_tup_fetch::int as fetched, s.seq_tup_read::int as scanned from pg_stat_xact_all_tables as s where s.relid = '_noetl.series'::regclass`);
    expect(rows[0]?.fetched).toBeGreaterThanOrEqual(8);
    expect(rows[0]?.fetched).toBeLessThan(100);
    expect(rows[0]?.scanned).toBe(0);
    await session.query('rollback');
  });
});

it('a sample is found before the fold has merged its series', async () => {
  await db.pool.query(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('brand_new', 'gauge', 1)`);

  expect(await db.rows(`select metric_name, metric_value from noetl.sample where metric_name = 'brand_new'`)).toEqual([
    { metric_name: 'brand_new', metric_value: 1 },
  ]);
});
