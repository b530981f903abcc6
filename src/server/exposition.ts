import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Pool } from 'pg';
import { rowsWithin } from './database.ts';
import type { Format } from './negotiation.ts';
import type { Family, SelfMetrics } from './self.ts';
import { inTurns, type Ask } from './turns.ts';

/** One rendering of everything; scrapes that share it also share its compressed form. */
export interface Page {
  readonly plain: Buffer;
  compressed(): Promise<Buffer>;
}

const queries: Readonly<Record<Format, string>> = {
  text: 'select family, body from noetl.prometheus_exposition',
  openmetrics: 'select family, body from noetl.openmetrics_exposition',
};

const endOfPage: Readonly<Record<Format, string>> = { text: '', openmetrics: '# EOF\n' };

/** The page in each format. Scrapes take turns, so however many come, each format holds one connection at most. */
export function createExposition(pool: Pool, self: SelfMetrics): Readonly<Record<Format, Ask<Page>>> {
  const inFormat = (format: Format): Ask<Page> =>
    inTurns(async (deadline) => {
      const stored = await rowsWithin<Family>(pool, queries[format], { deadline, planName: `noetl_${format}_page` });
      const own = await self.families(format, new Set(stored.map(([family]) => family)));
      return page([...stored, ...own].toSorted(byName), endOfPage[format]);
    });
  return { text: inFormat('text'), openmetrics: inFormat('openmetrics') };
}

function page(families: readonly Family[], end: string): Page {
  const plain = Buffer.from(families.map(([, body]) => body).join('') + end);
  let compressed: Promise<Buffer> | undefined;
  return { plain, compressed: () => (compressed ??= compress(plain)) };
}

/** Level 1: a page of numbers shrinks tenfold with it, and the higher levels cost more time than they save. */
async function compress(plain: Buffer): Promise<Buffer> {
  return promisify(gzip)(plain, { level: constants.Z_BEST_SPEED });
}

/** By bytes, as SQL sorts names under "C". */
function byName([a]: Family, [b]: Family): number {
  return a < b ? -1 : Number(a > b);
}
