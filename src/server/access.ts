import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem } from './problem.ts';

/** Each may also do what those before it may. */
const rights = ['read', 'write', 'admin'] as const;
export type Right = (typeof rights)[number];

export type Tokens = { readonly [R in Right]?: string | undefined };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may; without it, GET is for readers and the rest for the admin. */
    readonly right?: Right | 'none';
  }
}

/**
 * Lets through who shows a token that has the right. Without any token set, everybody has every right; once one is set, a
 * right that no token gives is nobody's.
 */
export function guard(tokens: Tokens): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const digests = rights.map((right) => digest(tokens[right]));
  const open = digests.every((known) => known === undefined);
  return async (request, reply) => {
    const { right = request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'admin' } = request.routeOptions.config;
    if (open || right === 'none') return undefined;
    const shown = digest(/^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]);
    const sufficient = digests.slice(rights.indexOf(right));
    if (shown !== undefined && sufficient.some((known) => known !== undefined && timingSafeEqual(known, shown))) return undefined;
    answerProblem(refused(right), request, reply.header('www-authenticate', 'Bearer'));
    return reply;
  };
}

function refused(right: Right): { statusCode: number; message: string } {
  return { statusCode: 401, message: `A bearer token that may ${right === 'admin' ? 'administer' : right} is needed.` };
}

/** Of one length, so that comparing takes the same time however alike the tokens are. */
function digest(token: string | undefined): Buffer | undefined {
  return token === undefined ? undefined : createHash('sha256').update(token).digest();
}
