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
import { readBodies } from './body.ts';
import { readCatalogue, type Catalogue, type Endpoint } from './catalogue.ts';
import { serveDocs } from './docs.ts';
import { addressOf, routeOf, type EndpointLimits } from './endpoint.ts';
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

declare module 'fastify' {
  interface FastifyInstance {
    /** What the database says of the API; undefined: it could not be asked. */
    readonly catalogue: { current: Catalogue | undefined };
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
  const catalogue: { current: Catalogue | undefined } = { current: undefined };
  const tell = teller(() => catalogue.current);
  const app = Fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }), // a scrape every few seconds
    forceCloseConnections: true,
    requestTimeout: limits.request,
    // a longer time for the headers would hold for the body, too
    http: { headersTimeout: limits.request, connectionsCheckingInterval: Math.min(limits.request, 5000) },
    ...(trustProxy !== undefined && { trustProxy: typeof trustProxy === 'number' ? (_address: string, hop: number) => hop < trustProxy : [...trustProxy] }),
    frameworkErrors: tell,
    clientErrorHandler: answerNoRequest,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
  });
  app.decorate('catalogue', catalogue);
  app.setErrorHandler(tell);
  app.setNotFoundHandler((request, reply) => {
    tell(catalogue.current === undefined ? away : new Told(404, 'There is nothing at this address.'), request, reply);
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
    catalogue.current = await readCatalogue(pool).catch((error: unknown) => {
      scope.log.warn(`the database does not say what the API is: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    const facts: Facts = {
      guarded: known({ headers: {} }) !== 'everybody',
      server: parts.server ?? app.server,
      sources: hostProbes().flatMap((probe) => probe.sources),
    };
    const handlers = { page: pageRoute(scrapePool, self), health: healthRoute(scrapePool) };
    const methods = new Map<string, Set<string>>();
    scope.addHook('onRoute', ({ method, url, config }) => {
      if (config?.isRefusal !== true) methods.set(url, new Set([...(methods.get(url) ?? []), ...[method].flat()]));
    });
    readBodies(scope, limits.bodies);
    for (const route of uiRoutes()) scope.route(route);
    for (const endpoint of catalogue.current?.endpoints ?? []) {
      if (endpoint.handler === null) scope.route(routeOf(endpoint, pool, facts, limits));
      else scope.route(ownRoute(endpoint, handlers));
    }
    if (catalogue.current === undefined) for (const route of bareRoutes(handlers)) scope.route(route);
    else await serveDocs(scope, catalogue.current.document);
    // "/docs/" is "/docs" in another spelling
    for (const [url, taken] of methods) if (url !== '/docs/') scope.route(refusal(url, taken));
  });
  return app;
}

const away = Object.assign(new Error('the database has not said yet what there is'), { statusCode: 503 });

type Handlers = Readonly<Record<string, Pick<RouteOptions, 'handler' | 'errorHandler'>>>;

/** The route of an endpoint for which the server has a handler of its own. */
function ownRoute(endpoint: Endpoint, handlers: Handlers): RouteOptions {
  const handler = handlers[endpoint.handler ?? ''];
  if (handler === undefined) throw new Error(`this server has no handler "${endpoint.handler}", which ${endpoint.path} asks for`);
  return { ...handler, method: endpoint.method, url: addressOf(endpoint.path), exposeHeadRoute: false, config: { endpoint } };
}

/** What is answered while the database has not said what there is; everything else is there only then. */
function bareRoutes({ page, health }: Handlers): RouteOptions[] {
  const [metrics, healthCheck] = [page, health];
  return [
    ...(metrics ? [{ ...metrics, method: 'GET' as const, url: '/metrics' }] : []),
    ...(healthCheck ? [{ ...healthCheck, method: 'GET' as const, url: '/health', config: { right: 'none' as const } }] : []),
  ];
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
