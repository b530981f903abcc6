import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './ports.ts';
import { pathOf, pushgateway } from './tools.ts';

/** A real Pushgateway on loopback, which keeps nothing. */
export interface Pushgateway {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startPushgateway(): Promise<Pushgateway> {
  const port = await freePort();
  const child = spawn(pathOf(pushgateway), [`--web.listen-address=127.0.0.1:${port}`, '--persistence.file='], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  for (const patience = Date.now() + 120_000; !(await isReady(url)); await delay(50)) {
    if (Date.now() < patience && child.exitCode === null) continue;
    await stop();
    throw new Error('the Pushgateway did not start');
  }
  return { url, stop };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`)).ok;
  } catch {
    return false;
  }
}

/** A page of text 0.0.4 for comparison: how labels are ordered and numbers spelled, and where lines stand, is all the same. */
export function comparable(page: string): Record<string, { type: string; help: string | undefined; samples: Record<string, number> }> {
  const families: Record<string, { type: string; help: string | undefined; samples: Record<string, number> }> = {};
  let current = { type: '', help: undefined as string | undefined, samples: {} as Record<string, number> };
  for (const line of page.split('\n')) {
    const [, keyword, name = '', said = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (keyword !== undefined) {
      current = families[name] ??= { type: '', help: undefined, samples: {} };
      if (keyword === 'TYPE') current.type = said;
      else current.help = said;
      continue;
    }
    const [, sample, labels = '', value = ''] = /^([\w:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (sample === undefined) continue;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', given = '']) =>
      `${label}="${label === 'le' || label === 'quantile' ? numberOf(given) : given}"`);
    current.samples[`${sample}{${pairs.toSorted().join(',')}}`] = numberOf(value);
  }
  return families;
}

function numberOf(written: string): number {
  return Number(written.replace('Inf', 'Infinity'));
}
