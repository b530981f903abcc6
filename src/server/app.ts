import { createServer, type RequestListener } from 'node:http';
import rateLimiter from '@fastify/rate-limit';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import type { Pool } from 'pg';
import type { TrustedProxies } from '../config.ts';
import { hostProbes } from '../host/probes.ts';
import { guard, knownBy, network, ownHost, ownSite, type Tokens } from './access.ts';
import type { Facts } from './argument.ts';
import { encoderOf, readBodies } from './body.ts';
import { catalogueVersion, readCatalogue, type Catalogue, type Endpoint } from './catalogue.ts';
import { serveDocs } from './docs.ts';
import { addressOf, routeOf, schemaOf, type EndpointLimits } from './endpoint.ts';
import { healthRoute } from './health.ts';
import { endSlowClients, type Patience } from './load.ts';
import { pageRoute } from './page.ts';
import { answerNoRequest, teller, Told } from './problem.ts';
import { createSelfMetrics, type SelfMetrics } from './self.ts';
import { uiRoutes } from './ui.ts';

export interface ServerParts {
  /** For what clients ask. The caller's: it makes it, guards it with `surviveLostConnections`, and ends it after the server. */
  readonly pool: Pool;
  /** For the page and the health checks, so that no other request keeps them waiting; without it, the same. */
  readonly scrapePool?: Pool;
  readonly logger?: FastifyBaseLogger;
  /** Without any, everybody may do everything who reaches the server under one of its own names. */
  readonly tokens?: Tokens;
  /** Of this server as a component; without it, its host's and its port. */
  readonly componentName?: string | undefined;
  /** Names of this server beside those of the loopback interface. */
  readonly hosts?: readonly string[];
  /** The most requests a second of one client; without it, any number. */
  readonly rateLimit?: number | undefined;
  /** Whose X-Forwarded-For is believed; without it, nobody's. */
  readonly trustProxy?: TrustedProxies | undefined;
  /** Shared with the worker, so that what fails there is counted on this server's page. */
  readonly self?: SelfMetrics;
  readonly limits?: Partial<Limits>;
  /** Where requests come in, if that is another instance's. */
  readonly server?: FastifyInstance['server'];
}

/** In milliseconds, unless said otherwise. */
export interface Limits extends EndpointLimits, Patience {
  /** For a client to send a whole request. */
  readonly request: number;
  /** The most bytes of all bodies that are held at once. */
  readonly bodies: number;
}

const usualLimits: Limits = { request: 30_000, timeout: 15_000, waiting: 1000, bodies: 256 * 1024 * 1024, answer: 60_000, linger: 1000 };

interface Front {
  /** What the database says of the API; undefined: it could not be asked. */
  catalogue: Catalogue | undefined;
  /** Takes all that comes in, where it is not this instance. */
  handler: RequestListener | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly front: Front;
  }
  interface FastifyContextConfig {
    /** Answers a method that its address does not have. */
    readonly isRefusal?: true;
  }
}

/** The server, not yet listening. Its routes are what the database says there is, asked as it gets ready. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const { pool, scrapePool = pool, logger, tokens = {}, hosts = [], rateLimit, trustProxy, self = createSelfMetrics(), limits: own = {} } = parts;
  const limits = { ...usualLimits, ...own };
  const front: Front = { catalogue: undefined, handler: undefined };
  const tell = teller(() => front.catalogue, encoderOf);
  const app = Fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }), // a scrape every few seconds
    forceCloseConnections: true,
    serverFactory: (handler) => createServer({
      requestTimeout: limits.request,
      // a longer time would hold for the body, too
      headersTimeout: limits.request,
      connectionsCheckingInterval: Math.min(limits.request, 5000),
      keepAliveTimeout: 72_000, // longer than any scraper's interval
    }, (request, response) => (front.handler ?? handler)(request, response)),
    ...(trustProxy !== undefined && { trustProxy: typeof trustProxy === 'number' ? (_address: string, hop: number) => hop < trustProxy : [...trustProxy] }),
    frameworkErrors: tell,
    clientErrorHandler: answerNoRequest,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
  });
  app.decorate('front', front);
  app.setErrorHandler(tell);
  app.setNotFoundHandler((request, reply) => {
    tell(front.catalogue === undefined ? away : new Told(404, 'There is nothing at this address.'), request, reply);
  });
  endSlowClients(app, limits);
  app.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.header('x-content-type-options', 'nosniff');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    self.countRequest({
      method: request.method,
      route: request.routeOptions.url ?? 'unmatched',
      statusCode: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    done();
  });
  const known = knownBy(tokens);
  const limited = rateLimit === undefined ? app : app.register(rateLimiter, {
    global: false,
    max: rateLimit,
    timeWindow: 1000, // short, so that whoever is refused need not wait
    // a token's right and an address; behind a proxy that is not trusted it is the proxy's
    keyGenerator: (request) => `${budgetOf(request)} ${known(request) ?? ''} ${network(request.ip)}`,
    allowList: (request) => budgetOf(request) === 'none',
    errorResponseBuilder: () => new Told(429, `At most ${rateLimit} requests a second (NOETL_RATE_LIMIT).`),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
  void limited.after((error) => {
    if (error) throw error;
    // what is refused for other reasons is counted, too
    if (rateLimit !== undefined) app.addHook('onRequest', app.rateLimit());
    app.addHook('onRequest', ownHost(known, hosts));
    app.addHook('onRequest', ownSite);
    app.addHook('onRequest', guard(known));
  });
  void app.register(async (scope) => {
    front.catalogue = await readCatalogue(pool).catch((error: unknown) => {
      scope.log.info(`the database does not say what the API is: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    const facts: Facts = {
      componentName: parts.componentName,
      guarded: known({ headers: {} }) !== 'everybody',
      server: parts.server ?? app.server,
      sources: hostProbes().flatMap((probe) => probe.sources),
    };
    const handlers: Handlers = { page: pageRoute(scrapePool, self), health: healthRoute(scrapePool), alive: aliveRoute, document: documentRoute(front) };
    const methods = new Map<string, Set<string>>();
    scope.addHook('onRoute', ({ method, url, config }) => {
      if (config?.isRefusal !== true) methods.set(url, new Set([...(methods.get(url) ?? []), ...[method].flat()]));
    });
    readBodies(scope, limits.bodies);
    for (const route of uiRoutes()) scope.route(route);
    for (const endpoint of front.catalogue?.endpoints ?? []) {
      if (endpoint.handler === null) scope.route(routeOf(endpoint, endpoint.budget === 'none' ? scrapePool : pool, facts, limits));
      else scope.route(ownRoute(endpoint, handlers, front));
    }
    if (front.catalogue === undefined) for (const [url, name, right] of bare) scope.route({ ...handlerOf(handlers, name, url), method: 'GET', url, config: { right } });
    else await serveDocs(scope, front.catalogue.document);
    // "/docs/" is "/docs" in another spelling
    for (const [url, taken] of methods) if (url !== '/docs/') scope.route(refusal(url, taken));
  });
  return app;
}

/** Milliseconds between looks at what the database says there is. */
const lookEvery = 5000;

