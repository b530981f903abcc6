import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Task } from 'graphile-worker';
import { escapeLiteral, type Pool } from 'pg';
import type { Probe } from '../host/probes.ts';
import { before, clock, rowsWithin } from '../database.ts';
import type { SelfMetrics } from '../server/self.ts';

export interface TickParts {
  readonly pool: Pool;
  readonly logger: Pick<FastifyBaseLogger, 'error' | 'info'>;
  readonly self?: SelfMetrics | undefined;
  /** The component of this server. */
  readonly runtimeId: string;
  readonly probes: readonly Probe[];
  /** Told how many milliseconds from now a tick is due that this server has planned. */
  readonly announce: (key: string, wait: number) => void;
}

/** What is due is worked off in ticks: one for all servers, which any of them may run, and one of each server's own. */
export interface Ticks {
  /** By their names, which are also the keys of their jobs. */
  readonly tasks: Readonly<Record<string, Task>>;
  /** Runs both now; resolves when all that was due is done. */
  first(): Promise<void>;
  /** Sees to it that the next ticks are planned, as they are if this server has just begun one. */
  renew(): Promise<void>;
  /** How many collectors, probes and periodic tasks are being run. */
  readonly active: number;
  /** Begins nothing more, and cuts short what runs after so many milliseconds. */
  stop(patience: number): Promise<void>;
}

