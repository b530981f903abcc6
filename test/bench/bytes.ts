import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { insertInto, makeBareTable, makeClassicalTable } from './harness/classical.ts';
import { openConnection } from './harness/http.ts';
import { openVictoriaMetrics } from './harness/others.ts';
import { openSession, valueOf } from './harness/postgres.ts';
import { judged } from './harness/rounds.ts';
import { lineOf, samples, storeSamples } from './harness/workload.ts';
import type { Bench, Scenario } from './harness/scenario.ts';

const series = 10_000;

/**
 * Bytes that a stored sample takes on disk, indexes included, after a vacuum: 10,000 series, so many samples of each,
 * stored by statements of 10,000 rows. A line of its own
 * is what ours keeps once for each series.
 *
 * VictoriaMetrics, a store made for nothing else, gets as many samples 15 seconds apart, of values that change, and
 * merges its parts; its index of the series is included.
 */
export const bytes: Scenario = {
  name: 'bytes',
  run: async (bench) => {
    const postgres = await bench.postgres();
    const each = bench.options.quick ? 2 : 50;
    const classical = await sizeOf(await postgres.empty('bytes_classical'), 'classical', each);
    const bare = await sizeOf(await postgres.empty('bytes_bare'), 'bare', each);
    const ours = await sizeOf(await postgres.installed('bytes_ours'), 'noetl.metric', each);
    const victoria = await inVictoriaMetrics(bench, each);
    const line = { scenario: 'bytes a sample', ours: { value: ours.perSample, unit: 'B' }, per: 'ours/theirs' } as const;
    const once = (ratio: number) => ({ median: ratio, min: ratio, max: ratio });
    bench.add(
      judged(bench, {
        ...line,
        peer: 'classical table',
        theirs: { value: classical.perSample, unit: 'B' },
        ratio: once(ours.perSample / classical.perSample),
        target: { share: 0.6 },
      }),
      { ...line, peer: 'bare table', theirs: { value: bare.perSample, unit: 'B' }, ratio: once(ours.perSample / bare.perSample) },
      ...(victoria === undefined ? [] : [{
        ...line, peer: 'VictoriaMetrics', theirs: { value: victoria, unit: 'B' as const }, ratio: once(ours.perSample / victoria),
      }]),
      { scenario: 'bytes a series, once', ours: { value: ours.perSeries, unit: 'B' } },
    );
  },
};

async function sizeOf(url: string, table: string, each: number): Promise<{ perSample: number; perSeries: number }> {
  const client = await openSession(url);
  await storeSamples(client, series);
  const installed = table === 'noetl.metric';
  if (installed) await client.query("select noetl.register_runtime('bench', 'bench')");
  if (table === 'classical') await makeClassicalTable(client);
  if (table === 'bare') await makeBareTable(client);
  for (let sample = 0; sample < each; sample += 1) {
    await client.query({ ...insertInto(table, series), values: [0] });
    if (installed) await client.query('select noetl.fold()');
  }
  await client.query('vacuum analyze');
  const perSample = Number(await valueOf<string>(
    client,
    'select sum(pg_total_relation_size(t.relid)) from (select $1::regclass as relid union select relid from pg_partition_tree($1)) as t',
    [table],
  )) / (series * each);
  const perSeries = installed
    ? Number(await valueOf<string>(client, `
        select sum(pg_total_relation_size(t)) from unnest('{_noetl.series,_noetl.state,_noetl.family}'::regclass[]) as t`)) / series
    : 0;
  await client.end();
  return { perSample, perSeries };
}

async function inVictoriaMetrics(bench: Bench, each: number): Promise<number | undefined> {
  const server = await openVictoriaMetrics(bench);
  if (server === undefined) return undefined;
  const connection = openConnection(`${server.url}/api/v1/import/prometheus`, 'POST');
  bench.after(() => connection.close());
  const [list, end] = [samples(series), Date.now()];
  for (let sample = 0; sample < each; sample += 1) {
    const at = end - (each - sample) * 15_000;
    await connection.send(list.map(({ metric_name, metric_value, labels }) => lineOf(metric_name, labels, metric_value * (1 + sample / 977), at)).join('\n'));
  }
  for (const work of ['force_flush', 'force_merge']) await fetch(`${server.url}/internal/${work}`);
  const size = async (): Promise<number> => Number((await promisify(execFile)('du', ['-sb', server.folder])).stdout.split('\t')[0]);
  let settled = await size();
  for (let before = 0; before !== settled; settled = await size()) {
    before = settled;
    await delay(2000);
  }
  return settled / (series * each);
}
