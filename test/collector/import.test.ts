import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFiles, parsed } from '../../src/import.ts';
import { useDatabase } from '../support/database.ts';
import { freePort } from '../support/ports.ts';
import { needing, pathOf, sqlExporter } from '../support/tools.ts';

const db = useDatabase();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

interface Outcome {
  name: string;
  became: string;
  metrics: string[] | null;
  notes: string[];
}

async function imported(yaml: string, more: { preset?: string; dryRun?: boolean } = {}): Promise<Outcome[]> {
  return db.rows<Outcome & Record<string, unknown>>('select * from noetl.import_collectors($1, $2, $3)', [JSON.stringify(parsed(yaml, 'test')[0]), more.preset, more.dryRun ?? false]);
}
const page = async (pattern: RegExp): Promise<string[]> =>
  (await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => pattern.test(line)).toSorted();

const queries = `
shop_orders:
  query: "select 'new'::name as state, 3 as n, 7::numeric as seen_total, true as open, timestamptz '2026-01-01 00:00:10Z' as since,
  interval '1.5 s' as took, 'up' as health, '2.5' as written, null::int as none, 9 as extra, 'text' as other; -- all of it"
  cache_seconds: 30
  metrics:
    - state: {usage: "LABEL", description: "State"}
    - n: {usage: "GAUGE", description: "Orders."}
    - seen_total: {usage: "COUNTER"}
    - open: {usage: "GAUGE"}
    - since: {usage: "GAUGE"}
    - took: {usage: "DURATION"}
    - health: {usage: "MAPPEDMETRIC", metric_mapping: {up: 1, down: 0}}
    - written: {usage: "GAUGE"}
    - none: {usage: "GAUGE"}
    - other: {usage: "DISCARD"}
    - gone: {usage: "GAUGE"}
shop_wait:
  query: select array[0.1, 1] as seconds, array[1, 3] as seconds_bucket, 2.5 as seconds_sum, 4 as seconds_count
  runonserver: ">=9.4.0"
  metrics:
    - seconds: {usage: HISTOGRAM, description: "How long."}
    - seconds_bucket: {usage: DISCARD}
    - seconds_sum: {usage: DISCARD}
    - seconds_count: {usage: DISCARD}
shop_old:
  query: select 1 as a
  runonserver: "<10.0.0"
  metrics: [{a: {usage: GAUGE}}]
shop_broken:
  query: select pg_xlog_location() as a
  metrics: [{a: {usage: GAUGE}}]
`;

