import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { RouteOptions } from 'fastify';

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
  'referrer-policy': 'no-referrer',
};

/** The page in the browser. */
export function uiRoutes(): RouteOptions[] {
  return files.map(({ url, path, type }) => {
    const body = readFileSync(path);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    return {
      method: 'GET',
      url,
      config: { right: 'none' }, // so that whoever opens it can give the token; it holds no figures
      handler: async ({ headers }, reply) => {
        void reply.headers({ ...security, etag, 'cache-control': 'no-cache' });
        if (headers['if-none-match'] === etag) return reply.status(304).send();
        return reply.type(type).send(body);
      },
    };
  });
}
