import { before } from './database.ts';

/** Asks for an answer by a deadline, a point on `clock()`. */
export type Ask<T> = (deadline: number) => Promise<T>;

/**
 * Callers at the same time share one answer, and there is never more than one piece of work at a time.
 *
 * A caller may share work that has not begun, but not work that has: what was committed after it began would be
 * missing from the answer. So while one piece of work runs, all newcomers wait together for the next one. Each
 * waits until its own deadline; the work has until the latest of them.
 */
export function inTurns<T>(work: (deadline: number) => Promise<T>): Ask<T> {
  let running: Promise<unknown> = Promise.resolve();
  let waiting: Promise<T> | undefined;
  let latest = 0;

  const begin = async (): Promise<T> => {
    const deadline = latest;
    waiting = undefined;
    latest = 0;
    return work(deadline);
  };

  return async (deadline) => {
    latest = Math.max(latest, deadline);
    if (waiting === undefined) {
      waiting = running.then(begin);
      running = waiting.then(ignore, ignore);
    }
    return before(deadline, waiting);
  };
}

function ignore(): void {}
