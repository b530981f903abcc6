import { hostname } from 'node:os';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, HTTPMethods } from 'fastify';
import { DatabaseError, type Pool } from 'pg';
import type { Right } from './access.ts';
import { readsBodies, takeJson, takeText } from './body.ts';
import { before, clock, valueWithin, type Limits, type Role } from './database.ts';
import { hostProbes, type Sample, type Source } from '../host/probes.ts';
import { turnstile } from './load.ts';
import { answered, described, failure, nothing, type Description } from './openapi.ts';
import { answers, bodies, headers, params, queries } from './schema.ts';

/** Milliseconds for reading the host. */
const hostTimeout = 5000;
/** The most bytes of one body; a full batch of samples is about 2 MB. */
const bodyLimit = 8 * 1024 * 1024;
/** Connections that are left to the page in its two formats and to the health check, however many report. */
const reserved = 3;

export interface ApiLimits {
  /** Milliseconds that the database has for one request, waiting for a connection included. */
  readonly timeout: number;
  /** The most requests that wait for a connection. */
  readonly waiting: number;
  /** The most bytes of all bodies that are held at once. */
  readonly bodies: number;
}

const invalidParameterValue = '22023';

type Fields = Readonly<Record<string, unknown>>;

/** One endpoint: a SQL function with what it is given, and the schemas of what comes in and goes out. */
interface Endpoint {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly id: string;
  readonly summary: string;
  readonly tag: Description['tag'];
  readonly status?: number;
  readonly query?: keyof typeof queries;
  readonly params?: keyof typeof params;
  readonly body?: keyof typeof bodies;
  /** Whether it is called as a Pushgateway: with text of any content type, and answered by the status alone. */
  readonly pushgateway?: 'pushGroup' | 'encodedPushGroup';
  readonly answer?: keyof typeof answers;
  readonly errors?: Description['errors'];
  /** A statement that gives one finished JSON value, and its parameters; or the answer itself. */
  readonly sql?: string;
  readonly values?: (request: FastifyRequest) => unknown[] | Promise<unknown[]>;
  /** A statement with the first parameter alone, run when SQL refused what else was given. */
  readonly refused?: string;
  readonly read?: (request: FastifyRequest) => Promise<unknown>;
}

/** Registers the API. Bodies go to SQL as the text that they came as. */
export async function serveApi(app: FastifyInstance, pool: Pool, { timeout, waiting, bodies: all }: ApiLimits): Promise<void> {
  const readBody = readsBodies(app, { each: bodyLimit, all });
  const inTurn = turnstile(Math.max(1, pool.options.max - reserved), waiting);
  const ask: Ask = async (limits, sql, values) => inTurn(limits.deadline, async () => valueWithin(pool, sql, values, limits));
  takeJson(app, readBody);
  const serve = (scope: FastifyInstance, endpoint: Endpoint): void => {
    scope.route({
      method: endpoint.method,
      url: endpoint.url,
      bodyLimit,
      schema: judged(endpoint),
      config: { described: described(descriptionOf(endpoint)), right: rightTo(endpoint), ...(endpoint.errors && { errors: endpoint.errors }) },
      handler: async (request, reply) => answer(ask, { deadline: clock() + timeout, role: roles[rightTo(endpoint)] }, endpoint, request, reply),
    });
  };
  for (const endpoint of endpoints()) serve(app, endpoint);
  await app.register(async (scope) => {
    takeText(scope, readBody);
    for (const endpoint of pushgateway()) serve(scope, endpoint);
  });
}

/** The JSON that a statement gives for its parameters. */
type Ask = (limits: Limits, sql: string, values: unknown[]) => Promise<string>;

async function answer(ask: Ask, limits: Limits, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { status = 200, sql, values = () => [], refused, read, answer: good } = endpoint;
  if (sql === undefined) return read?.(request);
  const parameters = await values(request);
  const json = await ask(limits, sql, parameters).catch(async (error: unknown) => {
    if (refused !== undefined && error instanceof DatabaseError && error.code === invalidParameterValue) {
      await ask(limits, refused, parameters.slice(0, 1));
    }
    throw error;
  });
  if (good === undefined) return reply.status(status).send();
  return reply.status(status).type('application/json; charset=utf-8').send(Buffer.from(json));
}

