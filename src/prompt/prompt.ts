/** A small psql for machines that have none: statements, a few commands with a backslash, and a history. */
import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client, DatabaseError, type QueryArrayResult } from 'pg';
import { catalogues, columnsSql, patternOf, relationSql } from './describe.ts';
import { statementsOf } from './statement.ts';
import { aligned, expanded, type Column } from './table.ts';

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** The types that stand on the right: int8, int2, int4, oid, float4, float8, numeric. */
const numbers = new Set([20, 21, 23, 26, 700, 701, 1700]);
const asText = { getTypeParser: () => String };
const historyFile = join(homedir(), '.noetl_psql_history');
const historySize = 500;

const help = String.raw`A statement ends with a semicolon, and may go over several lines.
  \d [NAME]   relations, or the columns of one: \d noetl.*, \d noetl.metric
  \dt \dv \df [PATTERN]   tables, views, functions: \df noetl.*
  \x          one line for each column, on or off
  \q          end`;

/** Runs what is typed, or comes in, until its end; returns the exit status. */
export async function prompt(url: string, { input, output, say, complain }: Terminal, commands: readonly string[] = []): Promise<number> {
  const client = new Client({ connectionString: url, application_name: 'noetl-metrics psql' });
  client.on('error', () => {});
  client.on('notice', ({ severity, message, hint }) => complain([`${severity}:  ${message}`, hint && `HINT:  ${hint}`].filter(Boolean).join('\n')));
  await client.connect();
  const state: { isExpanded: boolean; failures: number } = { isExpanded: false, failures: 0 };

  const show = (result: QueryArrayResult<(string | null)[]>): void => {
    const { fields, rows, command } = result;
    if (fields.length === 0) {
      const count = /^(?:INSERT|UPDATE|DELETE|MERGE|COPY)$/.test(command) ? ` ${command === 'INSERT' ? '0 ' : ''}${result.rowCount ?? 0}` : '';
      say(`${command}${count}`);
      return;
    }
    const columns: Column[] = fields.map(({ name, dataTypeID }) => ({ name, isNumber: numbers.has(dataTypeID) }));
    say(`${(state.isExpanded ? expanded : aligned)(columns, rows)}\n`);
  };
  const ask = async (text: string, values: unknown[] = []): Promise<QueryArrayResult<(string | null)[]>[]> => {
    const config = { text, rowMode: 'array' as const, types: asText };
    return [await client.query<(string | null)[]>(values.length > 0 ? { ...config, values } : config)].flat();
  };
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      state.failures += 1;
      if (!(error instanceof DatabaseError)) throw error;
      complain([`${error.severity ?? 'ERROR'}:  ${error.message}`, error.detail && `DETAIL:  ${error.detail}`, error.hint && `HINT:  ${error.hint}`].filter(Boolean).join('\n'));
    }
  };
  const run = async (statement: string): Promise<void> => {
    if (statement.replaceAll(/--[^\n]*/g, '').replaceAll(/[\s;]/g, '') !== '') await attempt(async () => (await ask(statement)).forEach(show));
  };

  const describe = async (name: string): Promise<boolean> => {
    const [found] = await ask(relationSql, [name]);
    const [title, comment, indexes] = found?.rows[0] ?? [];
    if (title === undefined) return false;
    say(title ?? '');
    for (const each of await ask(columnsSql, [name])) show(each);
    if (indexes) say(`Indexes:\n${indexes}`);
    if (comment) say(comment);
    return true;
  };
  /** Returns false at the end. */
  const obey = async (line: string): Promise<boolean> => {
    const [, command = '', argument = ''] = /^\\(\S*)\s*(.*?)[\s;]*$/.exec(line) ?? [];
    const catalogue = Object.hasOwn(catalogues, command) ? catalogues[command] : undefined;
    if (command === 'q') return false;
    if (command === 'x') {
      state.isExpanded = !state.isExpanded;
      say(`Expanded display is ${state.isExpanded ? 'on' : 'off'}.`);
    } else if (command === '?') {
      say(help);
    } else if (catalogue !== undefined) {
      await attempt(async () => {
        if (command === 'd' && argument !== '' && !/[*?]/.test(argument) && (await describe(argument))) return;
        const [result] = await ask(catalogue.sql, patternOf(argument));
        if (result === undefined || result.rows.length === 0) complain(argument === '' ? 'Nothing is visible in the search path: name a schema, such as noetl.*' : `There is nothing named ${argument}.`);
        else {
          say(catalogue.title);
          show(result);
        }
      });
    } else {
      state.failures += 1;
      complain(`There is no command \\${command}: \\? lists those that there are.`);
    }
    return true;
  };

  try {
    if (commands.length > 0) {
      for (const command of commands) await (command.startsWith('\\') ? obey(command) : run(command));
      return state.failures > 0 ? 1 : 0;
    }
    const isTerminal = input.isTTY;
    const history = isTerminal ? (await readFile(historyFile, 'utf8').catch(() => '')).split('\n').filter(Boolean) : [];
    const lines = createInterface({ input, output: isTerminal ? output : undefined, terminal: isTerminal, history, historySize, removeHistoryDuplicates: true });
    let kept: readonly string[] = history;
    lines.on('history', (all) => (kept = [...all]));
    let buffer = '';
    let isBusy = false;
    const turn = (): void => {
      lines.setPrompt(`noetl${buffer.trim() === '' ? '=>' : '->'} `);
      if (isTerminal) lines.prompt();
    };
    lines.on('SIGINT', () => {
      if (isBusy) void cancel(url, client);
      buffer = '';
      say('');
      if (!isBusy) turn();
    });
    if (isTerminal) say(String.raw`\? for help, \q to end; statements end with a semicolon.`);
    turn();
    for await (const line of lines) {
      isBusy = true;
      if (buffer.trim() === '' && line.trimStart().startsWith('\\')) {
        if (!(await obey(line.trim()))) break;
      } else if (buffer.trim() === '' && /^(?:quit|exit)\s*;?\s*$/.test(line)) {
        break;
      } else {
        const { complete, rest } = statementsOf(`${buffer}${line}\n`);
        for (const statement of complete) await run(statement);
        buffer = rest;
      }
      isBusy = false;
      turn();
    }
    // as psql does at the end of a file: a last statement needs no semicolon
    if (!isTerminal) await run(buffer);
    lines.close();
    if (isTerminal) await writeFile(historyFile, `${kept.join('\n')}\n`, { mode: 0o600 }).catch(() => {});
    return !isTerminal && state.failures > 0 ? 1 : 0;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Ends the statement that runs, over a connection of its own as psql does. */
async function cancel(url: string, client: Client): Promise<void> {
  const other = new Client({ connectionString: url, application_name: 'noetl-metrics psql' });
  other.on('error', () => {});
  try {
    await other.connect();
    await other.query('select pg_cancel_backend($1)', ['processID' in client ? client.processID : null]);
  } catch {
    // the statement ends by itself
  } finally {
    await other.end().catch(() => {});
  }
}
