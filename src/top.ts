import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { Client } from 'pg';
import { ExpectedError } from './errors.ts';

export interface Terminal {
  readonly input: Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'> & NodeJS.ReadableStream;
  readonly output: Pick<WriteStream, 'isTTY' | 'columns' | 'rows' | 'write' | 'on' | 'off'>;
}

/** Milliseconds between two screens. */
const every = 2000;
const orders = ['oldest', 'ready', 'running', 'stuck', 'failed', 'name'] as const;

const escape = '\u001B[';
/** The other screen of the terminal, without a cursor; and back. */
const enter = `${escape}?1049h${escape}?25l`;
const leave = `${escape}?25h${escape}?1049l`;

/** Shows what `noetl.top()` says: again and again in a terminal, until q; once where it is piped. */
export async function top(url: string, { input, output }: Terminal, signal: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'noetl-metrics top', connectionTimeoutMillis: 10_000, statement_timeout: 60_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    if (!input.isTTY || !output.isTTY) {
      output.write(`${(await screen(client, 80, 'oldest', '')).join('\n')}\n`);
      return;
    }
    await watch(client, { input, output }, signal);
  } catch (error) {
    throw new ExpectedError(`Cannot show the top: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await client.end().catch(() => {});
  }
}

async function screen(client: Client, width: number, order: string, filter: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>('select line from noetl.top($1, $2, $3) as line', [width, order, filter]);
  return rows.map(({ line }) => line);
}

async function watch(client: Client, { input, output }: Terminal, signal: AbortSignal): Promise<void> {
  let order = 0;
  let filter = '';
  let isTyping = false;
  let lines: string[] = [];
  let trouble = '';
  let wake: (() => void) | undefined;

  const draw = (): void => {
    const height = output.rows;
    const footer = isTyping ? `filter: ${filter}▏` : `q quit   s sort (${orders[order]})   / filter${filter === '' ? '' : ` (${filter})`}   ${trouble}`;
    const shown = [...lines.slice(0, height - 2), ...Array<string>(Math.max(0, height - 2 - lines.length)).fill(''), '', footer.slice(0, output.columns)];
    // over what was there, line by line, so that nothing flickers
    output.write(`${escape}H${shown.map((line) => `${styled(line)}${escape}K`).join('\r\n')}`);
  };
  const press = (text: string | undefined, key: Key): void => {
    if (key.ctrl === true && key.name === 'c') stop.abort();
    else if (isTyping) {
      if (key.name === 'return' || key.name === 'escape') isTyping = false;
      if (key.name === 'escape') filter = '';
      else if (key.name === 'backspace') filter = filter.slice(0, -1);
      else if (text !== undefined && text >= ' ' && key.name !== 'return') filter += text;
    } else if (text === 'q') stop.abort();
    else if (text === 's') order = (order + 1) % orders.length;
    else if (text === '/') isTyping = true;
    else if (key.name === 'escape') filter = '';
    draw();
    wake?.();
  };
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  ending.addEventListener('abort', () => wake?.());

  emitKeypressEvents(input);
  input.setRawMode(true);
  input.on('keypress', press);
  input.resume();
  output.on('resize', draw);
  output.write(enter);
  try {
    while (!ending.aborted) {
      const woken = new Promise<void>((done) => { wake = done; });
      try {
        lines = await screen(client, output.columns, orders[order] ?? 'oldest', filter);
        trouble = '';
      } catch (error) {
        // a connection that is lost does not come back
        if (lines.length === 0 || !(error instanceof Error) || !('code' in error)) throw error;
        trouble = error.message;
      }
      draw();
      const timer = setTimeout(() => wake?.(), every);
      await woken;
      clearTimeout(timer);
    }
  } finally {
    output.write(leave);
    output.off('resize', draw);
    input.off('keypress', press);
    input.setRawMode(false);
    input.pause();
  }
}

/** Headings stand out, and what fires or is lost does. */
function styled(line: string): string {
  if (/^(ALERTS|QUEUES|COMPONENTS|FASTEST|noetl-metrics) /.test(line)) return `${escape}1m${line}${escape}0m`;
  if (line.startsWith('firing ') || / lost {2,}/.test(line)) return `${escape}31m${line}${escape}0m`;
  return line;
}
