/**
 * A fault of the surroundings – a setting, a taken port, a folder, a server that is away – and what to do
 * about it, in one line. The top of main prints the line alone; any other error keeps its stack.
 */
export class ExpectedError extends Error {
  override name = 'ExpectedError';
}

/** The code of a system or PostgreSQL error: `ENOENT`, `57P03`; undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
