import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { escapeIdentifier, type Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { install } from '../../src/install.ts';
import { connected, urlOf } from './connection.ts';
import { startTestServer, today } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, the database on it that `useDatabase` clones, and the day on which that was installed. */
    server: { readonly url: string; readonly template: string; readonly day: string };
  }
}

/** Once per run: a server, and on it a template database made by the production installer. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A run that is cut off: only "exit" takes the server along.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  buildEditor();
  const server = await startTestServer();
  console.log(`tests run on ${server.description}`);
  const template = `noetl_test_${randomBytes(4).toString('hex')}`;
  const day = today();
  try {
    await connected(server.url, (admin) => makeTemplate(admin, server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('server', { url: server.url, template, day });
  return async () => {
    await connected(server.url, (admin) => dropTemplate(admin, template));
    await server.stop();
  };
}

/** The one file of the page in the browser that is built, unless it is as new as what it is built from. */
function buildEditor(): void {
  const written = (path: string): number => statSync(new URL(`../../${path}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (written('dist/ui/editor.mjs') > Math.max(written('src/ui/editor/editor.mjs'), written('package-lock.json'))) return;
  execFileSync('npm', ['run', '--silent', 'build:editor'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function makeTemplate(admin: Client, url: string, template: string): Promise<void> {
  await admin.query(`create database ${escapeIdentifier(template)} template template0 encoding 'UTF8'`);
  await install(urlOf(url, template));
  // A template that somebody is connected to cannot be cloned, so nobody may connect to it.
  await admin.query(`alter database ${escapeIdentifier(template)} with is_template true allow_connections false`);
}

async function dropTemplate(admin: Client, template: string): Promise<void> {
  await admin.query(`alter database ${escapeIdentifier(template)} with is_template false`);
  await admin.query(`drop database ${escapeIdentifier(template)} with (force)`);
}
