import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseError, type QueryResult } from 'pg';
import { describe, expect, it } from 'vitest';
import { useDatabase } from './support/database.ts';

const db = useDatabase();
const readme = new URL('../README.md', import.meta.url);
const reference = new URL('../sql/README.md', import.meta.url);

type Row = Record<string, unknown>;

interface Example {
  sql: string;
  output: string;
}

/** Each sql block with the text block behind it. */
async function examples(): Promise<Example[]> {
  const text = await readFile(readme, 'utf8');
  return [...text.matchAll(/^```sql\n((?:(?!```).)*)^```\n\n^```text\n(.*?)^```$/gms)].map(([, sql = '', output = '']) => ({ sql, output }));
}

/** What psql prints for the last statement, without the lines that count rows. */
function printed(rows: Row[], names: string[]): string {
  if (names.length === 1 && names[0] === 'body') return rows.map((row) => cell(row['body'])).join('');
  const cells = rows.map((row) => names.map((name) => cell(row[name])));
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map((row) => (row[i] ?? '').length)));
  const header = names.map((name, i) => centred(name, widths[i] ?? 0)).join('|');
  const line = (row: string[]): string =>
    row.map((value, i) => ` ${typeof rows[0]?.[names[i] ?? ''] === 'number' ? value.padStart(widths[i] ?? 0) : value.padEnd(widths[i] ?? 0)} `).join('|');
  return [header, widths.map((width) => '-'.repeat(width + 2)).join('+'), ...cells.map(line)].map((text) => `${text.trimEnd()}\n`).join('');
}

function cell(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'string') return value;
  return JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "');
}

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return ` ${' '.repeat(left)}${text}${' '.repeat(width - text.length - left)} `;
}

describe('README.md', () => {
  it('shows what its examples print', async () => {
    const session = await db.session();
    for (const { sql, output } of await examples()) {
      let shown: string;
      try {
        const results: QueryResult<Row>[] = [await session.query<Row>(sql)].flat();
        const last = results.at(-1);
        shown = printed(last?.rows ?? [], last?.fields.map((field) => field.name) ?? []);
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error;
        shown = `ERROR:  ${error.message}\n`;
      }
      expect({ sql, shown }).toEqual({ sql, shown: output });
    }
  });

  it('has at most 250 lines', async () => {
    expect((await readFile(readme, 'utf8')).split('\n').length - 1).toBeLessThanOrEqual(250);
  });

  it('points at files that are there', async () => {
    const links = [...(await readFile(readme, 'utf8')).matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(new URL(path, readme)))).toEqual([]);
  });
});

describe('sql/README.md', () => {
  it('lists everything in the schema noetl by task, in the words of COMMENT ON', async () => {
    const objects = await db.rows<{ name: string; object: string; purpose: string }>(`
      select c.relname as name, format('\`%s\`', c.relname) as object, obj_description(c.oid, 'pg_class') as purpose
      from pg_class as c
      where c.relnamespace = 'noetl'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
      union all
      select p.proname, format('\`%s(%s)\`', p.proname,
          (select string_agg(name, ', ' order by n) from unnest(p.proargnames[:p.pronargs]) with ordinality as a (name, n))),
        obj_description(p.oid, 'pg_proc')
      from pg_proc as p
      where p.pronamespace = 'noetl'::regnamespace
      order by 1, 2`);
    const manifest = await readFile(new URL('install.sql', reference), 'utf8');
    const folders = new Map<string, { about: string; names: Set<string> }>();
    let about = '';
    for (const line of manifest.split('\n')) {
      if (line.startsWith('--')) about += line.slice(2);
      const [, folder, name] = /^\\ir (.+)\/(\w+)\.sql$/.exec(line) ?? [];
      if (folder === undefined || name === undefined) {
        if (line === '') about = '';
        continue;
      }
      const made = await readFile(new URL(`${folder}/${name}.sql`, reference), 'utf8');
      const known = folders.get(folder) ?? { about: about.trim().replace(/[,;]$/, '.'), names: new Set() };
      if (new RegExp(`^create or replace (?:function|procedure|view) noetl\\.${name}\\b`, 'm').test(made)) known.names.add(name);
      folders.set(folder, known);
      about = '';
    }
    const table = (rows: typeof objects): string =>
      ['| object | use it for |', '|---|---|', ...rows.map(({ object, purpose }) => `| ${object} | ${purpose.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')} |`)].join('\n');
    const sections = [...folders].flatMap(([folder, { about: text, names }]) => {
      const rows = objects.filter(({ name }) => names.has(name));
      return rows.length === 0 ? [] : [`## ${folder}\n${text}\n\n${table(rows)}\n`];
    });
    const all = new Set([...folders.values()].flatMap(({ names }) => [...names]));
    const current = [
      '# Everything in the schema noetl\n',
      'By folder, in the order of `install.sql`, in the words of COMMENT ON, so that `\\df+ noetl.*` says the same. Written by',
      '`UPDATE_README=1 npx vitest run --config test/vitest.config.ts test/readme.test.ts`.\n',
      `## Tables\n${table(objects.filter(({ name }) => !all.has(name)))}\n`,
      ...sections,
    ].join('\n');
    if (process.env['UPDATE_README'] === '1') await writeFile(reference, current);
    expect(await readFile(reference, 'utf8')).toBe(current);
  });
});
