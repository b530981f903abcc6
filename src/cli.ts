#!/usr/bin/env node
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { describeConfig, readConfig, settings } from './config.ts';
import { ExpectedError } from './errors.ts';
import { createLogger } from './log.ts';
import { nearest } from './nearest.ts';
import { productVersion } from './version.ts';

const usage = `Usage: noetl-metrics <command>

  start      serve the metrics page; install or upgrade the database first
  migrate    install or upgrade the database, and nothing else
  verify     check the installation, run each collector, say what to mend
  psql       open a prompt on the database, also where there is no psql;
             psql [-c "SELECT ..."] ...
  import     make collectors of other exporters' files:
             import [--dry-run] [--preset NAME] FILE.yml ...
  top        what fires, waits, is lost and grows, in the terminal
  collect    read databases elsewhere into this one, installing nothing:
             collect --from URL [--name NAME] [--collector NAME ...] [--once]
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

const commands = ['start', 'migrate', 'verify', 'psql', 'import', 'collect', 'top', 'config', 'help', 'version'] as const;

/** Returns the exit status. */
async function main(args: string[]): Promise<number> {
  const [given, ...rest] = args;
  if (given === undefined) return misused();
  const command = given.replace(/^--(?=help$|version$)/, '').replace(/^-h$/, 'help').replace(/^-[vV]$/, 'version');
  if (command === 'import') return importing(rest);
  if (command === 'collect') return collecting(rest);
  if (command === 'psql') return prompting(rest);
  if (rest.length > 0 && commands.some((each) => each === command)) return misused(needless(command, rest));
  if (command === 'start' || command === 'migrate' || command === 'verify' || command === 'top') {
    const signal = untilSignalled();
    const config = readConfig(process.env);
    const acts = await import('./start.ts');
    return (await acts[command](config, { signal, say, logger: createLogger(complain) })) ?? 0;
  } else if (command === 'config') {
    say(describeConfig(process.env));
    readConfig(process.env);
  } else if (command === 'help') {
    say(usage);
  } else if (command === 'version') {
    say(productVersion());
  } else {
    return misused(given.startsWith('-') ? unknown('option', given, ['--help', '--version']) : unknown('command', given, commands));
  }
  return 0;
}

async function prompting(args: string[]): Promise<number> {
  const given = argumentsOf(args, { command: { type: 'string', short: 'c', multiple: true } });
  if (typeof given === 'string') return misused(given);
  if (given.positionals.length > 0) return misused(needless('psql', given.positionals));
  const { databaseOf } = await import('./start.ts');
  const { openPsql } = await import('./psql.ts');
  const url = await databaseOf(readConfig(process.env));
  return openPsql(url, given.values.command ?? [], { input: process.stdin, output: process.stdout, say, complain });
}

async function importing(args: string[]): Promise<number> {
  const given = argumentsOf(args, { 'dry-run': { type: 'boolean', default: false }, preset: { type: 'string' } });
  if (typeof given === 'string') return misused(given);
  if (given.positionals.length === 0) return misused('import takes the files to import: import FILE.yml ...');
  const { values, positionals: files } = given;
  const { databaseOf } = await import('./start.ts');
  const { importFiles } = await import('./import.ts');
  const url = await databaseOf(readConfig(process.env));
  return (await importFiles(url, { files, dryRun: values['dry-run'], preset: values.preset }, say)) ? 0 : 1;
}

async function collecting(args: string[]): Promise<number> {
  const many = { type: 'string', multiple: true } as const;
  const given = argumentsOf(args, { from: many, name: many, collector: many, once: { type: 'boolean', default: false } });
  if (typeof given === 'string') return misused(given);
  if (given.positionals.length > 0) return misused(needless('collect', given.positionals));
  if (given.values.from === undefined) return misused('collect takes the databases to read: collect --from URL ...');
  const { from, name: names = [], collector: collectors, once } = given.values;
  const signal = untilSignalled();
  const { databaseOf } = await import('./start.ts');
  const { collectRemotes } = await import('./remote.ts');
  const url = await databaseOf(readConfig(process.env));
  return (await collectRemotes(url, { from, names, collectors, once, signal }, complain)) ? 0 : 1;
}

/** What stands behind a command, or what it does not take, in a sentence. */
function argumentsOf<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const given = args.find((each) => each.startsWith('-') && !Object.hasOwn(options, each.replace(/^--([^=]*).*/, '$1')));
    const isKnown = given === undefined || Object.values(options).some(({ short }) => given === `-${short}`);
    return isKnown ? (error instanceof Error ? error.message : String(error)) : unknown('option', given, Object.keys(options).map((each) => `--${each}`));
  }
}

function unknown(what: 'command' | 'option', given: string, names: readonly string[]): string {
  const meant = nearest(given, names);
  const variable = what === 'option' ? variableFor(given) : undefined;
  const advice = variable === undefined ? meant && `did you mean ${meant}?` : `settings are environment variables: ${variable}=...`;
  return `There is no ${what} ${JSON.stringify(given)}${advice ? `: ${advice}` : '.'}`;
}

function needless(command: string, rest: readonly string[]): string {
  const option = rest.find((each) => each.startsWith('-'));
  return option === undefined ? `${command} takes nothing more, but there is ${JSON.stringify(rest.join(' '))}.` : unknown('option', option, ['--help', '--version']);
}

/** The setting that somebody may have wanted to give as an option. */
function variableFor(option: string): string | undefined {
  const wanted = option.replace(/^--?/, '').replace(/=.*/, '').replaceAll('-', '_').toUpperCase();
  const names = Object.values(settings).map(({ name }) => name);
  return names.find((name) => name === wanted || name === `NOETL_${wanted}`) ?? (wanted.length > 3 ? nearest(wanted, names) : undefined);
}

/** In one line where something is wrong with it, in full where there is nothing. */
function misused(fault?: string): number {
  complain(fault === undefined ? usage : `${fault}\nUsage: noetl-metrics <command>; noetl-metrics --help lists them.`);
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
