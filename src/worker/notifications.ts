import type { Task } from 'graphile-worker';
import { escapeLiteral } from 'pg';
import { headersWithSecrets, messageOf, withSecrets } from './secrets.ts';

/** What `_noetl.begin_notification()` gives. */
interface Notification {
  readonly kind: 'alertmanager' | 'webhook' | 'slack' | 'sql';
  /** A URL, or for sql a function. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly body: unknown;
  readonly firing: readonly number[];
  readonly resolved: readonly number[];
}

export interface NotificationParts {
  /** Runs one statement within so many milliseconds. */
  readonly execute: <R extends unknown[]>(sql: string, within?: number) => Promise<R[]>;
  readonly report: (error: unknown) => void;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** How many targets may hang at once before the next has to wait. */
const lanes = 8;
/** Milliseconds, for writing down how it went. */
const toRecord = 5000;

/**
 * The task `noetl:notify`: tells one target of one group of alerts. The job ends as soon as the telling has begun, so that
 * a target that hangs holds up neither ticks nor other targets; what is not told when it should be is planned again by the
 * next evaluation, by whichever server is there.
 */
export function createNotify({ execute, report, env, signal }: NotificationParts): Task {
  /** By target: one at a time for each. */
  const running = new Map<string, Promise<void>>();

  const tell = async (target: string, group: string): Promise<void> => {
    const key = `${escapeLiteral(target)}, ${escapeLiteral(group)}::jsonb`;
    const [row] = await execute<[Notification | null]>(`select _noetl.begin_notification(${key})`);
    const notification = row?.[0] ?? null;
    if (notification === null) return;
    const error = await deliver(notification).then(() => null, messageOf);
    await execute(
      `select _noetl.end_notification(${key}, ${ids(notification.firing)}, ${ids(notification.resolved)}, ${error === null ? 'null' : escapeLiteral(error)})`,
      toRecord,
    );
  };

  const deliver = async ({ kind, target, headers, timeout, body }: Notification): Promise<void> => {
    if (kind === 'sql') {
      await execute(`set local statement_timeout = ${timeout}; select _noetl.call_notification(${escapeLiteral(target)}, ${escapeLiteral(JSON.stringify(body))})`, timeout + toRecord);
      return;
    }
    const response = await fetch(await withSecrets(target, env), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'noetl-metrics', ...(await headersWithSecrets(headers, env)) },
      body: JSON.stringify(body),
      redirect: 'error', // or a receiver could send us to where only we can go
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    const said = (await response.text()).slice(0, 300);
    if (!response.ok) throw new Error(`it answered ${response.status}: ${said}`);
  };

  return async (payload) => {
    if (!isGroup(payload) || running.has(payload.target) || running.size >= lanes) return;
    const { target, group } = payload;
    running.set(target, tell(target, JSON.stringify(group)).catch(report).finally(() => running.delete(target)));
  };
}

/** The payload of a job of `_noetl.plan_notifications()`. */
function isGroup(payload: unknown): payload is { target: string; group: object } {
  return typeof payload === 'object' && payload !== null && 'target' in payload && typeof payload.target === 'string' && 'group' in payload;
}

/** Alerts as a literal of bigint[]. */
function ids(list: readonly number[]): string {
  return `'{${list.join(',')}}'`;
}
