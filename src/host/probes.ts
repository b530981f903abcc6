import { cpus, loadavg, uptime } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { mem, networkInterfaceDefault, networkStats } from 'systeminformation';
import { fileSystems, type FileSystem } from './disks.ts';

/** One element of what `noetl.report` takes. */
export interface Sample {
  readonly metric_name: string;
  readonly metric_type: 'counter' | 'gauge';
  readonly metric_value: number;
  readonly help_text: string;
  readonly unit?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What SQL cannot see: the machine and this process. Each is a source of its own, so that one may fail alone. */
export interface Source {
  readonly name: string;
  read(): Promise<Sample[]>;
}

/** What one collector of `noetl.collector` reads: it goes on the page together, and off it. */
export interface Probe {
  /** As `noetl.collector.probe` has it. */
  readonly name: string;
  readonly sources: readonly Source[];
}

/** A machine that runs containers has one mount for each of them; a dashboard wants the first few. */
const mostMounts = 20;
/** Milliseconds. */
const routeIsKept = 600_000;

/** The machine, its disks, and this process, each a probe: a file system that hangs must not hide the rest. */
export function hostProbes(): readonly [host: Probe, disk: Probe, process: Probe] {
  return [
    { name: 'host', sources: [cpuSource(), memory, networkSource(), load] },
    { name: 'host_disk', sources: [diskSource()] },
    { name: 'process', sources: [processSource()] },
  ];
}

/** Remembers what it saw last: usage is of the time since. (`currentLoad` waits for two processes to print /proc/stat.) */
function cpuSource(): Source {
  let [busy, all] = cpuTimes();
  let ratio = Number.NaN;
  return {
    name: 'cpu',
    read: async () => {
      let [busyNow, allNow] = cpuTimes();
      // the kernel counts in hundredths of a second
      while (allNow === all && Number.isNaN(ratio)) {
        await delay(20);
        [busyNow, allNow] = cpuTimes();
      }
      if (allNow > all) ratio = (busyNow - busy) / (allNow - all);
      [busy, all] = [busyNow, allNow];
      return [gauge('noetl_host_cpu_usage_ratio', ratio, 'Share of all processors in use; 1 is all of them.')];
    },
  };
}

function cpuTimes(): [busy: number, all: number] {
  const times = cpus().map((each) => each.times);
  const all = times.flatMap((each) => Object.values(each)).reduce((sum, time) => sum + time, 0);
  return [all - times.reduce((sum, { idle }) => sum + idle, 0), all];
}

/** A container with a limit has no more than that, whatever the machine has. Where there is none, Node says 0 or more than there is. */
export async function memoryWithin(limit: number, availableHere: () => number, machine: () => Promise<{ total: number; available: number }>): Promise<{ total: number; available: number }> {
  const { total, available } = await machine();
  if (!(limit > 0 && limit < total)) return { total, available };
  return { total: limit, available: Math.min(available, limit, Math.max(0, availableHere())) };
}

const memory: Source = {
  name: 'memory',
  read: async () => {
    const { total, available } = await memoryWithin(process.constrainedMemory(), () => process.availableMemory(), mem);
    return [
      gauge('noetl_host_memory_size_bytes', total, 'Memory of the machine.'),
      gauge('noetl_host_memory_used_bytes', total - available, 'Memory in use that cannot be had back at once.'),
      gauge('noetl_host_memory_usage_ratio', (total - available) / total, 'Share of the memory in use.'),
    ];
  },
};

/** A reading that hangs is waited for again, as another would hang beside it. */
function diskSource(): Source {
  let reading: Promise<FileSystem[]> | undefined;
  return {
    name: 'disk',
    read: async () => {
      reading ??= fileSystems().finally(() => {
        reading = undefined;
      });
      const byMount = new Map((await reading).map((each) => [each.mount, each]));
      return [...byMount.values()].slice(0, mostMounts).flatMap(({ mount, size, used: bytes, available }) => [
        gauge('noetl_host_disk_size_bytes', size, 'Size of the file system.', { mountpoint: mount }),
        gauge('noetl_host_disk_used_bytes', bytes, 'Space in use on the file system.', { mountpoint: mount }),
        gauge('noetl_host_disk_usage_ratio', bytes / (bytes + available), 'Share of the space open to users in use.', {
          mountpoint: mount,
        }),
      ]);
    },
  };
}

/** Of the interface that has the default route, which only other processes can tell, while everything waits. */
function networkSource(): Source {
  let route: { iface: string; at: number } | undefined;
  return {
    name: 'network',
    read: async () => {
      if (route === undefined || performance.now() - route.at > routeIsKept) {
        route = { iface: await networkInterfaceDefault(), at: performance.now() };
      }
      if (route.iface === '') return [];
      return (await networkStats(route.iface)).flatMap(({ iface, rx_bytes: received, tx_bytes: sent }) => [
        counter('noetl_host_network_received_bytes_total', received, 'Bytes that the machine received.', { interface: iface }),
        counter('noetl_host_network_sent_bytes_total', sent, 'Bytes that the machine sent.', { interface: iface }),
      ]);
    },
  };
}

const load: Source = {
  name: 'load',
  read: async () => [
    ...[1, 5, 15].map((minutes, i) =>
      gauge('noetl_host_load_average', loadavg()[i] ?? 0, 'Processes that ran or waited to, on average over so many minutes.', {
        minutes: String(minutes),
      }),
    ),
    gauge('noetl_host_uptime_seconds', uptime(), 'Time since the machine started.'),
  ],
};

/** Remembers the processor time it saw last: usage is what was used since the previous reading. */
export function processSource(): Source {
  let used = process.cpuUsage();
  let at = performance.now();
  let loop = performance.eventLoopUtilization();
  return {
    name: 'process',
    read: async () => {
      const now = performance.now();
      const { user, system } = process.cpuUsage(used);
      const ratio = (user + system) / 1000 / (now - at);
      used = process.cpuUsage();
      at = now;
      const busy = performance.eventLoopUtilization(loop).utilization;
      loop = performance.eventLoopUtilization();
      return [
        gauge('noetl_process_cpu_usage_ratio', ratio, 'Processor time of the process; 1 is one processor.'),
        gauge('noetl_process_resident_memory_bytes', process.memoryUsage.rss(), 'Memory of the process.'),
        gauge('noetl_process_eventloop_usage_ratio', busy, 'Share of the time that the event loop of the process was busy; 1 is saturated.'),
        gauge('noetl_process_uptime_seconds', process.uptime(), 'Time since the process started.'),
      ];
    },
  };
}

/** What a worker knows of itself. */
export interface WorkerState {
  /** Tasks that it is running. */
  readonly activeTasks: number;
  /** Tasks that wait for it; left out where nobody knows. */
  readonly queueSize?: number;
  /** Without it, busy when it runs anything. */
  readonly status?: 'ready' | 'busy';
}

/** What a worker's process reads of the machine and of itself. */
export function workerSources(): readonly Source[] {
  return [cpuSource(), memory, processSource()];
}

/** The status of a worker by its state. */
export function workerStatus({ activeTasks, status = activeTasks > 0 ? 'busy' : 'ready' }: WorkerState): 'ready' | 'busy' {
  return status;
}

/** A worker's state as samples. */
export function workerSamples(state: WorkerState): Sample[] {
  const { activeTasks, queueSize } = state;
  return [
    gauge('noetl_worker_active_tasks', activeTasks, 'Tasks that the worker is running.'),
    ...(queueSize === undefined ? [] : [gauge('noetl_worker_queue_size', queueSize, 'Tasks that wait for the worker.')]),
    ...['ready', 'busy'].map((each) =>
      gauge('noetl_worker_status', each === workerStatus(state) ? 1 : 0, 'Whether the worker is in this status: 1 or 0.', { status: each }),
    ),
  ];
}

type Labels = Readonly<Record<string, string>>;

function gauge(name: string, value: number, help: string, labels?: Labels): Sample {
  return sample('gauge', name, value, help, labels);
}

function counter(name: string, value: number, help: string, labels?: Labels): Sample {
  return sample('counter', name, value, help, labels);
}

function sample(type: Sample['metric_type'], name: string, value: number, help: string, labels?: Labels): Sample {
  const unit = /_(bytes|ratio|seconds)(_total)?$/.exec(name)?.[1];
  return {
    metric_name: name,
    metric_type: type,
    metric_value: value,
    help_text: help,
    ...(unit === undefined ? {} : { unit }),
    ...(labels === undefined ? {} : { labels }),
  };
}
