import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './ports.ts';
import { temporaryFolder } from './server.ts';
import { pathOf, prometheus, promtool } from './tools.ts';

const run = promisify(execFile);

/** A series as Prometheus stored it: its labels (`__name__` among them) and its values in the order of time. */
export interface StoredSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/** A real Prometheus on loopback, with a data folder of its own. */
export interface Prometheus {
  /** Every sample of the last minutes that the selector matches; without staleness markers. */
  stored(selector: string): Promise<StoredSeries[]>;
  /** HELP, TYPE and UNIT as a job's target declared them. */
  metadata(job: string): Promise<{ metric: string; type: string; help: string; unit: string }[]>;
  /** What its HTTP API answers at /api/v1/<path>; what it refuses is an error. */
  ask<T>(path: string, parameters?: Readonly<Record<string, string>>): Promise<T>;
  /** What it logged at level warn or above. */
  complaints(): string[];
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** A rule file, judged every second. */
  readonly rules?: string;
  /** Keep the labels job and instance that a page has, as for a Pushgateway. */
  readonly honorLabels?: boolean;
  /** Samples it has from the start, of any age: a page in OpenMetrics with a time on each line. */
  readonly samples?: string;
  /** Where it sends all that it stores. */
  readonly remoteWrite?: string;
}

/** Starts it on pages to be scraped every two seconds: job name → URL. */
export async function startPrometheus(
  jobs: Readonly<Record<string, string>>,
  { rules, honorLabels = false, samples, remoteWrite }: PrometheusOptions = {},
): Promise<Prometheus> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const config = join(folder, 'prometheus.yml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify({ ...configuration(jobs, honorLabels), ...(rules !== undefined && { rule_files: ['rules.yml'] }), ...(remoteWrite !== undefined && { remote_write: [{ url: remoteWrite, queue_config: { batch_send_deadline: '1s' } }] }) }));
  if (rules !== undefined) await writeFile(join(folder, 'rules.yml'), rules);
  if (samples !== undefined) {
    await writeFile(join(folder, 'samples'), samples);
    await run(pathOf(promtool), ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'samples'), join(folder, 'data')]);
  }
  const child = spawn(
    pathOf(prometheus),
    [`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`, '--storage.tsdb.retention.time=100y'],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = once(child, 'exit');

  const base = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (const patience = Date.now() + 120_000; !(await isReady(base)); await delay(50)) {
    if (Date.now() < patience && child.exitCode === null) continue;
    await stop();
    throw new Error(`Prometheus did not start:\n${log}`);
  }
  return {
    stored: async (selector) => {
      const { result } = await ask<{ result: StoredMatrix }>(base, 'query', { query: `${selector}[1h]` });
      return result.map(({ metric, values }) => ({ labels: metric, values: values.map(([, value]) => numberOf(value)) }));
    },
    metadata: async (job) => ask(base, 'targets/metadata', { match_target: `{job="${job}"}` }),
    ask: async (path, parameters = {}) => ask(base, path, parameters),
    complaints: () => log.split('\n').filter((line) => /level=(?:warn|error)/.test(line)),
    stop,
  };
}

type StoredMatrix = readonly { metric: Record<string, string>; values: readonly [number, string][] }[];

function configuration(jobs: Readonly<Record<string, string>>, honor_labels: boolean): object {
  return {
    global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '1s' },
    scrape_configs: Object.entries(jobs).map(([job_name, url]) => {
      const { host, pathname } = new URL(url);
      return { job_name, honor_labels, metrics_path: pathname, static_configs: [{ targets: [host] }] };
    }),
  };
}

async function isReady(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/-/ready`)).ok;
  } catch {
    return false;
  }
}

async function ask<T>(base: string, path: string, parameters: Readonly<Record<string, string>>): Promise<T> {
  const response = await fetch(`${base}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`);
  const answer = (await response.json()) as { status: string; data: T; error?: string };
  if (answer.status !== 'success') throw new Error(`Prometheus refused ${path}: ${answer.error ?? ''}`);
  return answer.data;
}

function numberOf(written: string): number {
  return Number(written.replace('Inf', 'Infinity'));
}

/** What stands between a scraper and the page, remembers the answers, and may ask for another format. */
export interface Relay {
  readonly url: string;
  /** `status contentType` of every answer so far. */
  readonly answers: string[];
  stop(): Promise<void>;
}

/** Relays to `page`; with `accept`, as a scraper would that asks for that. */
export async function startRelay(page: string, accept?: string): Promise<Relay> {
  const answers: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, ...(accept === undefined ? {} : { accept }) };
    const forwarded = request(page, { method: incoming.method, headers }, (answer: IncomingMessage) => {
      answers.push(`${answer.statusCode ?? 0} ${answer.headers['content-type'] ?? ''}`);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    forwarded.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(page).pathname}`,
    answers,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What `promtool check metrics` says of a page of text 0.0.4: nothing, if it has no complaint. */
export async function promtoolComplaints(page: string): Promise<string[]> {
  const child = spawn(pathOf(promtool), ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end(page);
  const [status] = (await once(child, 'close')) as [number | null];
  const complaints = said.split('\n').filter((line) => line !== '');
  return status === 0 || complaints.length > 0 ? complaints : [`promtool ended with status ${status ?? 'none'}`];
}
