import { setTimeout as delay } from 'node:timers/promises';
import type { Client, QueryConfig } from 'pg';
import { makeClassicalTable } from './harness/classical.ts';
import { openConnection } from './harness/http.ts';
import { openVictoriaMetrics } from './harness/others.ts';
import { openSession, type Postgres } from './harness/postgres.ts';
import { compare, repeat, timed } from './harness/rounds.ts';
import { lineOf } from './harness/workload.ts';
import type { Bench, Scenario } from './harness/scenario.ts';

const step = '15 seconds';
const name = 'bench_range';
const labels = JSON.stringify({ queue: 'queue-7', region: 'region-0', tenant: 'tenant-7' });

/**
 * A range query: the last value of each 15 seconds of one series over one day, of a day that holds a sample of every
 * series each 15 seconds. The same question to noetl.metric, by the series' fingerprint, and to the classical table, by
 * component, name and labels, with its indexes; both vacuumed and analyzed. Both must answer the same rows.
 *
 * VictoriaMetrics is asked by query_range over one kept HTTP connection, its response cache off; the tables over one kept
 * PostgreSQL connection. It must answer the same values.
 */
export const range: Scenario = {
  name: 'range',
  run: async (bench) => {
    const postgres = await bench.postgres();
    const [series, samples] = bench.options.quick ? [10, 100] : [bench.options.full ? 1000 : 200, 5760];
    const ours = await filled(postgres, 'range_ours', 'noetl.metric', series, samples);
    const classical = await filled(postgres, 'range_classical', 'classical', series, samples);
    bench.after(() => Promise.all([ours.end(), classical.end()]));

    const question = (table: string, condition: string) => ({
      name: 'range',
      text: `
        select distinct on (step) date_bin('${step}', m."timestamp", 'epoch') as step, m.metric_value as value
        from ${table} as m
        where ${condition} and m."timestamp" >= $2::timestamptz and m."timestamp" < $2::timestamptz + interval '1 day'
          and m.created_at >= $2::timestamptz and m.created_at < $2::timestamptz + interval '1 day'
        order by step, m."timestamp" desc`,
      values: [labels, day()],
    });
    const byFingerprint = question('noetl.metric', `m.series_id = _noetl.fingerprint(1, 'gauge', '${name}', $1)`);
    const byLabels = question('classical', `m.runtime_id = 1 and m.metric_name = '${name}' and m.labels @> $1`);
    const own = await ours.query<{ value: number }>(byFingerprint);
    const theirs = await classical.query(byLabels);
    if (own.rowCount !== samples || JSON.stringify(own.rows) !== JSON.stringify(theirs.rows)) throw new Error('the answers differ');

    const victoria = await inVictoriaMetrics(bench, series, samples);
    if (victoria !== undefined) await mustAnswer(victoria, own.rows.map(({ value }) => value));

    const queries = bench.options.quick ? 2 : 10;
    const asking = (client: Client, query: QueryConfig) => async () => (await timed(() => repeat(queries, () => client.query(query)))) / queries;
    await compare(bench, {
      scenario: `range, ${series} series`,
      ours: asking(ours, byFingerprint),
      beside: [{
        name: 'classical table',
        round: asking(classical, byLabels),
        target: { faster: 5 },
      }, ...(victoria === undefined ? [] : [{
        name: 'VictoriaMetrics',
        round: async () => (await timed(() => repeat(queries, victoria))) / queries,
      }])],
    });
  },
};

/** Holds the same samples; returns how to ask it for the values. */
async function inVictoriaMetrics(bench: Bench, series: number, samples: number): Promise<(() => Promise<number[]>) | undefined> {
  const server = await openVictoriaMetrics(bench);
  if (server === undefined) return undefined;
  const begin = Date.parse(day()) / 1000;
  const writing = openConnection(`${server.url}/api/v1/import/prometheus`, 'POST');
  for (let moment = 0; moment < samples; moment += 1) {
    const lines = Array.from({ length: series }, (_, s) => lineOf(
      name, { queue: `queue-${s}`, region: `region-${s % 7}`, tenant: `tenant-${s % 40}` }, (moment * 1009) % 9973, (begin + moment * 15) * 1000));
    await writing.send(lines.join('\n'));
  }
  await writing.close();
  for (const work of ['force_flush', 'force_merge']) await fetch(`${server.url}/internal/${work}`);
  const asked = new URLSearchParams({
    query: `${name}{queue="queue-7",region="region-0",tenant="tenant-7"}`, start: String(begin), end: String(begin + (samples - 1) * 15), step: '15s',
  });
  const asking = openConnection(`${server.url}/api/v1/query_range?${asked.toString()}`);
  bench.after(() => asking.close());
  return async () => {
    const answer = JSON.parse((await asking.send()).toString()) as { data: { result: { values: [number, string][] }[] } };
    return answer.data.result[0]?.values.map(([, value]) => Number(value)) ?? [];
  };
}

/** Asks again for as long as what was stored last may not be seen yet, and throws with the first value that differs. */
async function mustAnswer(ask: () => Promise<number[]>, values: readonly number[]): Promise<void> {
  for (const patience = Date.now() + 60_000; ; await delay(500)) {
    const answer = await ask();
    const place = values.findIndex((value, at) => value !== answer[at]);
    if (place < 0 && answer.length === values.length) return;
    if (Date.now() > patience) {
      throw new Error(`VictoriaMetrics answers otherwise: ${answer.length} values of ${values.length}, at ${place} ${answer[place]} where ours has ${values[place]}`);
    }
  }
}

/** Yesterday, UTC: a whole day of which both have a partition. */
function day(): string {
  return `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
}

async function filled(postgres: Postgres, database: string, table: string, series: number, samples: number): Promise<Client> {
  const installed = table === 'noetl.metric';
  const client = await openSession(await (installed ? postgres.installed(database) : postgres.empty(database)));
  if (installed) await client.query("select noetl.register_runtime('bench', 'bench')");
  else await makeClassicalTable(client);
  // As they come in: at each moment a sample of every series.
  const moments = Math.ceil(10_000 / series);
  for (let begin = 0; begin < samples; begin += moments) {
    await client.query(
      `insert into ${table} (runtime_id, metric_name, metric_type, metric_value, labels, "timestamp", created_at, expires_at)
       select 1, '${name}', 'gauge', moment * 1009 % 9973, jsonb_build_object('queue', 'queue-' || s, 'region', 'region-' || s % 7, 'tenant', 'tenant-' || s % 40),
         at, at, at + interval '3 days'
       from generate_series($2::integer, least($2 + $3, $4) - 1) as moment
       cross join lateral (select $1::timestamptz + moment * interval '${step}' as at) as t
       cross join generate_series(0, $5::integer - 1) as s`,
      [day(), begin, moments, samples, series],
    );
  }
  if (installed) await client.query('select noetl.fold()');
  await client.query('vacuum analyze');
  return client;
}
