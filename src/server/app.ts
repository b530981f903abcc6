import { Readable } from 'node:stream';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { DatabaseError, type Pool } from 'pg';
import type { TrustedProxies } from '../config.ts';
import { guard, knownBy, type Tokens } from './access.ts';
import { serveApi, type ApiLimits } from './api.ts';
import { clock, rowsWithin } from './database.ts';
import { documentRoutes } from './documents.ts';
import { createExposition } from './exposition.ts';
import { limiter } from './limit.ts';
import { endSlowClients, type Patience } from './load.ts';
import { acceptsGzip, negotiate, scrapeTimeout } from './negotiation.ts';
import { answered, described, describeRoutes, type Answer } from './openapi.ts';
import { answerNoRequest, answerProblem } from './problem.ts';
import { answers, headers, pageText } from './schema.ts';
import { createSelfMetrics, type SelfMetrics } from './self.ts';
import { inTurns } from './turns.ts';
import { uiRoutes } from './ui.ts';

export interface ServerParts {
  /** The caller's: it makes it, guards it with `surviveLostConnections`, and ends it after the server. */
  readonly pool: Pool;
  readonly logger?: FastifyBaseLogger;
  /** Without any, everybody may do everything. */
  readonly tokens?: Tokens;
  /** The most requests a second of one client; without it, any number. */
  readonly rateLimit?: number | undefined;
  /** Whose X-Forwarded-For is believed; without it, nobody's. */
  readonly trustProxy?: TrustedProxies | undefined;
  /** Shared with the worker, so that what fails there is counted on this server's page. */
  readonly self?: SelfMetrics;
  readonly limits?: Partial<Limits>;
}

/** In milliseconds, unless said otherwise. */
export interface Limits extends ApiLimits, Patience {
  /** For a client to send a whole request. */
  readonly request: number;
}

const usualLimits: Limits = { request: 30_000, timeout: 15_000, waiting: 1000, bodies: 256 * 1024 * 1024, answer: 60_000, linger: 1000 };

/** The addresses of the page, and the ends of their operations' names. */
const pageUrls = { '/metrics': 'Page', '/api/metrics/prometheus': 'PrometheusPage', '/api/v1/metrics': 'OperationalPage' } as const;

/** How long the database may take to say that it lives. */
const healthTimeout = 1500;

/** The server, not yet listening. Every route hands on what one SQL view or function has finished. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const { pool, logger, tokens = {}, rateLimit, trustProxy, self = createSelfMetrics(), limits: own = {} } = parts;
  const limits = { ...usualLimits, ...own };
  const app = Fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }), // a scrape every few seconds
    forceCloseConnections: true,
    bodyLimit: 1024 * 1024,
    requestTimeout: limits.request,
    // a longer time for the headers would hold for the body, too
    http: { headersTimeout: limits.request, connectionsCheckingInterval: Math.min(limits.request, 5000) },
    ...(trustProxy !== undefined && { trustProxy: typeof trustProxy === 'number' ? (_address: string, hop: number) => hop < trustProxy : [...trustProxy] }),
    frameworkErrors: answerProblem,
    clientErrorHandler: answerNoRequest,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
  });
  endSlowClients(app, limits);
  const known = knownBy(tokens);
  if (rateLimit !== undefined) app.addHook('onRequest', limiter(rateLimit, known));
  app.addHook('onRequest', guard(known));
  const routes: RouteOptions[] = [
    ...pageRoutes(pool, self),
    ...healthRoutes(pool),
    ...documentRoutes(pool, Object.values(tokens).some((token) => token !== undefined)),
    ...uiRoutes(pool),
  ];
  void app.register(async (scope) => {
    await describeRoutes(scope);
    for (const route of routes) scope.route(route);
    await scope.register(async (api) => serveApi(api, pool, limits));
  });
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler((request, reply) => answerProblem(notFound, request, reply));
  app.addHook('onResponse', (request, reply, done) => {
    self.countRequest({
      method: request.method,
      route: request.routeOptions.url ?? 'unmatched',
      statusCode: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    done();
  });
  return app;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** A resource whose handler answers HEAD by itself, without making a body to throw away; everywhere else HEAD is GET without its body. */
