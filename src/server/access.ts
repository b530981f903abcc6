import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import { Told } from './problem.ts';

/** Each may also do what those before it may. */
const rights = ['reader', 'writer', 'admin'] as const;
export type Right = (typeof rights)[number];

export interface Tokens {
  readonly read?: string | undefined;
  readonly write?: string | undefined;
  readonly admin?: string | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may; without it, as the endpoint says, and where there is none GET is for readers and the rest for the admin. */
    readonly right?: Right | 'none';
  }
}

/** The right that a request's token gives; "everybody": none is asked for; undefined: it shows none that we know. */
export type Known = (request: Pick<FastifyRequest, 'headers'>) => Right | 'everybody' | undefined;

/** Without any token set, everybody has every right; once one is set, a right that no token gives is nobody's. */
export function knownBy({ read, write, admin }: Tokens): Known {
  const digests = [read, write, admin].map(digest);
  if (digests.every((known) => known === undefined)) return () => 'everybody';
  return ({ headers }) => {
    const shown = digest(tokenOf(headers.authorization));
    // each is compared, so that how long it takes does not tell which it was
    const same = digests.map((known) => shown !== undefined && known !== undefined && timingSafeEqual(known, shown));
    return rights[same.lastIndexOf(true)];
  };
}

const verbs: Readonly<Record<Right, string>> = { reader: 'read', writer: 'write', admin: 'administer' };

/** Lets through who has the right: 401 for who shows no token of ours, 403 for who shows one that may not do this. */
export function guard(known: Known): onRequestHookHandler {
  return (request, reply, done) => {
    const { endpoint, right = endpoint?.right ?? (isSafe(request) ? 'reader' : 'admin') } = request.routeOptions.config;
    if (right === 'none') return done();
    const held = known(request);
    if (held === 'everybody' || (held !== undefined && rights.indexOf(held) >= rights.indexOf(right))) return done();
    const error = held !== undefined ? `, error="insufficient_scope", scope="${scopes[right]}"`
      : request.headers.authorization !== undefined ? ', error="invalid_token"' : '';
    void reply.header('www-authenticate', `Bearer realm="noetl-metrics"${error}`);
    const needed = `A bearer token that may ${verbs[right]} is needed`;
    done(held === undefined ? new Told(401, `${needed}.`) : new Told(403, `${needed}; this one may only ${scopes[held]}.`));
  };
}

/** As the settings of the tokens are called. */
const scopes: Readonly<Record<Right, string>> = { reader: 'read', writer: 'write', admin: 'admin' };

/**
 * Where no tokens are asked for, who may is decided by who reaches the server: on loopback any program of this machine,
 * and so its browser. A page of another site that has its name resolved to 127.0.0.1 shows that name as the Host.
 */
export function ownHost(known: Known, names: readonly string[]): onRequestHookHandler {
  const own = new Set(names.map((name) => name.toLowerCase()));
  return (request, _reply, done) => {
    const { host } = request.headers;
    if (host === undefined || known(request) !== 'everybody') return done();
    const name = (/^(\[.*\]|[^:]*)(?::\d*)?$/.exec(host)?.[1] ?? host).replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '').toLowerCase();
    if (isLoopback(name) || own.has(name)) return done();
    done(new Told(421, `The host ${JSON.stringify(host.slice(0, 100))} is none of this server's names: set NOETL_ALLOWED_HOSTS, or tokens.`));
  };
}

export function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Refuses what a browser sends for a page of another site, unless it only reads: that page cannot read the answer. */
export const ownSite: onRequestHookHandler = (request, _reply, done) => {
  const { 'sec-fetch-site': site, origin, host } = request.headers;
  if (isSafe(request)) return done();
  const foreign = site === undefined ? origin !== undefined && hostOf(origin) !== host : site !== 'same-origin' && site !== 'none';
  done(foreign ? new Told(403, 'A page of another site may not do this.') : undefined);
};

/** Of an origin such as http://localhost:8000; an opaque one, "null", has none. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function isSafe({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function tokenOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

/** Of one length, so that comparing takes the same time however alike the tokens are. */
function digest(token: string | undefined): Buffer | undefined {
  return token === undefined ? undefined : createHash('sha256').update(token).digest();
}

/** The address, or of IPv6 its first 64 bits, which belong to one customer. */
export function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...rest].slice(0, 4).join(':');
}
