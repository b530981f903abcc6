import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { Pool } from 'pg';
import { chromium as driver } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { surviveLostConnections } from '../../src/database.ts';
import { useDatabase } from '../support/database.ts';
import { chromium, needing } from '../support/tools.ts';
import { instance, variants, type Schema } from './derived.ts';

/** Everything here is derived from /openapi.json: a route that is added is called by these tests. */

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

interface Called extends Operation {
  readonly method: string;
  readonly path: string;
}

interface Request {
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
  readonly header?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const db = useDatabase();
const routes: RouteOptions[] = [];
let app: FastifyInstance;
let url: string;
let document: Document;
let operations: Called[];

beforeAll(async () => {
  const pool = new Pool({ connectionString: db.url });
  surviveLostConnections(pool, () => {});
  app = buildServer({ pool });
  app.addHook('onRoute', (route) => {
    if (route.config?.isRefusal !== true) routes.push(route);
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
  // what the examples speak of
  await db.rows(`select noetl.register_runtime('mailer', 'worker_pool')`);
  await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('anything', 'gauge', 1)`);
  await db.rows('create table kombu_queue (id integer primary key, name text)');
  await db.rows(
    'create table kombu_message (id integer primary key, visible boolean, "timestamp" timestamp, payload text, version integer, queue_id integer)',
  );
  await db.rows(`insert into kombu_queue values (1, 'celery')`);
  await db.rows(`insert into kombu_message select 1, true, now(), '{}', 1, 1`);
  await db.rows(`select noetl.register_queue('celery', adapter => 'celery')`);
  // as if a server had just ticked, and went on for as long as this takes
  await db.rows(`insert into _noetl.collector_schedule (worker_schema, ticked_at) values ('none', now() + interval '1 hour')`);
  await db.rows(`update _noetl.feed set folded_at = now() + interval '1 hour'`);
  await db.rows(`update _noetl.scraper set last_at = now() + interval '1 hour'`);
  return async () => {
    await app.close();
    await pool.end();
  };
});

const ajv = addFormats.default(new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true, keywords: ['example'] }));
const coercing = addFormats.default(new Ajv2020({ strict: true, coerceTypes: true, keywords: ['example'] }));
const compiled = new Map<Schema, ValidateFunction>();

/** What an answer has beyond its description is an error here, and only here: clients must expect more. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const deep = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(part)]));
  return 'properties' in deep && !('additionalProperties' in deep) ? { ...deep, additionalProperties: false } : deep;
}

function faults(schema: Schema, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) compiled.set(schema, (validate = ajv.compile(schema)));
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const closedSchemas = new Map<Schema, Schema>();
function answerFaults(schema: Schema, value: unknown): string[] {
  let strict = closedSchemas.get(schema);
  if (strict === undefined) closedSchemas.set(schema, (strict = closed(schema) as Schema));
  return faults(strict, value);
}

async function call({ method, path }: Called, request: Request): Promise<Response> {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(request.path?.[name] ?? ''));
  const query = new URLSearchParams(request.query).toString();
  return fetch(`${url}${address}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...request.header },
    ...(request.body !== undefined && { body: request.body }),
  });
}

/** What is wrong with an answer by the document; nothing is the expectation everywhere. */
async function untrue(operation: Called, answer: Response): Promise<string[]> {
  const text = await answer.text();
  const told = operation.responses[answer.status];
  if (told === undefined) return [`status ${answer.status} is not described: ${text.slice(0, 300)}`];
  if (operation.method === 'HEAD' || told.content === undefined) return text === '' ? [] : ['a body that is not described'];
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const content = told.content?.[type];
  if (content === undefined) return [`${answer.status} as ${type} is not described: ${text.slice(0, 300)}`];
  const value: unknown = type.endsWith('json') ? JSON.parse(text) : text;
  return answerFaults(content.schema, value).map((fault) => `${answer.status} ${fault}: ${text.slice(0, 300)}`);
}

const bodyType = ({ requestBody }: Called): string | undefined => Object.keys(requestBody?.content ?? {})[0];

function encoded(type: string, body: unknown): string {
  if (typeof body === 'string') return body;
  return type === 'application/x-www-form-urlencoded' ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body);
}