/** What is checked before SQL is asked. */
function judged({ query = 'none', params: path }: Endpoint): FastifySchema {
  return {
    querystring: queries[query],
    ...(path !== undefined && { params: params[path] }),
    ...((query === 'write' || query === 'record') && { headers: headers.write }),
  };
}

/** What is not: SQL says what is wrong with a body, each sample by its index, and finishes the answers. */
function descriptionOf({ id, summary, tag, method, status = 200, params: path, query, body, pushgateway: pushed, errors, answer: good }: Endpoint): Description {
  const problem = failure(errors);
  return {
    id, summary, tag,
    ...(errors !== undefined && { errors }),
    ...(pushed && { params: params[pushed] }),
    ...(body !== undefined && { body: { [pushed ? 'text/plain' : 'application/json']: bodies[body] } }),
    answers: {
      [status]: good === undefined ? nothing('Done.') : answered('Done.', answers[good]),
      400: problem('Not a valid request.'),
      ...((path !== undefined || good === 'queue') && { 404: problem('There is no such thing.') }),
      ...(method !== 'GET' && { 413: problem('Too many bytes or samples.'), 415: problem(`${pushed ? 'Protobuf or OpenMetrics' : 'Not JSON in UTF-8'}, or compressed by anything but gzip.`) }),
      ...((query === 'write' || query === 'record') && { 409: problem('The Idempotency-Key was used for another request.') }),
      ...(good === 'queue' && { 409: problem('The queue cannot be read.') }),
      ...(body !== undefined && !pushed && { 422: problem('A sample breaks a rule.') }),
    },
  };
}

/** With whose rights the database does what a token lets a client ask for. */
const roles: Readonly<Record<Right, Role>> = { read: 'noetl_reader', write: 'noetl_writer', admin: 'noetl_admin' };