/** A row of `_noetl.due_work()`. */
interface Work {
  readonly kind: 'collector' | 'probe' | 'task' | 'tasks';
  readonly name: string;
  readonly statement: string | null;
  readonly beat: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** A tick of which everything has begun. */
interface Begun {
  ended(): Promise<void>;
}

/** What is run at once, so that a few that hang keep nothing waiting; each has a connection. */
const lanes = 6;
/** Milliseconds, all of them. */
/** What takes longer is not waited for: the next begins beside it. */
const stride = 50;
/** A tick that began no longer ago has planned the next one, which is not looked for. */
const fresh = 6000;
/** For a statement that only looks after the schedule. */
const patience = 5000;
/** For writing down how a collector went, beyond its timeout. */
const toRecord = 5000;

export function createTicks({ pool, logger, self, runtimeId, probes, announce }: TickParts): Ticks {
  const cut = new AbortController();
  const failing = new Map<string, string>();
  const running = new Set<Promise<void>>();
  /** For which each probe was begun last. */
  const beats = new Map<string, string>();
  /** When each tick was begun here last. */
  const begunAt = new Map<string, number>();
  let stopping = false;

  /**
   * Every statement is planned once by each connection: by the rule, six times before one plan is kept. None waits for
   * the disk: what a crash undoes is read again. A server that starts or is upgraded installs, and holds every view for
   * a second on a busy machine, which is no failure of ours.
   */
  const execute = async <R extends unknown[]>(sql: string, within = patience): Promise<R[]> =>
    rowsWithin<R>(pool, `set local plan_cache_mode = force_generic_plan; set local synchronous_commit = off; ${sql}`, {
      deadline: clock() + within,
      patient: true,
      signal: cut.signal,
    });

  /** Logs a failure when it is new, however often it comes. */
  const judge = (name: string, error: string | null): void => {
    self?.countCollectorError(name, error === null ? 0 : 1);
    const last = failing.get(name);
    if (error === null) {
      if (failing.delete(name)) logger.info(`collector ${name} works again`);
    } else if (error !== last) {
      failing.set(name, error);
      logger.error(`collector ${name} failed: ${error}`);
    }
  };

  /** What went wrong; null: nothing did; undefined: nothing was done, so that a failure before it stands. */
  const run: Record<Work['kind'], (work: Work) => Promise<string | null | undefined>> = {
    /** One message, so one transaction; no function can set its own timeout, so the collector's is set before it. */
    collector: async ({ name, beat, timeout }) => {
      const collector = escapeLiteral(name);
      const [row] = await execute<[boolean | null]>(
        `set local statement_timeout = ${timeout}; select noetl.run_collector(${collector}, ${escapeLiteral(beat)})`,
        timeout + toRecord,
      );
      if (row?.[0] !== false) return null;
      const [failed] = await execute<[string]>(`select s.error from noetl.collector_status as s where s.name = ${collector}`);
      return failed?.[0] ?? null;
    },

    probe: async ({ name, statement, beat, timeout }) => {
      if (beats.get(name) === beat) return null; // another tick has begun it
      beats.set(name, beat);
      const begun = clock();
      const probe = probes.find((each) => each.name === statement);
      const readings = await Promise.allSettled(
        probe?.sources.map((source) => before(begun + timeout, source.read(), cut.signal)) ?? [],
      );
      const samples = readings
        .flatMap((reading) => (reading.status === 'fulfilled' ? reading.value : []))
        .filter(({ metric_value: value }) => Number.isFinite(value));
      const failed = readings.flatMap((reading, i) => (reading.status === 'rejected' ? [probe?.sources[i]?.name] : []));
      const errors = [
        ...(probe === undefined ? [`this server has no probe "${statement}"`] : []),
        ...(failed.length > 0 ? [`nothing could be read about ${failed.join(', ')}`] : []),
      ];
      const seconds = (clock() - begun) / 1000;
      const record = async (found: readonly unknown[], error: string | null): Promise<string | null> => {
        await execute(`select _noetl.record_probe(${escapeLiteral(name)}, ${escapeLiteral(runtimeId)}, ${escapeLiteral(beat)},
          ${escapeLiteral(JSON.stringify(found))}, ${error === null ? 'null' : escapeLiteral(error)}, ${seconds})`);
        return error;
      };
      return record(samples, errors.join('; ') || null).catch(async (error: unknown) => record([], messageOf(error)));
    },

    task: async ({ statement, timeout }) => {
      const [row] = await execute<unknown[]>(statement ?? '', timeout);
      return row?.[0] === null ? undefined : null; // null: another session is at it
    },

    tasks: async ({ statement, timeout }) => {
      const deadline = clock() + timeout;
      for (const [each] of await execute<[string]>(statement ?? '', timeout)) await execute(each, deadline - clock());
      return null;
    },
  };

  const attempt = async (work: Work): Promise<void> => {
    const error = await run[work.kind](work).catch(messageOf);
    if (!stopping && error !== undefined) judge(work.name, error);
  };

  /** One after another, as long as each is quick; what tells the end of all. */
  const begin = async (works: readonly Work[]): Promise<Begun> => {
    const begun: Promise<void>[] = [];
    for (const work of works) {
      while (running.size >= lanes) await Promise.race(running);
      if (stopping) break;
      const one = attempt(work).finally(() => running.delete(one));
      running.add(one);
      begun.push(one);
      await Promise.race([one, delay(stride)]);
    }
    return { ended: async () => void (await Promise.all(begun)) };
  };

  /** The next one is planned before anything else, so that nothing that is slow, hangs or dies keeps it back. */
  const tick = async (server: string | null): Promise<Begun> => {
    const [row] = await execute<[{ wait: number | null; due: Work[] }]>(
      `select _noetl.begin_tick(${server === null ? 'null' : escapeLiteral(server)})`,
    );
    if (row === undefined || stopping) return begin([]);
    const [{ wait, due }] = row;
    if (wait !== null) {
      announce(keyOf(server), wait);
      begunAt.set(keyOf(server), clock());
    }
    return begin(due);
  };

  const scopes = [null, runtimeId];
  return {
    tasks: Object.fromEntries(
      scopes.map((server) => [
        keyOf(server),
        async () => {
          await tick(server);
        },
      ]),
    ),
    first: async () => {
      await Promise.all(scopes.map(async (server) => (await tick(server)).ended()));
    },
    renew: async () => {
      for (const server of scopes) {
        if (clock() - (begunAt.get(keyOf(server)) ?? -Infinity) < fresh) continue;
        const [row] = await execute<[number | null]>(`select _noetl.renew_tick(${server === null ? 'null' : escapeLiteral(server)})`);
        const wait = row?.[0] ?? null;
        if (wait !== null) announce(keyOf(server), wait);
      }
    },
    get active() {
      return running.size;
    },
    stop: async (grace) => {
      stopping = true;
      await Promise.race([Promise.all(running), delay(grace, undefined, { ref: false })]);
      cut.abort();
    },
  };
}

/** As `_noetl.tick_key()` has it. */
function keyOf(server: string | null): string {
  return server === null ? 'noetl:tick' : `noetl:tick:${server}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
