import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { build } from '../../src/pack/build.mjs';
import { codeFile, readRelease, type Release } from '../../src/install.ts';
import type { Tool } from '../support/tools.ts';
import { debianServer } from '../support/tools.ts';

export type Files = Readonly<Record<string, string>>;

/** What `npm run pack` makes, or would make of a release with other code. */
export async function packed(version: string, earlier: readonly string[], change = (release: Release): Release => release): Promise<Files> {
  const code = async (name: string): Promise<string> => (await codeFile(name)).text;
  return build({
    about: { ...(JSON.parse(await readFile('package.json', 'utf8')) as { version: string }), version },
    earlier,
    release: change(await readRelease()),
    parts: {
      beginInstall: await code('begin_install.sql'),
      holdInstall: await code('hold_install.sql'),
      createRoles: await code('role/create_roles.sql'),
    },
    license: await readFile('LICENSE', 'utf8'),
  });
}

export interface ExtensionServer {
  readonly server: Tool;
  /** Puts a file where `create extension` finds it. */
  add(name: string, text: string): Promise<void>;
}

/** Debian's PostgreSQL in a folder of this test's own, into whose extensions it may write; it finds all that it needs beside its programs. */
export function useExtensionServer(): ExtensionServer {
  if (debianServer.path === undefined) return { server: debianServer, add: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'noetl-test-'));
  chmodSync(folder, 0o755);
  const programs = dirname(dirname(debianServer.path));
  const shared = join('/usr/share/postgresql', basename(programs));
  execFileSync('cp', ['-r', '--parents', programs, shared, folder]);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    server: { ...debianServer, path: join(folder, debianServer.path) },
    add: async (name, text) => writeFile(join(folder, shared, 'extension', name), text),
  };
}
