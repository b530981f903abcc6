import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './ports.ts';
import { temporaryFolder } from './server.ts';
import { alertmanager, pathOf } from './tools.ts';

/** A real Alertmanager on loopback that tells one webhook of everything, at once. */
export interface Alertmanager {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startAlertmanager(webhook: string): Promise<Alertmanager> {
  const folder = await temporaryFolder();
  const config = {
    route: { receiver: 'hook', group_by: ['alertname'], group_wait: '1s', group_interval: '1s', repeat_interval: '1h' },
    receivers: [{ name: 'hook', webhook_configs: [{ url: webhook }] }],
  };
  await writeFile(join(folder, 'alertmanager.yml'), JSON.stringify(config));
  const port = await freePort();
  const child = spawn(
    pathOf(alertmanager),
    [`--config.file=${join(folder, 'alertmanager.yml')}`, `--storage.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const isReady = async (): Promise<boolean> => fetch(`${url}/-/ready`).then((answer) => answer.ok, () => false);
  for (const patience = Date.now() + 60_000; !(await isReady()); await delay(50)) {
    if (Date.now() < patience && child.exitCode === null) continue;
    await stop();
    throw new Error('the Alertmanager did not start');
  }
  return { url, stop };
}
