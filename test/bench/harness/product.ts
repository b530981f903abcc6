import { join } from 'node:path';
import { startProgram, type Program } from './program.ts';

export interface Product extends Program {
  /** Of its page. */
  readonly url: string;
}

/** npm runs scripts in the package's folder, where it has just built `dist`. */
export function productCommand(...args: readonly string[]): [command: string, ...args: string[]] {
  return [process.execPath, join(process.cwd(), 'dist', 'cli.js'), ...args];
}

/** What `npm start` runs, after it has built: server and worker in one process, installing first. */
export async function startProduct(environment: Readonly<Record<string, string>>): Promise<Product> {
  const page = /^metrics +(\S+)$/m;
  const [command, ...args] = productCommand('start');
  const program = await startProgram({
    command,
    args,
    environment: { PORT: '0', NOETL_PG_PORT: '0', ...environment },
    ready: (output) => output.includes('Ctrl-C'),
  });
  const url = page.exec(program.output())?.[1];
  if (url === undefined) throw new Error(`no page in ${program.output()}`);
  return { ...program, url };
}
