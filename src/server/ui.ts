import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { RouteOptions } from 'fastify';
import type { Pool } from 'pg';
import { serveDocument, type Document } from './documents.ts';
import { answers } from './schema.ts';

interface File {
  readonly url: string;
  readonly path: string;
  readonly type: string;
}

const own = (name: string): string => fileURLToPath(new URL(`../../src/ui/${name}`, import.meta.url));
const charts = (name: string): string => createRequire(import.meta.url).resolve(`uplot/dist/${name}`);

const files: readonly File[] = [
  { url: '/', path: own('page.html'), type: 'text/html; charset=utf-8' },
  { url: '/ui/page.css', path: own('page.css'), type: 'text/css; charset=utf-8' },
  { url: '/ui/page.mjs', path: own('page.mjs'), type: 'text/javascript; charset=utf-8' },
  { url: '/ui/icon.svg', path: own('icon.svg'), type: 'image/svg+xml' },
  { url: '/ui/uplot.mjs', path: charts('uPlot.esm.js'), type: 'text/javascript; charset=utf-8' },
  { url: '/ui/uplot.css', path: charts('uPlot.min.css'), type: 'text/css; charset=utf-8' },
];

/** Nothing from elsewhere, nothing inline, in no frame. */
const security = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** The finished JSON that the page draws. */
const documents: readonly Document[] = [
  {
    url: '/api/ui/overview',
    type: 'application/json',
    told: { id: 'getOverview', summary: 'Components, queues and families.', tag: 'browser', answer: answers.overview },
    sql: 'select noetl.ui_overview()',
  },
  {
    url: '/api/ui/series',
    type: 'application/json',
    told: { id: 'getFamilySeries', summary: 'The series of a family, with their values now.', tag: 'browser', answer: answers.familySeries },
    takes: {
      from: 'querystring', name: 'family',
      schema: { pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]{0,254}$', examples: ['noetl_partitions'] },
    },
    sql: 'select noetl.ui_series($1)',
  },
  {
    url: '/api/ui/chart',
    type: 'application/json',
    told: { id: 'getChart', summary: 'The last hour of some series, a point every 15 seconds.', tag: 'browser', answer: answers.chart },
    takes: {
      from: 'querystring', name: 'series',
      schema: {
        pattern: String.raw`^-?\d{1,19}(,-?\d{1,19}){0,11}$`, examples: ['1,-2'],
        description: 'Up to twelve ids of the series of a family, separated by commas.',
      },
    },
    sql: "select noetl.ui_chart(string_to_array($1, ',')::bigint[])",
  },
];

/** The page in the browser. */
export function uiRoutes(pool: Pool): RouteOptions[] {
  return [...files.map(serveFile), ...documents.map((document) => serveDocument(pool, document))];
}

function serveFile({ url, path, type }: File): RouteOptions {
  const body = readFileSync(path);
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  return {
    method: 'GET',
    url,
    schema: { hide: true }, // a part of a page, not of the API
    config: { right: 'none' }, // so that whoever opens it can give the token; it holds no figures
    handler: async ({ headers }, reply) => {
      void reply.headers({ ...security, etag, 'cache-control': 'no-cache' });
      if (headers['if-none-match'] === etag) return reply.status(304).send();
      return reply.type(type).send(body);
    },
  };
}
