import type { FastifyInstance } from 'fastify';

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