function readable(url: string, name: string, summary: string, answer: Record<number, Answer>, route: Omit<RouteOptions, 'url' | 'method'>): RouteOptions[] {
  const open = route.config?.right === 'none';
  const bare = Object.fromEntries(Object.entries(answer).map(([status, { description }]) => [status, { description }]));
  return (['GET', 'HEAD'] as const).map((method) => ({
    ...route,
    method,
    url,
    exposeHeadRoute: false,
    config: {
      ...route.config,
      swagger: { exposeHeadRoute: true },
      described: described(
        method === 'GET'
          ? { id: `get${name}`, tag: 'page', summary, answers: answer, open }
          : { id: `head${name}`, tag: 'page', summary: `${summary} The headers alone.`, answers: bare, open },
      ),
    },
  }));
}

function pageRoutes(pool: Pool, self: SelfMetrics): RouteOptions[] {
  const handler = servePage(pool, self);
  const answer = {
    200: {
      description: 'The page, in the format that Accept asks for; gzipped if Accept-Encoding wants it.',
      content: { 'text/plain': { schema: pageText.text }, 'application/openmetrics-text': { schema: pageText.openmetrics } },
    },
    503: answered('The database did not answer in time.', { type: 'string' }, 'text/plain'),
  };
  return Object.entries(pageUrls).flatMap(([url, name]) =>
    readable(url, name, 'Everything, as Prometheus scrapes it.', answer, { schema: { headers: headers.scrape }, config: { limit: 'page' }, handler, errorHandler: noPage }),
  );
}

/** The page in the form the scraper asked for. HEAD is answered from the request alone. */
function servePage(pool: Pool, self: SelfMetrics): Handler {
  const exposition = createExposition(pool, self);
  return async ({ method, headers: sent }, reply) => {
    const deadline = clock() + scrapeTimeout(sent['x-prometheus-scrape-timeout-seconds']);
    const { format, contentType } = negotiate(sent.accept);
    const gzip = acceptsGzip(sent['accept-encoding']?.toString());
    const page = method === 'HEAD' ? undefined : await exposition[format](deadline);
    const compressed = gzip ? await page?.compressed() : undefined;
    reply.header('vary', 'Accept, Accept-Encoding').type(contentType);
    if (gzip) return reply.header('content-encoding', 'gzip').send(compressed);
    const { pieces, bytes } = page ?? { pieces: [], bytes: 0 };
    return pieces.length > 1 ? reply.header('content-length', bytes).send(Readable.from(pieces, { objectMode: false })) : reply.send(pieces[0]);
  };
}

/** What stands in for a page that cannot be had: never an empty 200, and never without a Content-Type. */
function noPage(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  request.log.error({ err: error, url: request.url }, `no metrics page: ${error.message}`);
  reply.status(503).type('text/plain; charset=utf-8').send('The metrics are not available: the database did not answer.\n');
}

function healthRoutes(pool: Pool): RouteOptions[] {
  const answer = {
    200: answered('It is well.', answers.health),
    503: answered('The database does not answer, or answers with an error.', answers.health),
  };
  return readable('/health', 'Health', 'Whether the database answers.', answer, {
    config: { right: 'none', limit: 'none' },
    handler: serveHealth(pool),
    errorHandler: unhealthy,
  });
}

function serveHealth(pool: Pool): Handler {
  const ask = inTurns((deadline) =>
    rowsWithin<[number]>(pool, 'select partition_days_ahead from noetl.health', { deadline, role: 'noetl_reader' }),
  );
  return async () => {
    const [row] = await ask(clock() + healthTimeout);
    return { status: 'ok', database: 'up', partition_days_ahead: row?.[0] ?? null };
  };
}

function unhealthy(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  request.log.error({ err: error }, `not healthy: ${error.message}`);
  const database = error instanceof DatabaseError ? 'failing' : 'down';
  reply.status(503).send({ status: 'unavailable', database, partition_days_ahead: null });
}

const notFound = { statusCode: 404, message: 'There is nothing at this address.' };
