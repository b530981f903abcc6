import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/** A program that others would use instead of us. */
export interface Peer {
  readonly name: string;
  /** What brings it. */
  readonly source: string;
  /** Where it is; undefined: this machine does not have it. */
  readonly path: string | undefined;
}

export type Peers = ReturnType<typeof findPeers>;

/** `debianServer` is a folder that holds bin/postgres: extensions from Debian packages run nowhere else. */
export function findPeers() {
  const debianServer = '/usr/lib/postgresql/15';
  const partman = '/usr/share/postgresql/15/extension/pg_partman.control';
  return {
    promClient: { name: 'prom-client', source: 'npm', path: resolved('prom-client') },
    pushgateway: program('Pushgateway', 'prometheus-pushgateway'),
    sqlExporter: program('sql_exporter', 'prometheus-sql-exporter'),
    prometheus: program('Prometheus', 'prometheus'),
    victoriaMetrics: program('VictoriaMetrics', 'victoria-metrics'),
    pgbench: { name: 'pgbench', source: 'Debian package postgresql-15', path: [join(debianServer, 'bin', 'pgbench')].find(isExecutable) },
    partman: {
      name: 'pg_partman',
      source: 'Debian package postgresql-15-partman',
      path: existsSync(partman) && existsSync(join(debianServer, 'bin', 'postgres')) ? debianServer : undefined,
    },
  } satisfies Record<string, Peer>;
}

function program(name: string, debianPackage: string): Peer {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const path = folders.map((folder) => join(folder, debianPackage)).find(isExecutable);
  return { name, source: `Debian package ${debianPackage}`, path };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function resolved(module: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(module);
  } catch {
    return undefined;
  }
}
