import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '../support/server.ts';
import { startPrometheus } from './harness/others.ts';
import { startProduct } from './harness/product.ts';
import { judged } from './harness/rounds.ts';
import type { Scenario } from './harness/scenario.ts';

/**
 * What `npm start` costs by being there: five minutes of it, scraped every 15 seconds by a Prometheus (by ourselves where
 * there is none), from a minute after its start, when every connection has planned what it runs. CPU as % of one core,
 * from /proc: the server process with what it has run, its sessions in PostgreSQL, and PostgreSQL's own processes, which
 * it runs without us too (and which our writing keeps busier). Memory at the end, shared pages counted once.
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

    const [minutes, settling] = bench.options.quick ? [0.1, 1] : [5, 60];
    const scrape = async (): Promise<unknown> => (path === undefined ? (await fetch(product.url)).text() : undefined);
    await delay(settling * 1000);
    const begin = { at: performance.now(), server: await cpuOf(product.pid), database: await cpuOf(postmaster) };
    const sessions = await sessionsOf(postmaster);
    for (let second = 0; second < minutes * 60; second += 1) {
      if (second % 15 === 0) await scrape();
      await delay(Math.max(0, begin.at + (second + 1) * 1000 - performance.now()));
      await sessions.look();
    }
    const seconds = (performance.now() - begin.at) / 1000;
    const share = (cpu: number): { value: number; unit: '%' } => ({ value: (100 * cpu) / seconds, unit: '%' });
    const [server, database] = [(await cpuOf(product.pid)) - begin.server, (await cpuOf(postmaster)) - begin.database];
    const own = sessions.taken();
    const memory = await memoryOf(product.pid);
    bench.add(
      { scenario: 'steady: server CPU', ours: share(server) },
      { scenario: 'steady: CPU of its sessions', ours: share(own) },
      judged(bench, { scenario: 'steady: both', ours: share(server + own), target: { under: 1 } }),
      { scenario: 'steady: CPU of PostgreSQL itself', ours: share(database - own) },
      judged(bench, { scenario: 'steady: server memory', ours: { value: memory, unit: 'B' }, target: { under: 100e6 } }),
      { scenario: 'steady: database memory', ours: { value: await memoryOf(postmaster), unit: 'B' } },
    );
    bench.note(`steady: ${Math.round(seconds)} seconds; % of one core; PostgreSQL itself: checkpointer, autovacuum and the like`);
  },
};

interface Sessions {
  look(): Promise<void>;
  /** Seconds of CPU since the first look; of a session that has ended, up to the last. */
  taken(): number;
}

/** The processes of a PostgreSQL server that serve a client; ours stay for minutes. */
async function sessionsOf(postmaster: number): Promise<Sessions> {
  const seen = new Map<number, { first: number; last: number }>();
  const look = async (): Promise<void> => {
    for (const pid of await childrenOf(postmaster)) {
      const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      // its user, database and address; all others have a name of one or two words
      if (!/^postgres: \S+ \S+ \S+\(\d+\) /.test(title)) continue;
      const last = await ticksOf(pid);
      seen.set(pid, { first: seen.get(pid)?.first ?? 0, last: Math.max(last, seen.get(pid)?.last ?? 0) });
    }
  };
  await look();
  for (const session of seen.values()) session.first = session.last;
  return { look, taken: () => [...seen.values()].reduce((sum, { first, last }) => sum + last - first, 0) };
}

/** Seconds of CPU that a process and its children have taken, those included that it has outlived. */
async function cpuOf(pid: number): Promise<number> {
  const children = await childrenOf(pid);
  const live = await Promise.all(children.map((child) => ticksOf(child)));
  return live.reduce((sum, seconds) => sum + seconds, await ticksOf(pid, true));
}

/** Seconds of CPU that a process has taken, with those children if asked that it has outlived. */
async function ticksOf(pid: number, withChildren = false): Promise<number> {
  // utime, stime, cutime, cstime, in hundredths of a second
  const fields = (await statOf(pid)).slice(11, withChildren ? 15 : 13);
  return fields.reduce((sum, field) => sum + Number(field), 0) / 100;
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