/** Has a server answer by what an install has changed since, or by what there is once the database is back. */
export function followCatalogue(app: FastifyInstance, parts: ServerParts): { look: () => Promise<void>; stop: () => Promise<void> } {
  let version = app.front.catalogue?.version;
  const look = async (): Promise<void> => {
    if ((await catalogueVersion(parts.pool)) === version) return;
    const next = buildServer({ ...parts, server: app.server });
    await next.ready();
    if (next.front.catalogue === undefined) return;
    version = next.front.catalogue.version;
    app.front.handler = (request, response) => next.routing(request, response);
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => app.log.warn(`what the API is could not be looked up: ${error instanceof Error ? error.message : String(error)}`));
  }, lookEvery);
  timer.unref();
  return { look, stop: async () => clearInterval(timer) };
}

const away = Object.assign(new Error('the database has not said yet what there is'), { statusCode: 503 });

type Handlers = Readonly<Record<string, Pick<RouteOptions, 'handler' | 'errorHandler'> | undefined>>;

/** The route of an endpoint for which the server has a handler of its own. */
function ownRoute(endpoint: Endpoint, handlers: Handlers, { catalogue }: Front): RouteOptions {
  return {
    ...handlerOf(handlers, endpoint.handler ?? '', endpoint.path),
    method: endpoint.method, url: addressOf(endpoint.path), schema: schemaOf(endpoint), config: { endpoint },
    exposeHeadRoute: catalogue?.endpoints.some(({ method, path }) => method === 'HEAD' && path === endpoint.path) !== true,
  };
}

function handlerOf(handlers: Handlers, name: string, path: string): NonNullable<Handlers[string]> {
  const handler = handlers[name];
  if (handler === undefined) throw new Error(`this server has no handler "${name}", which ${path} asks for`);
  return handler;
}

/** What is answered while the database has not said what there is; everything else is there only then. */
const bare = [['/metrics', 'page', 'reader'], ['/health', 'health', 'none'], ['/-/healthy', 'alive', 'none']] as const;

const aliveRoute: Pick<RouteOptions, 'handler'> = { handler: async (_request, reply) => reply.type('text/plain; charset=utf-8').send('noetl-metrics is healthy.\n') };

/** Rendering it takes the database long. */
function documentRoute({ catalogue }: Front): Pick<RouteOptions, 'handler'> {
  const document = JSON.stringify(catalogue?.document);
  return { handler: async (_request, reply) => reply.type('application/json; charset=utf-8').send(document) };
}

const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Of an address that is there, but not for these methods. */
function refusal(url: string, taken: ReadonlySet<string>): RouteOptions {
  const allow = allMethods.filter((method) => taken.has(method) || (method === 'HEAD' && taken.has('GET')));
  return {
    method: allMethods.filter((method) => !allow.includes(method)),
    url,
    config: { right: 'none', isRefusal: true },
    // before its body is read
    onRequest: (request, reply, done) => {
      void reply.header('allow', allow.join(', '));
      done(new Told(405, `${request.method} is not for this address: ${allow.join(', ')}.`));
    },
    handler: async (_request, reply) => reply.send(),
  };
}

function budgetOf({ routeOptions }: FastifyRequest): Endpoint['budget'] {
  return routeOptions.config.endpoint?.budget ?? 'request';
}
