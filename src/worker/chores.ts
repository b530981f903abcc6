import { escapeLiteral, type Pool } from 'pg';
import { hostSources, type Sample } from '../host/samples.ts';
import { before, rowsWithin } from '../server/database.ts';

/** What may be configured; intervals are in seconds. */
export interface WorkerConfig {
  /** METRICS_COLLECTOR_INTERVAL */
  readonly collectorInterval: number;
  /** NOETL_SERVER_METRICS_INTERVAL */
  readonly serverMetricsInterval: number;
  /** NOETL_WORKER_HEARTBEAT_INTERVAL */
  readonly heartbeatInterval: number;
  /** NOETL_RUNTIME_SWEEP_INTERVAL */
  readonly sweepInterval: number;
  /** The schema of graphile-worker, `graphile_worker` unless it has another. */
  readonly workerSchema?: string;
}

/** One run of a chore: when it must be over, and what cuts it short. */
export interface Turn {
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** Something done again and again. What it does is one statement. */
export interface Chore {
  readonly name: string;
  /** The name of its task and the key of its one job, in which servers that share the chore agree. */
  readonly key: string;
  /** Each server does its own, instead of one server doing it for all. */
  readonly perServer: boolean;
  readonly everySeconds: number;
  /** It may take this long. */
  readonly timeoutSeconds: number;
  /** The first page should have it. */
  readonly first?: true;
  run(turn: Turn): Promise<unknown>;
}

export interface ChoreParts {
  readonly pool: Pool;
  readonly runtimeId: string;
  readonly config: WorkerConfig;
}

/** The table of what keeps the house; what is gathered, except from this host, is data: see `collectors.ts`. */
export function chores({ pool, runtimeId, config }: ChoreParts): Chore[] {
  const statement =
    (sql: string): Chore['run'] =>
    async (turn) =>
      rowsWithin(pool, sql, turn);
  const perServer = (name: string): Identity => ({ name, key: `noetl:${name}:${runtimeId}`, perServer: true });
  const runtime = escapeLiteral(runtimeId);
  return [
    {
      ...perServer('host'),
      everySeconds: config.serverMetricsInterval,
      timeoutSeconds: 10,
      first: true,
      run: collectHost(pool, runtime),
    },
    {
      ...perServer('heartbeat'),
      everySeconds: config.heartbeatInterval,
      timeoutSeconds: 5,
      run: statement(`select noetl.heartbeat(${runtime})`),
    },
    {
      ...shared('fold'),
      everySeconds: 5,
      timeoutSeconds: 30,
      run: statement('select noetl.fold()'),
    },
    {
      ...shared('sweep'),
      everySeconds: config.sweepInterval,
      timeoutSeconds: 5,
      run: statement('select noetl.sweep_runtimes()'),
    },
    {
      ...shared('rotation'),
      everySeconds: 15,
      timeoutSeconds: 10,
      run: statement('select noetl.rotate_events()'),
    },
    {
      ...shared('maintenance'),
      everySeconds: 300,
      timeoutSeconds: 100,
      run: maintain(pool),
    },
  ];
}

/** Milliseconds of a run that reading the host leaves for the database. */
const timeToStore = 3000;

type Identity = Pick<Chore, 'name' | 'key' | 'perServer'>;

function shared(name: string): Identity {
  return { name, key: `noetl:${name}`, perServer: false };
}

/** The steps that are due, each in a transaction of its own: made and dropped in one, partitions could deadlock writers. */
function maintain(pool: Pool): Chore['run'] {
  return async (turn) => {
    const steps = await rowsWithin<[string]>(pool, 'select statement from noetl.maintenance_step order by position', turn);
    for (const [statement] of steps) await rowsWithin(pool, statement, turn);
  };
}

/** Stores what could be read, then fails if anything could not. */
function collectHost(pool: Pool, runtime: string): Chore['run'] {
  const sources = hostSources();
  return async ({ deadline, signal }) => {
    const readings = await Promise.allSettled(
      sources.map((source) => before(deadline - timeToStore, source.read(), signal)),
    );
    const samples: Sample[] = readings
      .flatMap((reading) => (reading.status === 'fulfilled' ? reading.value : []))
      .filter((sample) => Number.isFinite(sample.metric_value));
    const report = `select noetl.report(${runtime}, ${escapeLiteral(JSON.stringify(samples))})`;
    await rowsWithin(pool, report, { deadline, signal });
    const failed = readings.flatMap((reading, i) => (reading.status === 'rejected' ? [sources[i]?.name] : []));
    if (failed.length > 0) throw new Error(`nothing could be read about ${failed.join(', ')}`);
  };
}
