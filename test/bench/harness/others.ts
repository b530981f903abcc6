import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/ports.ts';
import { temporaryFolder } from '../../support/server.ts';
import { answers, startProgram, type Program } from './program.ts';
import type { Bench } from './scenario.ts';

/** A peer that serves a page. */
export interface Server extends Program {
  /** Without a path. */
  readonly url: string;
}

/** Without a file to persist to, as it comes: what is pushed lies in memory. */
export async function startPushgateway(path: string): Promise<Server> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [`--web.listen-address=${url.slice('http://'.length)}`, '--log.level=error'];
  return { ...(await startProgram({ command: path, args, ready: () => answers(`${url}/-/ready`) })), url };
}

/**
 * As it comes. It answers once samples are in memory and writes them to disk within seconds: a power cut loses what a
 * commit would have kept. Undefined where it is missing; ended with the scenario.
 */
export async function openVictoriaMetrics(bench: Bench): Promise<(Server & { readonly folder: string }) | undefined> {
  const { path } = bench.peers.victoriaMetrics;
  if (path === undefined) return undefined;
  const folder = await temporaryFolder();
  bench.after(() => rm(folder, { recursive: true, force: true }));
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [
    `-httpListenAddr=${url.slice('http://'.length)}`, `-storageDataPath=${folder}/victoria`, '-loggerLevel=ERROR',
    '-search.latencyOffset=0s', '-search.disableCache',
  ];
  const program = await startProgram({ command: path, args, cwd: folder, ready: () => answers(`${url}/health`) });
  bench.after(() => program.stop());
  return { ...program, url, folder: join(folder, 'victoria') };
}

/** prom-client in Fastify, in a process of its own. */
export async function startPromClient(series: number): Promise<Server> {
  return startFastify('prom-client-page.js', series);
}

/** Fastify with a string of so many bytes, in a process of its own. */
export async function startConstant(bytes: number): Promise<Server> {
  return startFastify('constant-page.js', bytes);
}

async function startFastify(script: string, argument: number): Promise<Server> {
  const program = await startProgram({
    command: process.execPath,
    args: [fileURLToPath(new URL(script, import.meta.url)), String(argument)],
    ready: (output) => output.includes('listening '),
  });
  return { ...program, url: /listening (\S+)/.exec(program.output())?.[1] ?? '' };
}

/** Scrapes one page every 15 seconds, its default. */
export async function startPrometheus(path: string, page: string, folder: string): Promise<Server> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const { host, pathname } = new URL(page);
  const config = join(folder, 'prometheus.yml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify({
    global: { scrape_interval: '15s' },
    scrape_configs: [{ job_name: 'noetl', metrics_path: pathname, static_configs: [{ targets: [host] }] }],
  }));
  const args = [`--config.file=${config}`, `--storage.tsdb.path=${folder}/tsdb`, `--web.listen-address=${url.slice('http://'.length)}`];
  return { ...(await startProgram({ command: path, args, cwd: folder, ready: () => answers(`${url}/-/ready`) })), url };
}