function rightTo({ method, tag }: Endpoint): Right {
  if (method === 'GET') return 'read';
  return tag === 'administration' ? 'admin' : 'write';
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schemas say so
const query = (request: FastifyRequest): Fields => request.query as Fields;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schemas say so
const pathOf = (request: FastifyRequest): Fields => request.params as Fields;

/** What a writing function takes: the body as it came, whether to store a part of it, and its key. */
const write = (request: FastifyRequest): unknown[] => [
  request.body ?? '',
  query(request)['partial'],
  request.headers['idempotency-key'] ?? null,
];

function endpoints(): Endpoint[] {
  const host = hostProbes().flatMap(({ sources }) => sources);
  return [
    {
      method: 'POST', url: '/api/metrics', id: 'insertMetrics', tag: 'metrics', status: 201,
      summary: 'Store samples of any components.',
      query: 'write', body: 'samples', answer: 'written',
      sql: 'select noetl.insert_metrics($1, $2, $3)', values: write,
    },
    {
      method: 'GET', url: '/api/metrics', id: 'getMetrics', tag: 'metrics',
      summary: 'Stored samples, the latest first.',
      query: 'samples', answer: 'samples',
      sql: 'select noetl.query_metrics($1)', values: (request) => [query(request)],
    },
    {
      method: 'POST', url: '/api/metrics/report', id: 'reportMetrics', tag: 'metrics', status: 201,
      summary: 'Report samples of one component; counts as its heartbeat.',
      query: 'write', body: 'report', answer: 'reported',
      sql: 'select noetl.report_metrics($1, $2, $3)', values: write,
    },
    {
      method: 'POST', url: '/api/metrics/record', id: 'recordMetrics', tag: 'metrics', status: 201,
      summary: 'Add to counters, observe histograms, set gauges; sums stay exact however many processes do.',
      query: 'record', body: 'batch', answer: 'recorded',
      sql: 'select noetl.record_metrics($1, $2)', values: (request) => [request.body ?? '', request.headers['idempotency-key'] ?? null],
    },
    {
      method: 'POST', url: '/v1/metrics', id: 'pushOtlp', tag: 'metrics',
      summary: 'OpenTelemetry metrics, as OTLP/HTTP JSON.',
      query: 'record', body: 'otlp', answer: 'otlp', errors: 'otlp',
      sql: 'select noetl.push_otlp($1, $2)', values: (request) => [request.body ?? '', request.headers['idempotency-key'] ?? null],
    },
    {
      method: 'GET', url: '/api/metrics/query', id: 'queryMetrics', tag: 'metrics',
      summary: 'Stored samples, the latest first.',
      query: 'samples', answer: 'samples',
      sql: 'select noetl.query_metrics($1)', values: (request) => [query(request)],
    },
    {
      method: 'GET', url: '/api/metrics/components', id: 'getComponents', tag: 'metrics',
      summary: 'Every component that has reported.',
      answer: 'components',
      sql: 'select noetl.component_list()',
    },
    {
      method: 'POST', url: '/api/metrics/self-report', id: 'selfReport', tag: 'metrics', status: 201,
      summary: 'Read this host now and store it, for this server or the named component.',
      body: 'reporter', answer: 'reported',
      sql: 'select noetl.report_metrics($1::jsonb || $2)',
      values: async (request) => [request.body || selfOf(request), { metrics: (await readHost(host)).samples }],
    },
    {
      method: 'POST', url: '/api/metrics/cleanup', id: 'cleanupMetrics', tag: 'administration',
      summary: 'Drop the partitions that are older than the retention.',
      answer: 'dropped',
      sql: 'select noetl.cleanup_metrics()',
    },
    {
      method: 'POST', url: '/api/metrics/partitions/create', id: 'createPartitions', tag: 'administration',
      summary: 'Create the partitions of the days ahead.',
      query: 'partitions', answer: 'partitions',
      sql: 'select noetl.create_partitions($1)', values: (request) => [query(request)['days_ahead']],
    },
    {
      method: 'GET', url: '/api/runtime/:runtime_id/metrics', id: 'getRuntimeMetrics', tag: 'metrics',
      summary: 'Stored samples of one component, the latest first.',
      params: 'runtime', query: 'runtimeSamples', answer: 'samples',
      sql: 'select noetl.runtime_metrics($1, $2)', values: (request) => [pathOf(request)['runtime_id'], query(request)],
    },
    {
      method: 'POST', url: '/api/v1/metrics/', id: 'insertOperationalMetric', tag: 'operational metrics', status: 201,
      summary: 'Store one operational metric.',
      query: 'write', body: 'operational', answer: 'written',
      sql: 'select noetl.insert_operational_metrics($1, $2, $3)', values: write,
    },
    {
      method: 'POST', url: '/api/v1/metrics/batch', id: 'insertOperationalMetrics', tag: 'operational metrics', status: 201,
      summary: 'Store many operational metrics.',
      query: 'write', body: 'operational', answer: 'written',
      sql: 'select noetl.insert_operational_metrics($1, $2, $3)', values: write,
    },
    {
      method: 'GET', url: '/api/v1/metrics/', id: 'queryOperationalMetrics', tag: 'operational metrics',
      summary: 'Operational metrics, the latest first, or what they come to in each time window.',
      query: 'operational', answer: 'operational',
      sql: 'select noetl.query_operational_metrics($1)', values: (request) => [query(request)],
    },
    {
      method: 'GET', url: '/api/v1/metrics/:metric_id', id: 'getOperationalMetric', tag: 'operational metrics',
      summary: 'One stored sample.',
      params: 'metric', answer: 'operationalMetric',
      sql: 'select noetl.operational_metric($1)', values: (request) => [pathOf(request)['metric_id']],
    },
    {
      method: 'POST', url: '/api/v1/metrics/collect', id: 'collectResourceUsage', tag: 'operational metrics', status: 201,
      summary: 'Read CPU, memory and disk now and store them for a service.',
      query: 'collect', answer: 'written',
      sql: 'select noetl.insert_operational_metrics($1)',
      values: async (request) => [JSON.stringify(resourceUsage((await readHost(host)).samples, query(request)['service_name']))],
    },
    {
      method: 'GET', url: '/api/v1/metrics/system/status', id: 'getSystemStatus', tag: 'operational metrics',
      summary: 'CPU, memory and disk now; nothing is stored.',
      answer: 'status',
      read: async () => {
        const { samples, failed } = await readHost(host);
        return { timestamp: new Date().toISOString(), metrics: samples.map(plainReading), failed };
      },
    },
    {
      method: 'POST', url: '/api/v1/metrics/queues/track', id: 'trackQueue', tag: 'operational metrics', status: 201,
      summary: 'Read the depth and wait time of a registered queue now and store them.',
      query: 'queue', answer: 'queue',
      sql: 'select noetl.store_queue_depth($1)', values: (request) => [query(request)['queue_name']],
    },
  ];
}

/** What clients of a Prometheus Pushgateway call. */
function pushgateway(): Endpoint[] {
  const push = { tag: 'metrics', body: 'pushed', refused: 'select noetl.push_failed(noetl.push_grouping($1))' } as const;
  return ([['job', '', 'pushGroup'], ['job@base64', 'Encoded', 'encodedPushGroup']] as const).flatMap(([name, ending, pushed]): Endpoint[] => {
    const url = `/metrics/${name}/*`;
    const path = (request: FastifyRequest): string => `${name}/${String(pathOf(request)['*'])}`;
    const values = (request: FastifyRequest): unknown[] => [path(request), request.body ?? ''];
    return [
      {
        ...push, method: 'PUT', url, id: `putPushGroup${ending}`, pushgateway: pushed, values,
        summary: 'Replace all that a group of a Pushgateway holds.',
        sql: 'select noetl.push_metrics(noetl.push_grouping($1), $2, true)',
      },
      {
        ...push, method: 'POST', url, id: `postPushGroup${ending}`, pushgateway: pushed, values,
        summary: 'Replace the metrics of the same names in a group of a Pushgateway.',
        sql: 'select noetl.push_metrics(noetl.push_grouping($1), $2, false)',
      },
      {
        method: 'DELETE', url, id: `deletePushGroup${ending}`, tag: 'metrics', pushgateway: pushed, status: 202,
        summary: 'Remove a group of a Pushgateway.',
        sql: 'select noetl.delete_push_group(noetl.push_grouping($1))', values: (request) => [path(request)],
      },
    ];
  });
}

interface HostReading {
  readonly samples: readonly Sample[];
  /** The sources that could not be read. */
  readonly failed: readonly string[];
}

async function readHost(sources: readonly Source[]): Promise<HostReading> {
  const deadline = clock() + hostTimeout;
  const readings = await Promise.allSettled(sources.map((source) => before(deadline, source.read())));
  return {
    samples: readings
      .flatMap((reading) => (reading.status === 'fulfilled' ? reading.value : []))
      .filter(({ metric_value }) => Number.isFinite(metric_value)),
    failed: readings.flatMap((reading, i) => (reading.status === 'rejected' ? [sources[i]?.name ?? ''] : [])),
  };
}

/** The component that this server registered itself as when it began to listen. */
function selfOf({ server }: FastifyRequest): string {
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return JSON.stringify({ component: { name: `${hostname()}:${port}`, type: 'server_api' } });
}

/** A usage is a level: what only ever grows is a counter, and stays one under its name. */
function resourceUsage(samples: readonly Sample[], service: unknown): Fields[] {
  return samples.filter(({ metric_type }) => metric_type === 'gauge').map((sample) => ({ ...plainReading(sample), metric_type: 'resource_usage', service }));
}

function plainReading({ metric_name, metric_value, unit, labels = {}, help_text }: Sample): Fields {
  return { name: metric_name, value: metric_value, unit, labels, description: help_text };
}