/** The request that an operation's examples make. */
function exemplary(operation: Called, properties: 'all' | 'required'): Request {
  const given = (where: Parameter['in']): Record<string, string> =>
    Object.fromEntries(
      (operation.parameters ?? [])
        .filter((parameter) => parameter.in === where && (properties === 'all' || parameter.required === true))
        // a key names one request of one operation
        .map(({ name, schema, example }) => [name, `${String(example ?? instance(schema, properties))}${name === 'idempotency-key' ? operation.operationId : ''}`]),
    );
  const type = bodyType(operation);
  const content = operation.requestBody?.content[type ?? ''];
  const body = content && (content.example ?? instance(content.schema, properties));
  return {
    query: given('query'),
    path: given('path'),
    header: { ...given('header'), ...(type !== undefined && { 'content-type': type }) },
    ...(type !== undefined && { body: encoded(type, body) }),
  };
}

describe('the document', () => {
  it('is OpenAPI 3.1 to an outside judge', async () => {
    expect(document.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('names every operation once, says what it does, and describes every parameter and answer by a valid schema', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation).toMatchObject({ operationId: expect.stringMatching(/^[a-z][a-zA-Z]+$/) as string, summary: expect.stringMatching(/\.$/) as string });
      expect(operation.tags).toHaveLength(1);
      const contents = [operation.requestBody?.content ?? {}, ...Object.values(operation.responses).map(({ content }) => content ?? {})];
      for (const { schema } of contents.flatMap((content) => Object.values(content))) expect(() => faults(schema, null)).not.toThrow();
      for (const { description } of Object.values(operation.responses)) expect(description).toMatch(/\.$/);
      const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect((operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath);
    }
  });

  it('holds every route of the server except the parts of its two pages in the browser', () => {
    const described = new Set(operations.map(({ method, path }) => `${method} ${path}`));
    const missing = routes
      .flatMap(({ method, url: address }) => [method].flat().map((each) => `${each} ${address.replaceAll(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')}`))
      .filter((route) => !described.has(route) && !described.has(route.replace(/^HEAD /, 'GET '))); // HEAD is GET without its body
    expect(missing.filter((route) => !/^(GET|HEAD) \/(docs\b.*|ui\/.*|)$/.test(route))).toEqual([]);
    expect(missing).toContain('GET /');
  });
});

describe('every operation', () => {
  it.each(['all', 'required'] as const)('does what its examples ask for, with %s properties', async (properties) => {
    for (const operation of operations) {
      const answer = await call(operation, exemplary(operation, properties));
      expect({ operation: operation.operationId, untrue: await untrue(operation, answer), good: answer.ok }).toEqual({
        operation: operation.operationId, untrue: [], good: true,
      });
    }
  });

  it('judges its body as its schema does', async () => {
    const wrong: string[] = [];
    const counts = { valid: 0, invalid: 0 };
    for (const operation of operations.filter((each) => bodyType(each) === 'application/json')) {
      const { schema } = operation.requestBody?.content['application/json'] ?? { schema: {} };
      const base = exemplary(operation, 'required');
      const bodies = (['all', 'required'] as const).flatMap((properties) => [...variants(schema, instance(schema, properties))]);
      for (const { why, value } of new Map(bodies.map((body) => [JSON.stringify(body.value), body])).values()) {
        const valid = faults(schema, value).length === 0;
        counts[valid ? 'valid' : 'invalid'] += 1;
        const answer = await call(operation, { ...base, body: JSON.stringify(value) });
        const lies = await untrue(operation, answer);
        if (!valid && (answer.status < 400 || answer.status >= 500)) lies.push(`${answer.status} although the schema refuses it`);
        if (lies.length > 0) wrong.push(`${operation.operationId} ${why}: ${lies.join('; ')}`);
      }
    }
    expect(wrong).toEqual([]);
    console.log(`bodies derived from /openapi.json: ${counts.valid} valid, ${counts.invalid} invalid`);
    expect(counts.invalid).toBeGreaterThan(counts.valid / 4);
  });

  it('judges its parameters as their schemas do', async () => {
    const wrong: string[] = [];
    for (const operation of operations) {
      const base = exemplary(operation, 'required');
      for (const { name, in: where, schema, required } of operation.parameters ?? []) {
        const validate = coercing.compile({ type: 'object', properties: { value: schema } });
        const one = instance(schema, 'all');
        const texts = [...variants(schema, one)].filter(({ value }) => typeof value !== 'object');
        for (const { why, value } of texts) {
          const text = String(value);
          if (where === 'path' && text === '') continue; // another address
          const valid = validate({ value: text });
          const answer = await call(operation, { ...base, [where]: { ...base[where], [name]: text } });
          const lies = await untrue(operation, answer);
          if (!valid && answer.status !== 400) lies.push(`${answer.status} although the schema refuses it`);
          if (lies.length > 0) wrong.push(`${operation.operationId} ${name} ${why}: ${lies.join('; ')}`);
        }
        if (required === true && where === 'query') {
          const answer = await call(operation, { ...base, query: {} });
          if (answer.status !== 400) wrong.push(`${operation.operationId} does without ${name}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('refuses a parameter that it does not have, unless it is read by scrapers and probes', async () => {
    const tolerant: string[] = [];
    for (const operation of operations) {
      const base = exemplary(operation, 'required');
      const answer = await call(operation, { ...base, query: { ...base.query, unexpected: '1' } });
      // a Prometheus ignores what it does not know
      if (operation.tags?.includes('promql') === true) expect([operation.operationId, answer.status]).toEqual([operation.operationId, 200]);
      else if (answer.status === 400) expect(await untrue(operation, answer)).toEqual([]);
      else tolerant.push(`${operation.method} ${operation.path}`);
    }
    expect(tolerant.toSorted()).toEqual(
      [
        ...['/-/healthy', '/api/metrics/prometheus', '/api/v1/metrics', '/health', '/metrics'].flatMap((path) => [`GET ${path}`, `HEAD ${path}`]),
        ...['/-/ready', '/ready'].map((path) => `GET ${path}`),
      ].toSorted(),
    );
  });

  it.each([
    ['text/html', undefined],
    ['application/json; charset=iso-8859-1', undefined],
    ['application/json', 'compress'],
  ])('refuses a body as %s, encoded as %s', async (type, encoding) => {
    for (const operation of operations.filter((each) => bodyType(each) === 'application/json')) {
      const request = exemplary(operation, 'required');
      const header = { 'content-type': type, ...(encoding !== undefined && { 'content-encoding': encoding }) };
      const answer = await call(operation, { ...request, header });
      expect([operation.operationId, answer.status, await untrue(operation, answer)]).toEqual([operation.operationId, 415, []]);
    }
  });
});

describe('the page', () => {
  it('is described in both formats', async () => {
    for (const path of ['/metrics', '/api/metrics/prometheus', '/api/v1/metrics']) {
      for (const accept of ['text/plain', 'application/openmetrics-text']) {
        const operation = operations.find((each) => each.path === path && each.method === 'GET');
        if (operation === undefined) throw new Error(`${path} is not described`);
        const answer = await call(operation, { header: { accept } });
        expect(answer.headers.get('content-type')).toMatch(accept);
        expect(await untrue(operation, answer)).toEqual([]);
      }
    }
  });
});

describe('/docs', () => {
  needing(chromium)('shows every operation in Chromium, without an error', async () => {
    const browser = await driver.launch({ executablePath: chromium.path ?? '', args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('requestfailed', (request) => errors.push(request.url()));
      await page.goto(`${url}/docs/`);
      await page.waitForSelector('.opblock', { timeout: 300_000 });
      await expect.poll(async () => page.locator('.opblock').count()).toBe(operations.length);
      const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
      expect([await page.title(), (await page.locator('.info .version').first().innerText()).trim()]).toEqual([`noetl-metrics ${version}: API`, version]);
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
