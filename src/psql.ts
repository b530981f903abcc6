import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { prompt, type Terminal } from './prompt/prompt.ts';

/** A prompt on the database: psql where there is one, else a small one of our own. Returns the exit status. */
export async function openPsql(url: string, commands: readonly string[], terminal: Terminal): Promise<number> {
  const program = await psqlPath();
  return program === undefined ? prompt(url, terminal, commands) : run(program, url, commands);
}

async function psqlPath(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, process.platform === 'win32' ? 'psql.exe' : 'psql');
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
  }
  return undefined;
}

/** The password is handed over where other users of the machine do not see it. */
async function run(program: string, url: string, commands: readonly string[]): Promise<number> {
  const shown = new URL(url);
  const password = decodeURIComponent(shown.password);
  shown.password = '';
  const child = spawn(program, [...commands.flatMap((each) => ['-c', each]), '-d', shown.href], {
    stdio: 'inherit',
    env: { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }) },
  });
  // a Ctrl-C at the terminal is psql's, for which it ends a statement
  process.on('SIGINT', ignore);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject).on('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}

function ignore(): void {}
