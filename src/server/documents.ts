import type { FastifyRequest, RouteOptions } from 'fastify';
import { DatabaseError, type Pool } from 'pg';
import { clock, valueWithin } from './database.ts';
import { answered, described, problem, type Description } from './openapi.ts';
import { answers, exactly, queries, type Schema } from './schema.ts';
import { inTurns } from './turns.ts';

/** Something that SQL finishes and a route hands on as it is. */
export interface Document {
  readonly url: string;
  readonly type: 'application/json' | 'application/yaml';
  readonly told: Pick<Description, 'id' | 'summary' | 'tag'> & { readonly answer: Schema };
  /** The one value that a client may choose: $1. */
  readonly takes?: {
    readonly from: 'querystring' | 'params';
    readonly name: string;
    readonly schema: { readonly pattern: string; readonly examples: readonly string[]; readonly description?: string };
    readonly optional?: true;
  };
  readonly sql: string;
}

const preset = { name: 'preset', schema: { pattern: '^[a-z]{1,30}$', examples: ['noetl'] } } as const;

/** Where Prometheus is told to find its token, to be put there by whoever installs it. */
const tokenFile = '/etc/prometheus/noetl-metrics.token';

/** What Prometheus and Grafana are configured with. `guarded`: whether a token is asked for. */
export function documentRoutes(pool: Pool, guarded: boolean): RouteOptions[] {
  const documents: Document[] = [
    {
      url: '/alerts.yml',
      type: 'application/yaml',
      told: { id: 'getAlertRules', summary: 'The alert rules as a rule file, of one preset or of all.', tag: 'monitoring', answer: { type: 'string' } },
      takes: { from: 'querystring', ...preset, optional: true },
      sql: 'select noetl.alert_rules_yaml($1)',
    },
    {
      url: '/grafana/:preset.json',
      type: 'application/json',
      told: { id: 'getDashboard', summary: 'A dashboard to import into Grafana.', tag: 'monitoring', answer: answers.dashboard },
      takes: { from: 'params', ...preset },
      sql: 'select noetl.grafana_dashboard($1)',
    },
  ];
  return [
    ...documents.map((document) => serveDocument(pool, document)),
    {
      method: 'GET',
      url: '/prometheus.yml',
      schema: { querystring: queries.none },
      config: {
        described: described({
          id: 'getPrometheusConfig', summary: 'A configuration with which Prometheus scrapes this server.', tag: 'monitoring',
          answers: { 200: answered('Done.', { type: 'string' }, 'application/yaml'), 400: problem('Not a valid request.') },
        }),
      },
      handler: async (request, reply) => {
        const values = [addressOf(request), guarded ? tokenFile : null];
        return reply.type('application/yaml; charset=utf-8').send(await finished(pool, 'select noetl.prometheus_config($1, $2)', values, clock() + patience));
      },
    },
  ];
}

/** Milliseconds for any of them. */
const patience = 5000;

export function serveDocument(pool: Pool, { url, type, told: { answer, ...told }, takes, sql }: Document): RouteOptions {
  const contentType = `${type}; charset=utf-8`;
  const route = {
    method: 'GET',
    url,
    config: {
      described: described({
        ...told,
        answers: {
          200: answered('Done.', answer, type),
          400: problem('Not a valid request.'),
          ...(takes !== undefined && { 404: problem('There is no such thing.') }),
        },
      }),
    },
  } as const;
  if (takes === undefined) {
    const ask = inTurns(async (deadline) => finished(pool, sql, [], deadline));
    return {
      ...route,
      schema: { querystring: queries.none },
      handler: async (_request, reply) => reply.type(contentType).send(await ask(clock() + patience)),
    };
  }
  const { from, name, schema, optional } = takes;
  return {
    ...route,
    schema: { querystring: queries.none, [from]: exactly({ [name]: { type: 'string', ...schema } }, optional ? [] : [name]) },
    handler: async (request, reply) => {
      const value = valueOf(from === 'params' ? request.params : request.query, name);
      return reply.type(contentType).send(await finished(pool, sql, [value ?? null], clock() + patience));
    },
  };
}

/** Data exceptions: what was asked for is not there, or is no number of ours. */
const refused = /^22/;

/** An error that the client is told about. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly statusCode: number;
  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

async function finished(pool: Pool, sql: string, values: unknown[], deadline: number): Promise<string> {
  try {
    return await valueWithin(pool, sql, values, { deadline, role: 'noetl_reader' });
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw new Refusal(503, error instanceof Error ? error.message : 'no answer');
    if (!refused.test(error.code ?? '')) throw error;
    throw new Refusal(404, [error.message, error.hint].filter(Boolean).join('. '));
  }
}

function valueOf(from: unknown, name: string): string | undefined {
  const value: unknown = typeof from === 'object' && from !== null ? Object.entries(from).find(([key]) => key === name)?.[1] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The address that the client used, as far as it is one. */
function addressOf({ host }: FastifyRequest): string {
  return /^[\w.:[\]-]{1,255}$/.test(host) ? host : '127.0.0.1:8000';
}
