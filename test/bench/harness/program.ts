import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** A process beside us: a peer, or our own product. */
export interface Program {
  readonly pid: number;
  /** What it has said, on both streams. */
  output(): string;
  stop(): Promise<void>;
}

export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether it is ready; asked every 50 ms. */
  readonly ready: (output: string) => boolean | Promise<boolean>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts it and waits until it is ready; it does not outlive us. */
export async function startProgram({ command, args, environment = {}, cwd, ready }: Start): Promise<Program> {
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: { PATH, HOME, ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let fault: Error | undefined;
  child.once('error', (error) => (fault = error));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-100_000)));
  }
  const ended = once(child, 'close').catch(() => {});
  running.add(child);
  const alive = (): boolean => child.exitCode === null && child.signalCode === null && fault === undefined;
  const stop = async (): Promise<void> => {
    running.delete(child);
    if (!alive()) return;
    child.kill('SIGTERM');
    await Promise.race([ended, delay(8000, undefined, { ref: false })]);
    if (alive()) child.kill('SIGKILL');
    await ended;
  };

  for (const patience = Date.now() + 30_000; !(await ready(said)); await delay(50)) {
    if (alive() && Date.now() < patience) continue;
    await stop();
    throw new Error(`${command} did not start: ${fault?.message ?? said}`);
  }
  return { pid: child.pid ?? 0, output: () => said, stop };
}

/** Whether something answers 200 there. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