describe("a queries.yaml of postgres_exporter's", () => {
  it('changes nothing when only asked', async () => {
    expect((await imported(queries, { dryRun: true })).map(({ became }) => became).toSorted()).toEqual(['added', 'added', 'refused', 'skipped']);
    expect(await db.rows(`select from noetl.collector where origin = 'own'`)).toEqual([]);
    expect(await page(/shop/)).toEqual([]);
  });

  it('becomes a collector a query, each tried, with what could not be taken over and why', async () => {
    expect((await imported(queries)).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'shop_broken', became: 'refused', metrics: null, notes: ['function pg_xlog_location() does not exist'] },
      { name: 'shop_old', became: 'skipped', metrics: null, notes: ["runonserver: <10.0.0 is not this server's version"] },
      {
        name: 'shop_orders',
        became: 'added',
        metrics: ['extra', 'health', 'n', 'none', 'open', 'seen_total', 'since', 'took_milliseconds', 'written'].map((name) => `shop_orders_${name}`),
        notes: ['1 columns are DISCARD', 'the result has no column "gone"'],
      },
      { name: 'shop_wait', became: 'added', metrics: ['shop_wait_seconds'], notes: ['3 columns are DISCARD'] },
    ]);
    expect(await page(/^shop/)).toEqual([
      'shop_orders_extra{state="new"} 9',
      'shop_orders_health{state="new"} 1',
      'shop_orders_n{state="new"} 3',
      'shop_orders_open{state="new"} 1',
      'shop_orders_seen_total{state="new"} 7',
      'shop_orders_since{state="new"} 1767225610',
      'shop_orders_took_milliseconds{state="new"} 1500',
      'shop_orders_written{state="new"} 2.5',
      'shop_wait_seconds_bucket{le="+Inf"} 4',
      'shop_wait_seconds_bucket{le="0.1"} 1',
      'shop_wait_seconds_bucket{le="1.0"} 3',
      'shop_wait_seconds_count 4',
      'shop_wait_seconds_sum 2.5',
    ]);
    expect(await page(/^# (HELP|TYPE) shop_orders_(n|seen_total|extra) /)).toEqual([
      '# HELP shop_orders_extra No help text.',
      '# HELP shop_orders_n Orders.',
      '# HELP shop_orders_seen_total No help text.',
      '# TYPE shop_orders_extra untyped',
      '# TYPE shop_orders_n gauge',
      '# TYPE shop_orders_seen_total counter',
    ]);
    expect(await db.rows(`select name, every::text, timeout::text from noetl.collector where name like 'shop%' order by 1`)).toEqual([
      { name: 'shop_orders', every: '00:00:30', timeout: '00:00:10' },
      { name: 'shop_wait', every: '00:00:15', timeout: '00:00:10' },
    ]);
  });

  it('may be imported again: unchanged is said so, changed is changed, and what is disabled stays so', async () => {
    const outcomes = async (yaml: string): Promise<string[]> => (await imported(yaml)).filter(({ name }) => /orders|wait/.test(name)).map(({ became }) => became);
    expect(await outcomes(queries)).toEqual(['unchanged', 'unchanged']);
    await db.rows(`select noetl.disable_collector('shop_wait')`);
    expect(await outcomes(queries)).toEqual(['unchanged', 'unchanged']);
    expect((await imported(queries.replace('2.5 as seconds_sum', '9 as seconds_sum'))).map(({ name, became }) => `${name} ${became}`)).toContain('shop_wait changed');
    expect(await db.row(`select enabled, query like '%9 as seconds_sum%' as is_new from noetl.collector where name = 'shop_wait'`)).toEqual({ enabled: false, is_new: true });
    expect(await page(/^shop_wait/)).toEqual([]);
  });

  it("runs with the rights of whoever imports it, not with the owner's", async () => {
    await db.rows(`drop role if exists importer; create role importer; grant noetl_admin to importer; create table secret as select 42 as n`);
    const session = await db.session();
    await session.query('set role importer');
    const { rows } = await session.query<Outcome>(`select * from noetl.import_collectors('{"leak": {"query": "select n from public.secret", "metrics": [{"n": {"usage": "GAUGE"}}]}}')`);
    expect(rows).toMatchObject([{ became: 'refused', notes: [expect.stringContaining('permission denied for table secret')] }]);
    await session.end();
    await db.rows('drop owned by importer; drop role importer');
  });
});

describe("a collector file of sql_exporter's", () => {
  it('has key, static and value labels, one query for several metrics, an interval and times of its own', async () => {
    const outcomes = await imported(`
collector_name: store
min_interval: 1m30s
metrics:
  - {metric_name: store_io, type: counter, help: 'Blocks.', key_labels: [db], static_labels: {env: dev}, value_label: operation, values: [reads, hits], query_ref: io}
  - {metric_name: store_reads, type: gauge, help: 'Reads.', key_labels: [db], values: [reads], query_ref: io}
  - {metric_name: store_host, type: gauge, help: 'Host.', key_labels: [host], static_value: 1, query: select 'a' as host}
  - {metric_name: store_late, type: gauge, help: 'Late.', values: [n], timestamp_value: at, query: "select 5 as n, now() - interval '1 hour' as at"}
  - {metric_name: store_none, type: gauge, help: 'None.', values: [n], query_ref: missing}
queries:
  - query_name: io
    query: |
      select datname as db, 3 as reads, 4.5 as hits from (values ('a'::name), (null)) as d (datname);
`);
    expect(outcomes).toEqual([
      { name: 'store_io', became: 'added', metrics: ['store_io', 'store_reads'], notes: [] },
      { name: 'store_store_host', became: 'added', metrics: ['store_host'], notes: [] },
      { name: 'store_store_late', became: 'added', metrics: ['store_late'], notes: [] },
      { name: 'store_missing', became: 'skipped', metrics: null, notes: ['there is no query "missing"'] },
    ]);
    // what was measured an hour ago is stale
    expect(await page(/^store_/)).toEqual([
      'store_host{host="a"} 1',
      'store_io{db="a",env="dev",operation="hits"} 4.5',
      'store_io{db="a",env="dev",operation="reads"} 3',
      'store_io{env="dev",operation="hits"} 4.5',
      'store_io{env="dev",operation="reads"} 3',
      'store_reads 3',
      'store_reads{db="a"} 3',
    ]);
    expect(await db.row(`select metric_value, "timestamp" = created_at - interval '1 hour' as is_late from noetl.metric where metric_name = 'store_late'`)).toEqual({ metric_value: 5, is_late: true });
    expect(await db.value(`select every::text from noetl.collector where name = 'store_io'`)).toBe('00:01:30');
  });
});

