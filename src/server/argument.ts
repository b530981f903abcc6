import { hostname } from 'node:os';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { before, clock } from '../database.ts';
import type { Sample, Source } from '../host/probes.ts';

/** What of a server its endpoints may ask for. */
export interface Facts {
  /** Of this server as a component; without it, its host's and its port. */
  readonly componentName?: string | undefined;
  /** Whether tokens are asked for. */
  readonly guarded: boolean;
  /** What listens, whichever instance of Fastify answers. */
  readonly server: FastifyInstance['server'];
  /** What can be read of this host. */
  readonly sources: readonly Source[];
}

/** Milliseconds for reading the host. */
const hostTimeout = 5000;
/** Where Prometheus is told to find its token, to be put there by whoever installs it. */
const tokenFile = '/etc/prometheus/noetl-metrics.token';

/** One argument of a SQL function, as the driver takes it; sql/endpoint/README.md lists what `source` may be. */
export async function argument(source: string, request: FastifyRequest, facts: Facts): Promise<unknown> {
  const dot = source.indexOf('.');
  const whole = await places[dot < 0 ? source : source.slice(0, dot)]?.(request, facts);
  const value = dot < 0 ? whole : fieldOf(whole, source.slice(dot + 1));
  if (value === undefined || value === null) return null;
  return typeof value === 'object' && !Buffer.isBuffer(value) ? JSON.stringify(value) : value;
}

const places: Readonly<Record<string, (request: FastifyRequest, facts: Facts) => unknown>> = {
  body: ({ body, routeOptions }) => (routeOptions.config.endpoint?.definition.body_optional === true ? body || null : (body ?? '')),
  query: ({ query }) => query,
  path: ({ params }) => params,
  header: ({ headers }) => headers,
  form: ({ query, body }) => formOf(body, query),
  host: async (_, { sources }) => readHost(sources),
  request: (request, { guarded, server, componentName }) => ({
    method: request.method,
    path: decodeURIComponent(request.url.split('?', 1)[0] ?? ''),
    // as far as it is an address
    host: /^[\w.:[\]-]{1,255}$/.test(request.host) ? request.host : '127.0.0.1:8000',
    token_file: guarded ? tokenFile : null,
    component: { name: componentName ?? `${hostname()}:${portOf(server)}`, type: 'server_api' },
  }),
};

/** Every field as the list of its values, those of the body first, as Go's http.Request.Form has them. */
function formOf(...parts: unknown[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const part of parts) {
    if (typeof part !== 'object' || part === null) continue;
    for (const [name, value] of Object.entries(part)) (all[name] ??= []).push(...[value].flat().map(String));
  }
  return all;
}

function fieldOf(whole: unknown, name: string): unknown {
  return typeof whole === 'object' && whole !== null ? Object.entries(whole).find(([key]) => key === name)?.[1] : undefined;
}

function portOf(server: FastifyInstance['server']): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What can be read of this host now, and the names of the sources that cannot. */
async function readHost(sources: readonly Source[]): Promise<{ samples: Sample[]; failed: string[] }> {
  const deadline = clock() + hostTimeout;
  const readings = await Promise.allSettled(sources.map(async (source) => before(deadline, source.read())));
  return {
    samples: readings
      .flatMap((reading) => (reading.status === 'fulfilled' ? reading.value : []))
      .filter(({ metric_value }) => Number.isFinite(metric_value)),
    failed: readings.flatMap((reading, i) => (reading.status === 'rejected' ? [sources[i]?.name ?? ''] : [])),
  };
}
