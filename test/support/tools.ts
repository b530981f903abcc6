import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { it, type TestFunction } from 'vitest';

/** A program from outside this repository that some tests use as a judge or a helper. */
export interface Tool {
  readonly name: string;
  /** Where it is, or undefined if this machine does not have it. */
  readonly path: string | undefined;
  readonly debianPackage: string;
}

export const promtool = tool('promtool', 'prometheus');
export const prometheus = tool('prometheus', 'prometheus');
export const pushgateway = tool('prometheus-pushgateway', 'prometheus-pushgateway');
export const alertmanager = tool('prometheus-alertmanager', 'prometheus-alertmanager');
export const vmalert = tool('vmalert', 'victoria-metrics');
export const vmagent = tool('vmagent', 'victoria-metrics');
export const victoriaMetrics = tool('victoria-metrics', 'victoria-metrics');
export const sqlExporter = tool('prometheus-sql-exporter', 'prometheus-sql-exporter');
export const curl = tool('curl', 'curl');
export const chromium = tool('chromium', 'chromium');
export const pgbouncer = tool('pgbouncer', 'pgbouncer');

/**
 * PostgreSQL as Debian packages it: the embedded build has neither psql nor pg_dump, and pg_dump refuses a server
 * newer than itself. So tests that dump start a cluster of this server (`useCluster({ server: debianServer })`),
 * whose programs all come from one folder and are of one version.
 */
const debianBin = debianPostgresFolder();
export const debianServer = tool('postgres', 'postgresql', debianBin);
export const psql = tool('psql', 'postgresql-client', debianBin);
export const pgDump = tool('pg_dump', 'postgresql-client', debianBin);
export const pgRestore = tool('pg_restore', 'postgresql-client', debianBin);
export const plpgsqlCheck = debianExtension('plpgsql_check');

/**
 * Whether the tests run at the time that it is. As of another (test/as-of.mjs), what compares its clock with that of a program
 * without a C library, such as an Alertmanager, has nothing to compare: those programs keep the true time.
 */
export const inTrueTime = process.env['CLOCK_OFFSET'] === undefined;

/** Like `it`, but skipped under a title that names the missing Debian packages where a tool is absent. */
export function needing(...tools: Tool[]): (title: string, test: TestFunction, timeout?: number) => void {
  const missing = new Set(tools.filter((each) => each.path === undefined).map((each) => each.debianPackage));
  return (title, test, timeout) => {
    if (missing.size === 0) it(title, test, timeout);
    else it.skip(`${title} (needs Debian package ${[...missing].join(', ')})`, test);
  };
}

/** The path of a tool in a test that `needing` let through. */
export function pathOf(each: Tool): string {
  if (each.path === undefined) throw new Error(`${each.name} is not on this machine: wrap the test in needing()`);
  return each.path;
}

function tool(name: string, debianPackage: string, folder?: string): Tool {
  const folders = [folder ?? [], (process.env['PATH'] ?? '').split(delimiter)].flat().filter((each) => each !== '');
  return { name, debianPackage, path: folders.map((each) => join(each, name)).find(isExecutable) };
}

/** An extension of that server; its path is that of its control file. */
function debianExtension(name: string): Tool {
  const major = debianBin === undefined ? '<major>' : basename(dirname(debianBin));
  const path = `/usr/share/postgresql/${major}/extension/${name}.control`;
  const debianPackage = `postgresql-${major}-${name.replaceAll('_', '-')}`;
  return { name, debianPackage, path: existsSync(path) ? path : undefined };
}

/** The newest major with a server, or else the newest at all. */
function debianPostgresFolder(): string | undefined {
  const root = '/usr/lib/postgresql';
  const majors = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isInteger) : [];
  const newestFirst = majors.toSorted((a, b) => b - a).map((major) => join(root, String(major), 'bin'));
  return newestFirst.find((bin) => isExecutable(join(bin, 'postgres'))) ?? newestFirst[0];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
