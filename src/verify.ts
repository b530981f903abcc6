import { readdir } from 'node:fs/promises';
import { Client, DatabaseError } from 'pg';

/** A row of `noetl.verify()`. */
interface Finding {
  readonly checked: string;
  readonly ok: boolean;
  readonly saw: string;
  readonly remedy: string | null;
}

/** Milliseconds for all of it; it runs every collector. */
const patience = 120_000;

/** Says what `noetl.verify()` found, one line each; returns whether all of it is well. */
export async function verifyDatabase(url: string, say: (line: string) => void): Promise<boolean> {
  const findings = await findingsOf(url);
  for (const finding of findings) say(line(finding));
  return findings.every(({ ok }) => ok);
}

async function findingsOf(url: string): Promise<Finding[]> {
  const client = new Client({ connectionString: url, application_name: 'noetl-metrics verify', connectionTimeoutMillis: 10_000, statement_timeout: patience });
  client.on('error', () => {});
  try {
    await client.connect();
    const files = await readdir(new URL('../migrations', import.meta.url));
    const migrations = files.filter((name) => name.endsWith('.sql')).map((name) => name.slice(0, -'.sql'.length));
    return (await client.query<Finding>('select * from noetl.verify($1)', [migrations])).rows;
  } catch (error) {
    const isInstalled = error instanceof DatabaseError && !/^(3F000|42883|42P01)$/.test(error.code ?? '');
    if (!(error instanceof DatabaseError) || /^(08|28|3D|57)/.test(error.code ?? '')) {
      return [failed('connection', error, 'Start that server, or correct DATABASE_URL; without it, run: noetl-metrics start')];
    }
    return [failed('installation', error, isInstalled ? 'Read the error, and run: noetl-metrics migrate' : 'Run: noetl-metrics migrate')];
  } finally {
    await client.end().catch(() => {});
  }
}

function failed(check: string, error: unknown, remedy: string): Finding {
  const causes = error instanceof AggregateError ? error.errors : [error];
  return { checked: check, ok: false, saw: causes.map((cause) => (cause instanceof Error ? cause.message : String(cause))).join('; '), remedy };
}

const width = 80;
const column = 26;

/** A tick or a cross, what, and what was found, in lines of 80; below a cross what to do. */
export function line({ checked, ok, saw, remedy }: Finding): string {
  const name = `${ok ? '✓' : '✗'} ${checked}`;
  const indent = ' '.repeat(column);
  const found = wrapped(saw, width - column).join(`\n${indent}`);
  const head = name.length < column ? name.padEnd(column) + found : `${wrapped(name, width).join('\n')}\n${indent}${found}`;
  if (remedy === null) return head;
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
