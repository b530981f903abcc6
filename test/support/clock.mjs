// Another time for a whole tree of processes: its clock runs on from there at the usual speed. Programs without a C
// library (Prometheus, promtool) keep the true time.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('clock.c', import.meta.url));
const handOn = new URL('hand-clock-on.mjs', import.meta.url);

/** As spawnSync() runs a Node, but at `time` (Unix milliseconds) unless that is undefined. */
export function runAsOf(time, node, args, options) {
  if (time === undefined) return spawnSync(node, args, options);
  const folder = mkdtempSync(join(tmpdir(), 'noetl-clock-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as another user
  try {
    const library = join(folder, 'clock.so');
    const { status } = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-o', library, source], { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error('the clock is moved by a library that has to be compiled: install Debian packages gcc and libc6-dev');
    const env = {
      ...options.env,
      LD_PRELOAD: library,
      CLOCK_OFFSET: String(Math.round((time - Date.now()) / 1000)),
      NODE_OPTIONS: `${options.env.NODE_OPTIONS ?? ''} --import=${handOn}`.trim(),
    };
    return spawnSync(node, args, { ...options, env });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
