import type { FastifyInstance } from 'fastify';
import { before } from './database.ts';

/** There is more to do than there is room for, and less to be had by waiting than by trying again. */
export class Busy extends Error {
  override readonly name = 'Busy';
  readonly statusCode = 503;
  constructor() {
    super('The server is busy: try again.');
  }
}

/** Runs a piece of work when its turn comes, which must be by the deadline. */
export type Turnstile = <T>(deadline: number, work: () => Promise<T>) => Promise<T>;

/** So many pieces of work run at once and so many wait, first come first served; whoever comes then is refused at once. */
export function turnstile(running: number, waiting: number): Turnstile {
  let free = running;
  const queue: (() => void)[] = [];
  const leave = (): void => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const enter = async (deadline: number): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (queue.length >= waiting) throw new Busy();
    let called = ignore;
    const turn = new Promise<void>((resolve) => (called = resolve));
    queue.push(called);
    try {
      await before(deadline, turn);
    } catch (error) {
      const place = queue.indexOf(called);
      if (place >= 0) queue.splice(place, 1);
      else leave(); // called and overdue in the same moment
      throw error;
    }
  };
  return async (deadline, work) => {
    await enter(deadline);
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

/** What a slow client is granted. */
export interface Patience {
  /** Milliseconds to take an answer. */
  readonly answer: number;
  /** Milliseconds to stop sending a body that is answered already; closing sooner could lose the answer on its way. */
  readonly linger: number;
}

/** Ends the connections of clients that do not take their answer, or go on sending what was refused. */
export function endSlowClients(app: FastifyInstance, { answer, linger }: Patience): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    // with it the connection is closed as soon as the answer is written, and not after `linger`
    if (!request.raw.complete) reply.removeHeader('connection');
    const timer = setTimeout(() => reply.raw.destroy(), answer);
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  });
  app.addHook('onResponse', ({ raw }, _reply, done) => {
    done();
    if (raw.complete) return;
    const timer = setTimeout(() => raw.destroy(), linger);
    raw.once('close', () => clearTimeout(timer));
    raw.once('end', () => clearTimeout(timer));
  });
}

function ignore(): void {}
