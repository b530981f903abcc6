// noetl.tick() called by the pg_cron of Debian for two minutes, on a cluster of its own, in the form that sql/tick/README.md has for it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const majors = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
const major = majors.find((each) => existsSync(`/usr/share/postgresql/${each}/extension/pg_cron.control`));
if (major === undefined) {
  console.log('pg_cron: not tried: Debian package postgresql-<major>-cron is not here');
  process.exit(0);
}
const bin = `/usr/lib/postgresql/${major}/bin`;
const scratch = mkdtempSync(join(tmpdir(), 'noetl-cron-'));
const data = join(scratch, 'data');
const isRoot = process.getuid() === 0;
if (isRoot) execFileSync('chown', ['nobody', scratch]);
const server = (program, ...args) => {
  const command = [join(bin, program), ...args];
  return isRoot ? execFileSync('setpriv', ['--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups', ...command], { stdio: ['ignore', 'ignore', 'inherit'] }) : execFileSync(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] });
};
const port = 20_000 + Math.floor(Math.random() * 8000);
const psql = (...args) => execFileSync(join(bin, 'psql'), ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-d', 'postgres', ...args], { cwd: root, encoding: 'utf8' }).trim();
const ask = (sql) => psql('-c', sql);

let failed = false;
try {
  server('initdb', '-D', data, '-U', 'postgres', '-A', 'trust');
  server('pg_ctl', '-D', data, '-w', '-l', join(scratch, 'log'), '-o',
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${scratch} -c shared_preload_libraries=pg_cron -c cron.host=127.0.0.1 -c fsync=off`, 'start');
  psql('-f', 'sql/psql.sql');
  ask(`create role keeper login; create extension pg_cron; grant usage on schema cron to keeper; grant noetl_admin to keeper; alter role keeper set statement_timeout = '58s'`);
  const text = readFileSync(join(root, 'sql', 'tick', 'README.md'), 'utf8');
  const line = /pg_cron before that.*?`(select cron\.schedule\(.*?\))` \|/s.exec(text)?.[1];
  ask(`set role keeper; ${line}`);
  ask(`select noetl.add_collector('answer', 'select 42 as value', every => '5 seconds'), noetl.inc('orders_total')`);
  const begun = Date.now();
  // a minute begins within a minute; from then on two of them
  while (ask(`select count(*) from cron.job_run_details`) === '0' && Date.now() - begun < 90_000) spawnSync('sleep', ['1']);
  spawnSync('sleep', ['125']);
  const [version, runs, wrong, scrapes, answers, steps, verdict] = [
    `select extversion from pg_extension where extname = 'pg_cron'`,
    `select count(*) from cron.job_run_details where status in ('succeeded', 'running')`,
    `select coalesce(string_agg(return_message, '; '), '') from cron.job_run_details where status = 'failed'`,
    `select scrapes from _noetl.scraper where scraper = 0`,
    `select runs from noetl.collector_status where name = 'answer'`,
    `select count(*) from noetl.maintenance where error is null`,
    `select ok || ' ' || saw from noetl.verify() where checked = 'schedule'`,
  ].map(ask);
  console.log(`pg_cron ${version}, PostgreSQL ${major}: ${runs} calls, ${scrapes} scrapes, ${answers} runs of a collector of 5 seconds, ${steps} steps of maintenance; verify: ${verdict}`);
  failed = wrong !== '' || Number(scrapes) < 7 || Number(answers) < 20 || Number(steps) < 5 || !verdict.startsWith('true noetl.tick() is called by pg_cron');
  if (failed) console.log(`pg_cron: FAILED ${wrong}`);
} catch (error) {
  failed = true;
  console.log(`pg_cron: FAILED: ${error.stderr ?? ''}${error.message}`);
} finally {
  if (existsSync(join(data, 'postmaster.pid'))) server('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
