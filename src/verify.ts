/** What a person runs after installing: does every part work, and if not, what to do about it. */
import { readdir } from 'node:fs/promises';
import { escapeIdentifier, escapeLiteral, Pool } from 'pg';
import { hostProbes, type Probe } from './host/probes.ts';
import { before, clock, rowsWithin } from './database.ts';

/** One line of the table; `remedy` is there where something is wrong. */
interface Finding {
  readonly what: string;
  readonly detail: string;
  readonly remedy?: string;
}

type Ask = <R extends unknown[]>(sql: string, within?: number) => Promise<R[]>;

interface Check {
  readonly what: string;
  /** What to do if the check itself fails. */
  readonly remedy: string;
  run(ask: Ask): Promise<Finding[]>;
}

/** Milliseconds for one statement. */
const patience = 10_000;
/** Milliseconds: the longest that a collector's own timeout can be, and some. */
const collectorPatience = 65_000;

/** Each builds on those before: the first that leaves no ground to stand on ends the list. */
const checks: (Check & { essential?: true })[] = [
  {
    what: 'connection',
    remedy: 'Start that server, or correct DATABASE_URL; without it, run: noetl-metrics start',
    essential: true,
    run: async (ask) => {
      const [row] = await ask<[string, string]>('select current_database(), current_user');
      return [{ what: 'connection', detail: `database ${row?.[0]} as ${row?.[1]}` }];
    },
  },
  {
    what: 'version',
    remedy: 'Use PostgreSQL 15 or later.',
    essential: true,
    run: async (ask) => {
      const [row] = await ask<[string, boolean]>(
        "select current_setting('server_version'), current_setting('server_version_num')::int >= 150000",
      );
      return [finding('version', row?.[1] === true, `PostgreSQL ${row?.[0]}`, 'Use PostgreSQL 15 or later.')];
    },
  },
  {
    what: 'installation',
    remedy: 'Run: noetl-metrics migrate',
    essential: true,
    run: async (ask) => {
      const files = await readdir(new URL('../migrations', import.meta.url));
      const wanted = files.filter((name) => name.endsWith('.sql')).map((name) => name.slice(0, -'.sql'.length));
      const present = new Set((await ask<[string]>('select name from _noetl.migration')).map(([name]) => name));
      const missing = wanted.filter((name) => !present.has(name));
      const detail = missing.length === 0 ? `${present.size} migrations` : `without ${missing.join(', ')}`;
      return [finding('installation', missing.length === 0, detail, 'Run: noetl-metrics migrate')];
    },
  },
  {
    what: 'roles',
    remedy: 'Run: noetl-metrics migrate',
    run: async (ask) => {
      const [row] = await ask<[string, string[], boolean, string]>(
        `select current_user, array(select r.name from _noetl.role as r where r.present), (select bool_and(r.usable) from _noetl.role as r),
           (select count(*) from _noetl.privilege_fault)::text`,
      );
      const [user = '', present = [], usable = false, faults = '0'] = row ?? [];
      const detail = present.length < 3
        ? `${present.length === 0 ? 'none are there' : `only ${present.join(', ')}`}: everything has the rights of ${user} (noetl-metrics migrate says how to make them)`
        : `${present.join(', ')}${usable ? '' : `; but a server has the rights of ${user}: grant noetl_admin to it`}`;
      return [finding('roles', faults === '0', faults === '0' ? detail : `${faults} privileges are not as they should be`, 'Run: noetl-metrics migrate')];
    },
  },
  {
    what: 'partitions',
    remedy: 'Run in psql: select noetl.initialize_metric_partitions()',
    run: async (ask) => {
      const [row] = await ask<[number]>('select partition_days_ahead from noetl.health');
      const days = row?.[0] ?? 0;
      const remedy = 'A running server makes them; by hand: select noetl.initialize_metric_partitions()';
      return [finding('partitions', days > 0, `${days} days ahead`, remedy)];
    },
  },
  {
    what: 'schedule',
    remedy: 'Run: noetl-metrics start',
    run: async (ask) => {
      const [row] = await ask<[string | null]>('select (select worker_schema from _noetl.collector_schedule)');
      const schema = row?.[0];
      if (typeof schema !== 'string') {
        return [{ what: 'schedule', detail: 'no server has run here yet', remedy: 'Run: noetl-metrics start' }];
      }
      const wrong = await ask<[string]>(
        `select 'no server runs' where not exists (select from noetl.runtime as r where r.component_type = 'server_api' and r.status <> 'offline')
         union all
         select format('%s %s', t.key, case when j.key is null then 'is not planned' else 'is late' end)
         from (
           select _noetl.tick_key() as key
           union all
           select _noetl.tick_key(r.runtime_id) from noetl.runtime as r
           where r.runtime_id in (select n.runtime_id from _noetl.collector_run as n where n.runtime_id <> 0) and r.status <> 'offline'
         ) as t
         left join ${escapeIdentifier(schema)}.jobs as j on j.key = t.key
         where j.key is null or j.locked_at is null and j.run_at < now() - interval '30 seconds'
         order by 1`,
      );
      const detail = wrong.length === 0 ? 'every tick is planned' : wrong.map(([each]) => each).join(', ');
      return [finding('schedule', wrong.length === 0, detail, 'Run: noetl-metrics start. A server that runs mends its schedule in 10 s.')];
    },
  },
  {
    what: 'collectors',
    remedy: 'Run: noetl-metrics migrate',
    run: async (ask) => {
      const collectors = await ask<[string, string | null]>(
        'select name, probe from noetl.collector where enabled order by origin, probe is not null, name',
      );
      const probes = hostProbes();
      const findings: Finding[] = [];
      for (const [name, probe] of collectors) {
        const local = probes.find((each) => each.name === probe);
        findings.push(probe === null ? await collected(ask, name) : await probed(ask, name, local));
      }
      return findings;
    },
  },
  {
    what: 'page',
    remedy: 'Read the error; the server serves what this view returns: noetl.prometheus_exposition',
    run: async (ask) => {
      const begun = clock();
      const [row] = await ask<[string, string]>(
        'select count(*)::text, coalesce(sum(samples), 0)::text from (select samples, body from noetl.prometheus_exposition offset 0) as f',
      );
      return [{ what: 'page', detail: `${row?.[0]} families, ${row?.[1]} samples in ${Math.round(clock() - begun)} ms` }];
    },
  },
];

