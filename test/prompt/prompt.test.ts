import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/nearest.ts';
import { prompt } from '../../src/prompt/prompt.ts';
import { statementsOf } from '../../src/prompt/statement.ts';
import { useDatabase } from '../support/database.ts';
import { needing, pathOf, psql } from '../support/tools.ts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const db = useDatabase();
const run = promisify(execFile);

/** What a file on standard input gives. */
async function typed(...lines: string[]): Promise<{ status: number; said: string; complained: string }> {
  const input = new PassThrough();
  input.end(lines.map((line) => `${line}\n`).join(''));
  const [said, complained]: [string[], string[]] = [[], []];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is used of them
  const terminal = { input: input as unknown as NodeJS.ReadStream, output: new PassThrough() as unknown as NodeJS.WriteStream };
  const status = await prompt(db.url, { ...terminal, say: (text) => said.push(text), complain: (text) => complained.push(text) });
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

describe('the prompt', () => {
  needing(psql)('prints what psql prints', async () => {
    const statements = [
      `select 1 as one, 'a' as "A", null as nothing, true as yes, 1.50 as amount;`,
      `select E'two\\nlines' as text, 7 as n union all select 'ü', 10;`,
      'select 1 as empty where false;',
      `create table public.kept (n int, at timestamptz default '2026-01-31T12:00Z');`,
      'insert into public.kept (n) values (1), (2);',
      'update public.kept set n = n + 1 where n = 2;',
      'table public.kept;',
      `create function public.twice(n int) returns int language sql begin atomic select n * 2; end;`,
      'select public.twice(4) as eight, $$a;b$$ as text; drop function public.twice; drop table public.kept;',
    ];
    const { stdout } = await run(pathOf(psql), ['-X', db.url, ...statements.flatMap((each) => ['-c', each])]);
    const { said, complained, status } = await typed(...statements);
    expect({ complained, status }).toEqual({ complained: '', status: 0 });
    const plain = (text: string): string => text.split('\n').map((line) => line.trimEnd()).filter((line) => line !== '').join('\n');
    expect(plain(said)).toBe(plain(stdout).replaceAll(/^(CREATE|DROP) (TABLE|FUNCTION)$/gm, '$1'));
  });

  it('goes on after an error, says it as psql does, and remembers it in its status', async () => {
    const { status, said, complained } = await typed('select 1/0;', `select noetl.inc('a-b');`, 'select 2', ' as two;', 'select 3 as three');
    expect(complained).toMatch(/^ERROR: {2}division by zero\nERROR: {2}metric_name: "a-b" must match/);
    expect(said).toContain(' two');
    expect(said).toContain(' three');
    expect(status).toBe(1);
  });

  it('describes relations and functions, turns rows on their side, and names what it does not know', async () => {
    const { said, complained } = await typed(String.raw`\d noetl.metric`, String.raw`\dt noetl.metr*`, String.raw`\df noetl.fold`, String.raw`\x`, 'select 1 as a, 2 as bb;', String.raw`\watch`, String.raw`\d nothing`, String.raw`\?`, String.raw`\q`, 'select 9 as unheard_of;');
    expect(said).toContain('Table "noetl.metric"'.replace('Table', 'Partitioned Table'));
    expect(said).toMatch(/metric_name +\| text +\| not null/);
    expect(said).toMatch(/List of tables\n[^]*noetl +\| metric +\| partitioned table/);
    expect(said).toMatch(/noetl +\| fold +\| bigint/);
    expect(said).toContain('-[ RECORD 1 ]--------------------\na  | 1\nbb | 2');
    expect(complained).toBe('There is no command \\watch: \\? lists those that there are.\nThere is nothing named nothing.');
    expect(said).not.toContain('unheard_of');
  });
});

it.each([
  ['select 1; select 2;', ['select 1;', ' select 2;'], ''],
  [`select ';', "a;b", $$;$$, $x$ $$; $x$, E'\\';' -- ;\n;`, 1, ''],
  ['/* ; /* ; */ ; */ select 1;rest', 1, 'rest'],
  [`select ('a;`, 0, `select ('a;`],
  [`select 'it''s;`, 0, `select 'it''s;`],
  ['select $a$ ; $b$;', 0, 'select $a$ ; $b$;'],
  ['create or replace function f() returns int language sql begin atomic select case when true then 1 end; select 2; end; select 3;', 2, ''],
  ['create rule r as on insert to t do (select 1; select 2);', 1, ''],
  ['begin; end;', 2, ''],
])('a statement ends where psql ends it: %s', (text, wanted, rest) => {
  const { complete, rest: left } = statementsOf(text);
  if (typeof wanted === 'number') expect(complete).toHaveLength(wanted);
  else expect(complete).toEqual(wanted);
  expect(left).toBe(rest);
});

it.each([
  ['strat', 'start'],
  ['strt', 'start'],
  ['verfy', 'verify'],
  ['--hlep', '--help'],
  ['migrte', 'migrate'],
  ['stop', undefined],
  ['xyzzy', undefined],
])('what is nearest to %s is %s', (given, meant) => {
  expect(nearest(given, ['start', 'migrate', 'verify', 'import', 'config', '--help'])).toBe(meant);
});
