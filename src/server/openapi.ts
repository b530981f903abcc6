import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { answers, queries, type Schema } from './schema.ts';

/** What /openapi.json says of a route, beside the schemas that it judges requests by. */
export interface Description {
  /** Its name in generated clients: unique, and never changed. */
  readonly id: string;
  readonly summary: string;
  readonly tag: keyof typeof tags;
  readonly description?: string;
  /** What the path holds, where that is more than one segment. */
  readonly params?: Schema;
  /** By media type. */
  readonly body?: Readonly<Record<string, Schema>>;
  /** By status; 401, 403, 429 and 503 come by themselves. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** In whose form errors are told; without it, as problems. */
  readonly errors?: 'otlp';
  /** Whether nobody has to show a token. */
  readonly open?: boolean;
}

export interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly type?: 'null';
}

const tags = {
  page: 'What Prometheus scrapes, and whether the server is well.',
  metrics: 'Samples and events of any component.',
  'operational metrics': 'Processing times, success rates, resource usage and queues, with free metadata.',
  administration: 'Partitions.',
  monitoring: 'What Prometheus and Grafana are configured with.',
  browser: 'What the page in the browser draws.',
} as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What of a route is there to be read. */
    readonly described?: FastifySchema;
  }
}

/** Describes every route that is registered from now on at /openapi.json, with a page to browse it at /docs. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'noetl-metrics',
        version: '1',
        description: 'Report, query and scrape metrics that live in PostgreSQL.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }, {}],
    },
    transform: ({ schema, url, route }) => ({ schema: { ...schema, ...route.config?.described }, url: url.replace(/\*$/, '{path}') }),
  });
  await app.register(async (scope) => {
    // a browser that opens it has no token to show yet; it holds no figures, and asks for one to try requests out
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, right: 'none' };
    });
    await scope.register(swaggerUi, { routePrefix: '/docs' });
  });
  const document: Description = {
    id: 'getOpenapi',
    summary: 'This document.',
    tag: 'monitoring',
    answers: { 200: answered('OpenAPI 3.1.', { type: 'object' }), 400: problem('Not a valid request.') },
  };
  app.get('/openapi.json', { schema: { querystring: queries.none }, config: { described: described(document) } }, () => app.swagger());
}

/** A description in the form that a route's config takes. */
export function described({ id, summary, tag, description, params, body, answers: own, errors, open = false }: Description): FastifySchema {
  const told = failure(errors);
  const response: Record<number, Answer> = {
    ...(!open && {
      401: told('A bearer token that may do this is needed.'),
      403: told('The bearer token may not do this.'),
      429: told('Too many requests of one client in a second: come back after Retry-After.'),
    }),
    503: told('The database did not answer in time: try again.'),
    ...own,
  };
  return {
    operationId: id,
    summary,
    tags: [tag],
    ...(description !== undefined && { description }),
    ...(params !== undefined && { params }),
    ...(body !== undefined && { body: { content: Object.fromEntries(Object.entries(body).map(([type, schema]) => [type, { schema }])) } }),
    ...(open && { security: [] }),
    response,
  };
}

export function answered(description: string, schema: Schema, type = 'application/json'): Answer {
  return { description, content: { [type]: { schema } } };
}

/** A status without a body. */
export function nothing(description: string): Answer {
  return { description, type: 'null' };
}

/** How an error is described that is told in this form. */
export function failure(errors: Description['errors']): (description: string) => Answer {
  return errors === 'otlp' ? (description) => answered(description, answers.otlpError) : problem;
}

export function problem(description: string): Answer {
  return answered(description, answers.problem, 'application/problem+json');
}