describe("metrics of pgwatch's", () => {
  const metrics = `
metrics:
  load:
    description: The load. More of it.
    sqls: {1: select wrong, 14: "select 1 as epoch_ns, 'x'::name as tag_zone, 3 as n, 4 as busy, true as ok, 'text' as note, null::int as none", 99: select wrong}
    gauges: [busy]
  hashes:
    sqls: {14: "select 1 as epoch_ns, n as tag_item, 'h' || n as md5 from generate_series(1, 2) as n"}
    gauges: ['*']
  twice:
    sqls: {14: "select 1 as epoch_ns, 5 as n from generate_series(1, 2);"}
    gauges: ['*']
    storage_name: shared
  load_approx:
    sqls: {14: "select 1 as epoch_ns, 6 as n"}
    storage_name: load
  pooler: {sqls: {0: show stats}}
  none: {sqls: {14: ""}}
  later: {sqls: {99: select 1 as n}}
  slow: {sqls: {14: select 1 as n}, init_sql: create extension x}
presets:
  small: {metrics: {load: 30, slow: 3600}}
`;

  it('become collectors with the SQL for this version, tags as labels, and what is no gauge a counter', async () => {
    expect(Object.fromEntries((await imported(metrics)).map(({ name, became, notes }) => [name, [became, ...notes]]))).toEqual({
      pgwatch_load: ['added'],
      pgwatch_hashes: ['added'],
      pgwatch_twice: ['added'],
      pgwatch_load_approx: ['added'],
      pgwatch_pooler: ['skipped', 'its query is none of PostgreSQL'],
      pgwatch_none: ['skipped', 'it has no query of its own'],
      pgwatch_later: ['skipped', expect.stringMatching(/^it has no SQL for PostgreSQL 1\d$/)],
      pgwatch_slow: ['added', 'it has an init_sql, which is not run', 'it runs each 00:04:00, not each 01:00:00: after the setting staleness a value is off the page'],
    });
    expect(await page(/^pgwatch_/)).toEqual([
      'pgwatch_hashes_info{item="1",md5="h1"} 1',
      'pgwatch_hashes_info{item="2",md5="h2"} 1',
      'pgwatch_load_approx_n 6',
      'pgwatch_load_busy{zone="x"} 4',
      'pgwatch_load_n{zone="x"} 3',
      'pgwatch_load_ok{zone="x"} 1',
      'pgwatch_shared_n 5',
      'pgwatch_slow_n 1',
    ]);
    expect(await page(/^# .* pgwatch_load_(n|busy) /)).toEqual([
      '# HELP pgwatch_load_busy The load',
      '# HELP pgwatch_load_n The load',
      '# TYPE pgwatch_load_busy gauge',
      '# TYPE pgwatch_load_n counter',
    ]);
  });

  it('of one preset have its intervals', async () => {
    expect((await imported(metrics, { preset: 'small' })).map(({ name }) => name)).toEqual(['pgwatch_load', 'pgwatch_slow']);
    expect(await db.value(`select every::text from noetl.collector where name = 'pgwatch_load'`)).toBe('00:00:30');
  });
});

