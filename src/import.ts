import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { parseAllDocuments } from 'yaml';
import { ExpectedError } from './errors.ts';
import { line } from './verify.ts';

export interface ImportOptions {
  readonly files: readonly string[];
  /** Says what would become of each, and changes nothing. */
  readonly dryRun: boolean;
  /** Only the metrics of this preset of pgwatch, at its intervals. */
  readonly preset?: string | undefined;
}

/** A row of `noetl.import_collectors()`. */
interface Imported {
  readonly name: string;
  readonly became: 'added' | 'changed' | 'unchanged' | 'skipped' | 'refused';
  readonly metrics: string[] | null;
  readonly notes: string[];
}

/** Milliseconds for one file; each of its queries is tried. */
const patience = 600_000;

/** Makes collectors of what other exporters' files say, and says of each what it became; returns whether none was refused. */
export async function importFiles(url: string, { files, dryRun, preset }: ImportOptions, say: (line: string) => void): Promise<boolean> {
  const documents = await Promise.all(files.map(readDocuments));
  const client = new Client({ connectionString: url, application_name: 'noetl-metrics import', connectionTimeoutMillis: 10_000, statement_timeout: patience });
  client.on('error', () => {});
  const counts = { added: 0, changed: 0, unchanged: 0, skipped: 0, refused: 0 };
  try {
    await client.connect();
    for (const { name, value } of documents.flat()) {
      const { rows } = await client.query<Imported>('select * from noetl.import_collectors($1, $2, $3)', [JSON.stringify(value), preset ?? null, dryRun]);
      if (rows.length === 0) throw new ExpectedError(`${name}: it has no query of postgres_exporter, sql_exporter or pgwatch`);
      for (const row of rows) {
        counts[row.became] += 1;
        say(line({ checked: row.name, ok: row.became !== 'refused', saw: described(row), remedy: null }));
      }
    }
  } finally {
    await client.end().catch(() => {});
  }
  const done = Object.entries(counts).filter(([, count]) => count > 0).map(([became, count]) => `${count} ${became}`).join(', ');
  say(dryRun ? `nothing is changed (--dry-run); it would be: ${done}` : done);
  return counts.refused === 0;
}

function described({ became, metrics, notes }: Imported): string {
  const names = became === 'refused' || became === 'skipped' ? [] : (metrics ?? []);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return [[became, shown.join(', ')].filter((part) => part !== '').join(': '), ...notes].join('; ');
}

interface Document {
  /** Of its file. */
  readonly name: string;
  readonly value: unknown;
}

/** What a file holds, and what the files hold that it names as its collector_files. */
async function readDocuments(name: string): Promise<Document[]> {
  const values = parsed(await readFile(name, 'utf8').catch(explained), name);
  const named = await Promise.all(values.flatMap(collectorFiles).map(async (pattern) => matching(join(dirname(name), pattern))));
  const others = await Promise.all(named.flat().map(readDocuments));
  // a configuration that only names other files has nothing of its own
  const own = values.filter((value) => others.length === 0 || (value !== null && typeof value === 'object' && 'collectors' in value));
  return [...own.map((value) => ({ name, value })), ...others.flat()];
}

function collectorFiles(value: unknown): string[] {
  if (value === null || typeof value !== 'object' || !('collector_files' in value) || !Array.isArray(value.collector_files)) return [];
  return value.collector_files.filter((each) => typeof each === 'string');
}

/** The files whose names are as a pattern has it, in which * stands for anything. */
async function matching(pattern: string): Promise<string[]> {
  const literal = basename(pattern).split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const names = await readdir(dirname(pattern)).catch(explained);
  return names.filter((name) => new RegExp(`^${literal.join('.*')}$`).test(name)).toSorted().map((name) => join(dirname(pattern), name));
}

/**
 * The documents of a YAML text. Exporters read YAML by a library that lets the lines of a quoted text begin further left
 * than the standard has it: these are moved to the right, which changes nothing else.
 */
export function parsed(text: string, name: string): unknown[] {
  let source = text;
  let first: string | undefined;
  for (let moved = 0; ; moved += 1) {
    const read = parseAllDocuments(source, { merge: true, uniqueKeys: false, logLevel: 'silent' });
    const documents = Array.isArray(read) ? read : []; // of an empty text it is no array
    const error = documents.flatMap(({ errors }) => errors)[0];
    if (error === undefined) {
      return documents.map((document) => {
        const value: unknown = document.toJS({ maxAliasCount: 1000 });
        return value;
      });
    }
    first ??= error.message;
    const at = error.pos[1];
    if (error.code !== 'MISSING_CHAR' || moved === 200 || at >= source.length) throw new ExpectedError(`${name}: ${first.split('\n')[0] ?? first}`);
    source = `${source.slice(0, at)}${' '.repeat(80)}${source.slice(at)}`;
  }
}

function explained(error: unknown): never {
  throw new ExpectedError(error instanceof Error ? error.message : String(error));
}
