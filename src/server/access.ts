import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
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

/** The right that a request's token gives; "everybody's": none is asked for; undefined: it shows none that we know. */
export type Known = (request: FastifyRequest) => Right | 'everybody' | undefined;

/** Without any token set, everybody has every right; once one is set, a right that no token gives is nobody's. */
export function knownBy(tokens: Tokens): Known {
  const digests = rights.map((right) => digest(tokens[right]));
  if (digests.every((known) => known === undefined)) return () => 'everybody';
  return ({ headers }) => {
    const shown = digest(tokenOf(headers.authorization));
    // each is compared, so that how long it takes does not tell which it was
    const same = digests.map((known) => shown !== undefined && known !== undefined && timingSafeEqual(known, shown));
    return rights[same.lastIndexOf(true)];
  };
}

/** Lets through who has the right: 401 for who shows no token of ours, 403 for who shows one that may not do this. */
export function guard(known: Known): onRequestHookHandler {
  return (request, reply, done) => {
    const { right = request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'admin' } = request.routeOptions.config;
    if (right === 'none') return done();
    const held = known(request);
    if (held === 'everybody' || (held !== undefined && rights.indexOf(held) >= rights.indexOf(right))) return done();
    const error = held !== undefined ? `, error="insufficient_scope", scope="${right}"`
      : request.headers.authorization !== undefined ? ', error="invalid_token"' : '';
    const needed = `A bearer token that may ${right === 'admin' ? 'administer' : right} is needed`;
    const refusal = held === undefined ? { statusCode: 401, message: `${needed}.` } : { statusCode: 403, message: `${needed}; this one may only ${held}.` };
    answerProblem(refusal, request, reply.header('www-authenticate', `Bearer realm="noetl-metrics"${error}`));
  };
}

function tokenOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

/** Of one length, so that comparing takes the same time however alike the tokens are. */
function digest(token: string | undefined): Buffer | undefined {
  return token === undefined ? undefined : createHash('sha256').update(token).digest();
}
