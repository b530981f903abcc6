import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { useCluster } from '../support/cluster.ts';
import { freePort } from '../support/ports.ts';
import { temporaryFolder } from '../support/server.ts';
import { needing, pathOf, prometheus, victoriaMetrics } from '../support/tools.ts';
import { slow, useWorkers } from '../worker/worker.ts';

const cluster = useCluster();
const workers = useWorkers();

/** A program that takes remote writes, which can be killed and started again on the same data. */
class Program {
  readonly url: string;
  readonly #start: () => ChildProcess;
  #child: ChildProcess | undefined;

  constructor(port: number, start: () => ChildProcess) {
    this.url = `http://127.0.0.1:${port}`;
    this.#start = start;
  }

  async start(ready: string): Promise<void> {
    this.#child = this.#start();
    await expect.poll(() => fetch(`${this.url}${ready}`).then(({ ok }) => ok, () => false), { interval: 50 }).toBe(true);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async ask<T>(path: string, parameters: Record<string, string>): Promise<T> {
    const response = await fetch(`${this.url}${path}?${new URLSearchParams(parameters).toString()}`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- so its API says
    return (await response.json()) as T;
  }
}

/** Passes requests on, or does what else may happen to one. */
type Mishap = 'none' | 'answer 500' | 'answer 429' | 'answer 400' | 'hang' | 'lose the answer';

interface Gate {
  readonly url: string;
  mishap: Mishap;
  readonly met: Set<Mishap>;
  readonly server: Server;
}

async function startGate(target: string): Promise<Gate> {
  const port = await freePort();
  const server = createServer((incoming, outgoing) => {
    const { mishap } = gate;
    gate.met.add(mishap);
    const status = /^answer (\d+)$/.exec(mishap)?.[1];
    if (mishap === 'hang') return;
    if (status !== undefined) {
      incoming.resume();
      outgoing.writeHead(Number(status)).end('so it goes');
      return;
    }
    const onward = httpRequest(`${target}${incoming.url ?? ''}`, { method: incoming.method, headers: incoming.headers }, (answer) => {
      if (mishap === 'lose the answer') {
        answer.resume();
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const gate: Gate = { url: `http://127.0.0.1:${port}`, mishap: 'none', met: new Set(), server };
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return gate;
}

describe('what forwarding brings to', () => {
  let folder: string;
  let program: Program;
  let gate: Gate;
  let url: string;
  let database: Client;
  let named = 0;
  beforeEach(async () => {
    folder = await temporaryFolder();
    named += 1;
    url = await cluster.installed(`forwarding_${named}`);
    await connect();
  });
  afterEach(async () => {
    await program.kill();
    gate.server.closeAllConnections();
    gate.server.close();
    await database.end().catch(() => {});
    await rm(folder, { recursive: true, force: true });
  });
  const connect = async (): Promise<void> => {
    database = new Client(url);
    database.on('error', () => {});
    await database.connect();
  };
  const value = async <T>(sql: string, values: unknown[] = []): Promise<T> => Object.values<T>((await database.query<Record<string, T>>(sql, values)).rows[0] ?? {})[0] as T;

  /** Of a scrape: lines that come and go, and numbers of all kinds. */
  const linesOf = (n: number): Record<string, number> => ({
    'orders_total{shop="a"}': 3 * n,
    'orders_total{shop="ü \\"b\\""}': n % 13,
    temperature: 20 + Math.sin(n),
    odd: [Number.NaN, Infinity, -Infinity, 1e-300, 0.1, -0.5][n % 6] ?? 0,
    ...(n % 10 < 6 && { 'sometimes{x="1"}': n }),
    ...(n > 17 && { late: 1 }),
    'wait_seconds_bucket{le="0.1"}': n,
    'wait_seconds_bucket{le="+Inf"}': 2 * n,
  });

  const ordeal = async (begun: number, ready: string, end: NodeJS.Signals): Promise<void> => {
    await value(`select noetl.set_alert_rule(name, enabled => false) from noetl.alert_rule`);
    await value(`insert into _noetl.scraper (scraper, what) values (1000, 'test')`);
    await value(`select noetl.add_forwarding('there', $1, since => to_timestamp($2), selector => '{__name__!~"noetl_.*"}', timeout => '300 milliseconds', batch_samples => 40)`, [
      `${gate.url}/api/v1/write`, begun / 1000 - 1,
    ]);
    await workers(url, 'server', slow);
    const scrape = async (n: number, at: number): Promise<void> => {
      const lines = linesOf(n);
      await value('select _noetl.store_scrape(1000, to_timestamp($1), $2, $3, array_fill(false, array[cardinality($2::text[])]))', [at / 1000, Object.keys(lines), Object.values(lines)]);
      await value('update _noetl.forwarding_target set due_at = least(due_at, now())'); // in fast motion no pause is long
      await value('select _noetl.plan_forwarding()');
    };
    /** Until the last request has met what happens to it. */
    const meets = async (mishap: Mishap): Promise<void> => {
      gate.mishap = mishap;
      await expect.poll(async () => {
        await value('update _noetl.forwarding_target set due_at = null');
        await value('select _noetl.plan_forwarding()');
        return gate.met.has(mishap);
      }, { interval: 20 }).toBe(true);
    };
    const events = new Map<number, () => Promise<void>>([
      [3, async () => meets('answer 500')],
      [6, async () => meets('answer 429')],
      [9, async () => meets('answer 400')],
      [12, async () => meets('hang')],
      [15, async () => meets('lose the answer')],
      [16, async () => void (gate.mishap = 'none')],
      [20, async () => program.kill(end)],
      [24, async () => program.start(ready)],
      [27, async () => {
        await cluster.crash();
        await cluster.start();
        await connect();
      }],
    ]);
    for (let n = 0; n < 40; n += 1) {
      // the clock of the database is an hour ahead for a minute
      const ahead = n >= 32 && n < 36 ? 3_600_000 : 0;
      await scrape(n, begun + 15_000 * n + ahead);
      await events.get(n)?.();
    }
    await expect.poll(async () => {
      await value('update _noetl.forwarding_target set due_at = null').catch(() => {});
      await value('select _noetl.plan_forwarding()');
      return value('select not l.behind and t.lease is null from _noetl.forwarding_lag as l join _noetl.forwarding_target as t on t.name = l.target');
    }, { interval: 50 }).toBe(true);
    expect([...gate.met].toSorted()).toEqual(['answer 400', 'answer 429', 'answer 500', 'hang', 'lose the answer', 'none']);
  };

  /** All samples of the archive but those that are no decimal numbers: of each series time and value, a stale marker as null. */
  const archived = async (): Promise<Record<string, [number, number | null][]>> => {
    const { rows } = await database.query<{ name: string; labels: Record<string, string>; at: string[]; vals: (number | null)[] }>(
      `select l.name, l.labels, s.at_ms as at, s.vals from _noetl.place as p join _noetl.line as l using (line_id)
       cross join lateral _noetl.line_samples(array[l.line_id], '-infinity', 'infinity') as s where p.scraper = 1000 and l.name <> 'odd'`,
    );
    return Object.fromEntries(rows.map(({ name, labels, at, vals }) => [name + JSON.stringify(labels), at.map((ms, i) => [Number(ms), rounded(vals[i] ?? null)])]));
  };

  needing(prometheus)('a real Prometheus is what the archive has, whatever happens on the way', async () => {
    const port = await freePort();
    await writeFile(join(folder, 'prometheus.yml'), '{}');
    program = new Program(port, () =>
      spawn(pathOf(prometheus), [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`, '--web.enable-remote-write-receiver'], { stdio: 'ignore' }),
    );
    await program.start('/-/ready');
    gate = await startGate(program.url);
    const begun = Math.floor(Date.now() / 15_000) * 15_000 - 600_000;
    await ordeal(begun, '/-/ready', 'SIGKILL');
    const window = { start: String(begun / 1000 - 15), end: String(begun / 1000 + 615), step: '15' };
    interface Matrix {
      readonly data: { readonly result: readonly { readonly metric: Record<string, string>; readonly values: readonly [number, string][] }[] };
    }
    const byLabels = ({ data }: Matrix): [string, unknown][] =>
      data.result.map(({ metric, values }): [string, unknown] => [JSON.stringify(Object.entries(metric).toSorted(([a], [b]) => (a < b ? -1 : 1))), values]).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const there = await program.ask<Matrix>('/api/v1/query_range', { query: '{__name__=~".+"}', ...window });
    const here = await value<string>(`select string_agg(piece, '') from noetl.prometheus_query_range($1::jsonb) as r (piece)`, [
      JSON.stringify(Object.fromEntries(Object.entries({ query: '{__name__=~"orders_total|temperature|odd|sometimes|late|wait_seconds_bucket"}', ...window }).map(([name, each]) => [name, [each]]))),
    ]);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as Prometheus has it
    expect(byLabels(there)).toEqual(byLabels(JSON.parse(here) as Matrix));
    expect(there.data.result).toHaveLength(8);
  });

  needing(victoriaMetrics)('a real VictoriaMetrics is what the archive has, whatever happens on the way', async () => {
    const port = await freePort();
    program = new Program(port, () =>
      spawn(pathOf(victoriaMetrics), [`-storageDataPath=${folder}/data`, `-httpListenAddr=127.0.0.1:${port}`, '-dedup.minScrapeInterval=1ms', '-retentionPeriod=100y'], { stdio: 'ignore' }),
    );
    await program.start('/health');
    gate = await startGate(program.url);
    const begun = Math.floor(Date.now() / 15_000) * 15_000 - 600_000;
    await ordeal(begun, '/health', 'SIGTERM'); // killed, it forgets what it has taken in the last second
    // it shows what it has taken about a second later
    const exported = async (): Promise<unknown> => {
      const answer = await fetch(`${program.url}/api/v1/export?${new URLSearchParams({ 'match[]': '{__name__!="odd"}', start: String(begun / 1000 - 60) }).toString()}`);
      return Object.fromEntries(
        (await answer.text()).trim().split('\n').filter((line) => line !== '').map((line) => {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- so its API says
          const { metric, values, timestamps } = JSON.parse(line) as { metric: Record<string, string>; values: (number | null)[]; timestamps: number[] };
          const { __name__: name = '', ...labels } = metric;
          return [name + JSON.stringify(labels), timestamps.map((ms, i) => [ms, rounded(values[i] ?? null)])];
        }),
      );
    };
    const here = await archived();
    expect(Object.keys(here)).toHaveLength(7);
    await expect.poll(exported, { interval: 200, timeout: 60_000 }).toEqual(here);
  });
});

/** VictoriaMetrics keeps 12 digits. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(11));
}
