import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A text with {env:NOETL_SECRET_…} and {file:name} replaced: what is in neither is an error that does not show the text. */
export async function withSecrets(text: string, env: NodeJS.ProcessEnv): Promise<string> {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(/\{(env|file):([A-Za-z0-9_.-]+)\}/g)) {
    const [reference, kind, name = ''] = match;
    const secret =
      kind === 'env'
        ? name.startsWith('NOETL_SECRET_') ? env[name] : undefined
        : await readFile(join(env['NOETL_SECRETS_DIR'] ?? '/run/secrets', name), 'utf8').catch(() => undefined);
    if (secret === undefined) throw new Error(`this server has no secret ${reference}`);
    result += text.slice(end, match.index) + secret.trim();
    end = match.index + reference.length;
  }
  return result + text.slice(end);
}

export async function headersWithSecrets(headers: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(Object.entries(headers).map(async ([name, value]) => [name, await withSecrets(value, env)] as const)));
}

/** Of a fetch that fails, why: its own message says only that it did. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