/** Says what it found, one line each; returns whether all of it is well. */
export async function verifyDatabase(url: string, say: (line: string) => void): Promise<boolean> {
  const pool = new Pool({ connectionString: url, application_name: 'noetl-metrics verify', max: 1 });
  pool.on('error', () => {});
  const ask: Ask = async (sql, within = patience) => rowsWithin(pool, sql, { deadline: clock() + within });
  let well = true;
  try {
    for (const check of checks) {
      const findings = await check.run(ask).catch((error: unknown) => [
        { what: check.what, detail: messageOf(error), remedy: check.remedy },
      ]);
      for (const found of findings) say(line(found));
      const failed = findings.some(({ remedy }) => remedy !== undefined);
      well &&= !failed;
      if (failed && check.essential) break;
    }
  } finally {
    await pool.end();
  }
  return well;
}

/** Runs one collector as a server does: under its own timeout, in a transaction of its own. */
async function collected(ask: Ask, name: string): Promise<Finding> {
  const literal = escapeLiteral(name);
  const [row] = await ask<[boolean | null, string | null, number, number]>(
    `select set_config('statement_timeout', ceil(extract(epoch from c.timeout) * 1000)::bigint::text, true)
     from noetl.collector as c where c.name = ${literal};
     select noetl.run_collector(${literal});
     select s.succeeded, s.error, s.samples, round(s.duration_seconds * 1000)::int from noetl.collector_status as s where s.name = ${literal}`,
    collectorPatience,
  );
  const [succeeded, error, samples, milliseconds] = row ?? [null, null, 0, 0];
  if (succeeded === null) return { what: name, detail: 'is being run for the first time' };
  const detail = succeeded ? `${samples} samples in ${milliseconds} ms` : (error ?? 'failed');
  const remedy = name.startsWith('queue:')
    ? `Correct the queue with noetl.register_queue(), or: select noetl.disable_collector('${name}')`
    : `Correct what its query reads, or: select noetl.disable_collector('${name}')`;
  return finding(name, succeeded, detail, remedy);
}

/** What the servers have to say of a probe, and whether it can be read here; nothing is stored. */
async function probed(ask: Ask, name: string, probe: Probe | undefined): Promise<Finding> {
  const literal = escapeLiteral(name);
  const remedy = `See what hinders the server, or: select noetl.disable_collector(${literal})`;
  const servers = await ask<[string, string | null]>(
    `select s.server, s.error from noetl.collector_status as s
     join noetl.runtime as r on r.name = s.server and r.component_type = 'server_api' and r.status <> 'offline'
     where s.name = ${literal} order by 1`,
  );
  const failed = servers.filter(([, error]) => error !== null);
  if (failed.length > 0) return finding(name, false, failed.map(([server, error]) => `${server}: ${error}`).join('; '), remedy);
  const begun = clock();
  const readings = await Promise.all(probe?.sources.map((source) => before(begun + patience, source.read())) ?? []);
  const here = probe === undefined ? [] : [`${readings.flat().length} samples in ${Math.round(clock() - begun)} ms here`];
  return finding(name, true, [...here, `servers that read it: ${servers.length}`].join(', '), remedy);
}

function finding(what: string, well: boolean, detail: string, remedy: string): Finding {
  return well ? { what, detail } : { what, detail, remedy };
}

const width = 80;
const column = 26;

/** A tick or a cross, what, and what was found, in lines of 80; below a cross what to do. */
export function line({ what, detail, remedy }: Finding): string {
  const name = `${remedy === undefined ? '✓' : '✗'} ${what}`;
  const indent = ' '.repeat(column);
  const found = wrapped(detail, width - column).join(`\n${indent}`);
  const head = name.length < column ? name.padEnd(column) + found : `${wrapped(name, width).join('\n')}\n${indent}${found}`;
  if (remedy === undefined) return head;
  return `${head}\n${indent}→ ${wrapped(remedy, width - column - 2).join(`\n${indent}  `)}`;
}

function wrapped(text: string, room: number): string[] {
  const lines: string[] = [''];
  for (const word of text.replaceAll(/\s+/g, ' ').split(' ')) {
    for (let rest = word; rest !== ''; rest = rest.slice(room)) {
      const part = rest.slice(0, room);
      const last = lines.at(-1) ?? '';
      if (last === '') lines[lines.length - 1] = part;
      else if (last.length + 1 + part.length <= room) lines[lines.length - 1] = `${last} ${part}`;
      else lines.push(part);
    }
  }
  return lines;
}

function messageOf(error: unknown): string {
  const causes = error instanceof AggregateError ? error.errors : [error];
  return causes.map((cause) => (cause instanceof Error ? cause.message : String(cause))).join('; ');
}
