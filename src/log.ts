import type { FastifyBaseLogger } from 'fastify';

type Write = (line: string) => void;

/** One line an event, for people and for journals that add the time themselves: `error: no metrics page: …`. */
export function createLogger(write: Write): FastifyBaseLogger {
  const at =
    (level: string) =>
    (first: unknown, message?: unknown): void => {
      const text = [first, message].find((part) => typeof part === 'string') ?? describe(first);
      write(`${level}: ${text.replaceAll('\n', '\n  ')}`);
    };
  const logger: FastifyBaseLogger = {
    level: 'info',
    fatal: at('fatal'),
    error: at('error'),
    warn: at('warning'),
    info: at('info'),
    debug: () => {},
    trace: () => {},
    silent: () => {},
    child: () => logger,
  };
  return logger;
}

function describe(event: unknown): string {
  const cause = typeof event === 'object' && event !== null && 'err' in event ? event.err : event;
  return cause instanceof Error ? (cause.stack ?? cause.message) : JSON.stringify(cause);
}
