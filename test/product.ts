import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, readFile, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { freePort } from './support/ports.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** A clone with its dependencies, built as `npm start` builds it, apart from the working tree's own `dist`. */
export async function buildProduct(folder: string): Promise<string> {
  for (const name of ['src', 'migrations', 'sql']) await cp(join(root, name), join(folder, name), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json']) await copyFile(join(root, name), join(folder, name));
  await symlink(await realpath(join(root, 'node_modules')), join(folder, 'node_modules'));
  await run('npm', ['run', 'build'], { cwd: folder });
  return folder;
}

type Environment = Record<string, string>;

/** A process of the product, in a process group of its own. */
export class Product {
  output = '';
  errors = '';
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;

  constructor(folder: string, command: string[], environment: Environment) {
    const { PATH = '', HOME = '' } = process.env;
    const [program = '', ...args] = command;
    this.#child = spawn(program, args, { cwd: folder, env: { PATH, HOME, ...environment }, detached: true });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.#closed = once(this.#child, 'close');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Until it says how to stop it, which is the last thing it does when it starts. */
  async ready(): Promise<this> {
    const state = (): string =>
      this.output.includes('Ctrl-C') ? 'ready' : this.alive ? 'starting' : `ended: ${this.output}${this.errors}`;
    await expect.poll(state, { interval: 20 }).not.toBe('starting');
    expect(state()).toBe('ready');
    return this;
  }

  /** To the process alone or, as a terminal does, to its whole group. */
  signal(name: NodeJS.Signals, to: 'process' | 'group' = 'process'): void {
    process.kill(to === 'group' ? -this.pid : this.pid, name);
  }

  /** Its exit status, or the signal that ended it. */
  async end(): Promise<number | NodeJS.Signals | null> {
    await this.#closed;
    return this.#child.exitCode ?? this.#child.signalCode;
  }
}

/** Settings under which a second product can run beside any other. */
export async function ownSettings(dataDir: string): Promise<Environment & { PORT: string; NOETL_PG_PORT: string }> {
  return { NOETL_DATA_DIR: dataDir, PORT: String(await freePort()), NOETL_PG_PORT: String(await freePort()) };
}

/** The embedded server's process, by its pid file. */
export async function postmasterOf(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'cluster', 'data', 'postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

/** Every process that names the folder, zombies aside. */
export async function processesOf(folder: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-eo', 'stat=,args=']);
  return stdout.split('\n').filter((line) => line.includes(folder) && !line.startsWith('Z'));
}