describe('noetl-metrics import', () => {
  it('says of each query of each file what it became, also of the files that one names', async () => {
    await writeFile(join(folder, 'sql_exporter.yml'), 'target: {collectors: [a, b]}\ncollector_files: ["*.collector.yml"]\n');
    await writeFile(join(folder, 'a.collector.yml'), 'collector_name: a\nmetrics: [{metric_name: a_n, type: gauge, help: h, values: [n], query: select 1 as n}]\n');
    await writeFile(join(folder, 'b.collector.yml'), 'collector_name: b\nmetrics: [{metric_name: b_n, type: gauge, help: h, values: [n], query: select wrong}]\n');
    const said: string[] = [];
    expect(await importFiles(db.url, { files: [join(folder, 'sql_exporter.yml')], dryRun: false }, (line) => said.push(line))).toBe(false);
    expect(said).toEqual(['✓ a_a_n                   added: a_n', '✗ b_b_n                   refused; column "wrong" does not exist', '1 added, 1 refused']);
    said.length = 0;
    expect(await importFiles(db.url, { files: [join(folder, 'a.collector.yml')], dryRun: true }, (line) => said.push(line))).toBe(true);
    expect(said).toEqual(['✓ a_a_n                   unchanged: a_n', 'nothing is changed (--dry-run); it would be: 1 unchanged']);
  });

  it('refuses what is no YAML, or has no query, with the name of the file', async () => {
    expect(() => parsed('a: "b', 'f.yml')).toThrow('f.yml: Missing closing "quote at line 1, column 6:');
    await writeFile(join(folder, 'other.yml'), 'scrape_configs: []\n');
    await expect(importFiles(db.url, { files: [join(folder, 'other.yml')], dryRun: false }, () => {})).rejects.toThrow(/other.yml: it has no query of postgres_exporter/);
  });
});

describe('beside a real sql_exporter', () => {
  needing(sqlExporter)('the same file on the same database gives the same lines', async () => {
    const connection = new URL(db.url);
    connection.href = connection.href.replace(/^\w+:/, 'postgres:');
    connection.searchParams.set('sslmode', 'disable');
    const { username, host } = connection;
    const yaml = `
jobs:
- name: job
  interval: '1s'
  connections: ['${connection.href}']
  queries:
  - name: orders
    help: Orders.
    labels: [state, zone]
    values: [n, half]
    query: |
      select state, zone, n, n / 2.0 as half from (values ('new', 'a'::text, 3::bigint), ('paid', '', 5), ('gone', null, 7)) as o (state, zone, n);
  - name: store-size
    help: Size.
    values: [size]
    query_ref: sizes
queries:
  sizes: select 1e300::float8 as size
`;
    const [port, file] = [await freePort(), join(folder, 'sql_job.yml')];
    await writeFile(file, yaml);
    const child = spawn(pathOf(sqlExporter), ['-config.file', file, '-web.listen-address', `127.0.0.1:${port}`], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const told = async (): Promise<string[]> => {
      const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(async (answer) => answer.text()).catch(() => '');
      return text.split('\n').filter((line) => /^(# (HELP|TYPE) )?sql_(orders|storesize)/.test(line)).map((line) => line.replace('1e+300', '1e300').replaceAll(/,\w+=""/g, '')).toSorted(); // an empty label is none
    };
    await expect.poll(async () => (await told()).length).toBe(9);
    const theirs = await told();
    child.kill();
    await ended;
    expect((await imported(yaml)).map(({ became, notes }) => [became, ...notes])).toEqual([['added'], ['added']]);
    expect((await page(/^(# (HELP|TYPE) )?sql_(orders|storesize)/)).map((line) => line.replace('1e+300', '1e300'))).toEqual(theirs);
    expect(theirs).toContain(`sql_orders{col="half",database="${db.name}",driver="postgres",host="${host}",sql_job="job",state="new",user="${username}",zone="a"} 1.5`);
  });
});
