import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '../support/server.ts';
import { startPrometheus } from './harness/others.ts';
import { startProduct } from './harness/product.ts';
import type { Scenario } from './harness/scenario.ts';

/**
 * What `npm start` costs by being there: five minutes of it, scraped every 15 seconds by a Prometheus (by ourselves where
 * there is none), from ten seconds after its start. CPU as % of one core, from /proc: the server process, and PostgreSQL with all its processes,
 * those that ended included. Memory at the end, shared pages counted once.
 */
export const steady: Scenario = {
  name: 'steady',
  run: async (bench) => {
    const folder = await temporaryFolder();
    bench.after(() => rm(folder, { recursive: true, force: true }));
    const product = await startProduct({ NOETL_DATA_DIR: folder });
    bench.after(() => product.stop());
    const { path } = bench.peers.prometheus;
    if (path !== undefined) {
      const prometheus = await startPrometheus(path, product.url, folder);
      bench.after(() => prometheus.stop());
    }
    const postmaster = Number((await readFile(join(folder, 'cluster', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);

    const [minutes, settling] = bench.options.quick ? [0.1, 1] : [5, 10];
    await delay(settling * 1000);
    const begin = { at: performance.now(), server: await cpuOf(product.pid), database: await cpuOf(postmaster) };
    const end = begin.at + minutes * 60_000;
    while (performance.now() < end) {
      if (path === undefined) await (await fetch(product.url)).text();
      await delay(Math.min(15_000, Math.max(0, end - performance.now())));
    }
    const seconds = (performance.now() - begin.at) / 1000;
    const [server, database] = [await cpuOf(product.pid), await cpuOf(postmaster)];
    bench.add(
      { scenario: 'steady: server CPU', ours: { value: (100 * (server - begin.server)) / seconds, unit: '%' } },
      { scenario: 'steady: database CPU', ours: { value: (100 * (database - begin.database)) / seconds, unit: '%' } },
      { scenario: 'steady: server memory', ours: { value: await memoryOf(product.pid), unit: 'B' } },
      { scenario: 'steady: database memory', ours: { value: await memoryOf(postmaster), unit: 'B' } },
    );
    bench.note(`steady: ${Math.round(seconds)} seconds; % of one core, the database with all its processes`);
  },
};

/** Seconds of CPU that a process and its children have taken, those included that it has outlived. */
async function cpuOf(pid: number): Promise<number> {
  const ticks = 100;
  const [own, children] = [await statOf(pid), await childrenOf(pid)];
  // utime, stime, cutime, cstime
  const total = own.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticks;
  const live = await Promise.all(children.map(async (child) => {
    const [utime = '0', stime = '0'] = (await statOf(child)).slice(11, 13);
    return (Number(utime) + Number(stime)) / ticks;
  }));
  return live.reduce((sum, seconds) => sum + seconds, total);
}

/** Bytes of a process and its children, each shared page divided among those who share it. */
async function memoryOf(pid: number): Promise<number> {
  const processes = [pid, ...(await childrenOf(pid))];
  const sizes = await Promise.all(processes.map(async (each) => {
    const text = await readFile(`/proc/${each}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss: +(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
  }));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function childrenOf(pid: number): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const parents = await Promise.all(pids.map(async (each) => Number((await statOf(each))[1])));
  return pids.filter((_, place) => parents[place] === pid);
}

/** The fields of /proc/<pid>/stat after the name: state, parent, …; empty where the process has ended. */
async function statOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
