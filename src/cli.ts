#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { describeConfig, readConfig, settings } from './config.ts';
import { ExpectedError } from './errors.ts';
import { createLogger } from './log.ts';

const usage = `Usage: noetl-metrics <command>

  start      serve the metrics page; install or upgrade the database first
  migrate    install or upgrade the database, and nothing else
  verify     check the installation, run each collector, say what to mend
  import     make collectors of files of postgres_exporter, sql_exporter or pgwatch:
             import [--dry-run] [--preset NAME] FILE.yml ...
  config     print the settings in force and where each comes from
  --help     print this
  --version  print the version

Settings are environment variables (in brackets: what holds without them):

${Object.values(settings).map(line).join('\n')}
`;

function line({ name, fallback, help }: { name: string; fallback: string; help: string }): string {
  return `  ${name}${fallback === '' ? '' : ` [${fallback}]`}\n      ${help}`;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

/** Returns the exit status. */
async function main(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === 'import') return importing(rest);
  if (rest.length > 0) return misused();
  if (command === 'start' || command === 'migrate' || command === 'verify') {
    const signal = untilSignalled();
    const config = readConfig(process.env);
    const commands = await import('./start.ts');
    return (await commands[command](config, { signal, say, logger: createLogger(complain) })) ?? 0;
  } else if (command === 'config') {
    say(describeConfig(process.env));
    readConfig(process.env);
  } else if (command === '--help') {
    say(usage);
  } else if (command === '--version') {
    say(await version());
  } else {
    return misused();
  }
  return 0;
}

async function importing(args: string[]): Promise<number> {
  const given = argumentsOf(args, { 'dry-run': { type: 'boolean', default: false }, preset: { type: 'string' } });
  if (given === undefined || given.positionals.length === 0) return misused();
  const { values, positionals: files } = given;
  const { databaseOf } = await import('./start.ts');
  const { importFiles } = await import('./import.ts');
  const url = await databaseOf(readConfig(process.env));
  return (await importFiles(url, { files, dryRun: values['dry-run'], preset: values.preset }, say)) ? 0 : 1;
}

/** What stands behind a command; undefined: there is something that it does not take. */
function argumentsOf<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    return undefined;
  }
}

function misused(): number {
  complain(usage);
  return 2;
}

/** A terminal's Ctrl-C comes twice under npm, once from the terminal and once from npm. */
function untilSignalled(): AbortSignal {
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => ending.abort(new Error(`stopped by ${name}`)));
  }
  return ending.signal;
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}

// A reader of our output that goes away (`npm start | head`) does not end the server.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  if (error instanceof ExpectedError) complain(error.message);
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
// What is left over, such as a connection attempt cut short, must not keep the process alive.
process.exit();
