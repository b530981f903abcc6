import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../support/server.ts';
import { pathOf, promtool } from '../support/tools.ts';

export interface Verdict {
  readonly accepted: boolean;
  /** Everything it said, in lines. */
  readonly said: string[];
}

/** Runs promtool in a folder of its own with these files in it. */
export async function judged(command: string[], files: Readonly<Record<string, string>>): Promise<Verdict> {
  const folder = await temporaryFolder();
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const child = spawn(pathOf(promtool), command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [status] = (await once(child, 'close')) as [number | null];
    return { accepted: status === 0, said: said.split('\n').map((line) => line.trim()).filter((line) => line !== '') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
