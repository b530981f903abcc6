import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { RouteOptions } from 'fastify';

interface File {
  readonly url: string;
  readonly path: string;
}

const folder = fileURLToPath(new URL('../../src/ui', import.meta.url));
const packaged = (name: string): string => createRequire(import.meta.url).resolve(name);
/** Bundled from src/ui/editor by `npm run build`. */
const editor = fileURLToPath(new URL('../../dist/ui/editor.mjs', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Each file of the page's folder under its own name, and what packages bring. */
function files(): File[] {
  const own = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ['.css', '.mjs', '.svg'].includes(extname(entry.name)))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((name) => !name.startsWith('editor/'))
    .map((name) => ({ url: `/ui/${name}`, path: join(folder, name) }));
  return [
    { url: '/', path: join(folder, 'page.html') },
    ...own,
    { url: '/ui/uplot.mjs', path: packaged('uplot/dist/uPlot.esm.js') },
    { url: '/ui/uplot.css', path: packaged('uplot/dist/uPlot.min.css') },
    { url: '/ui/lit-html.mjs', path: join(packaged('lit-html'), '../../lit-html.js') }, // beside the one for Node,
    ...(existsSync(editor) ? [{ url: '/ui/editor.mjs', path: editor }] : []),
  ];
}

/** Nothing from elsewhere, nothing inline, in no frame. */
const security = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** The page in the browser. */
export function uiRoutes(): RouteOptions[] {
  return files().map(({ url, path }) => {
    const body = readFileSync(path);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    let packed: Buffer | undefined;
    return {
      method: 'GET',
      url,
      config: { right: 'none' }, // so that whoever opens it can give the token; it holds no figures
      handler: async ({ headers }, reply) => {
        void reply.headers({ ...security, etag, 'cache-control': 'no-cache', vary: 'accept-encoding' });
        if (headers['if-none-match'] === etag) return reply.status(304).send();
        void reply.type(types[extname(path)] ?? 'text/javascript; charset=utf-8');
        if (!/\bgzip\b/.test(headers['accept-encoding'] ?? '')) return reply.send(body);
        packed ??= gzipSync(body, { level: 9 });
        return reply.header('content-encoding', 'gzip').send(packed);
      },
    };
  });
}
