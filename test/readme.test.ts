import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseError, type QueryResult } from 'pg';
import { describe, expect, it } from 'vitest';
import { useDatabase } from './support/database.ts';

const db = useDatabase();
const readme = new URL('../README.md', import.meta.url);

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

  it('lists everything in the schema noetl, in the words of COMMENT ON', async () => {
    const rows = await db.rows<{ object: string; purpose: string }>(`
      select object, regexp_replace(purpose, '[.:;] .*|\\.$', '') as purpose
      from (
        select 1 as part, c.relname::text as sort, format('\`%s\`', c.relname) as object, obj_description(c.oid, 'pg_class') as purpose
        from pg_class as c
        where c.relnamespace = 'noetl'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
        union all
        select 2, p.proname, format('\`%s(%s)\`', p.proname,
            (select string_agg(name, ', ' order by n) from unnest(p.proargnames[:p.pronargs]) with ordinality as a (name, n))),
          obj_description(p.oid, 'pg_proc')
        from pg_proc as p
        where p.pronamespace = 'noetl'::regnamespace
      ) as public
      order by part, sort`);
    const table = ['| object | use it for |', '|---|---|', ...rows.map((row) => `| ${row.object} | ${row.purpose} |`)].join('\n');
    const text = await readFile(readme, 'utf8');
    const current = text.replace(/(<!-- surface -->\n).*(<!-- \/surface -->)/s, (_, open: string, close: string) => `${open}${table}\n${close}`);
    if (process.env['UPDATE_README'] === '1') await writeFile(readme, current);
    else expect(text).toBe(current);
  });
});
