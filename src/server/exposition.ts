import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { escapeLiteral, type Pool } from 'pg';
import { rowsWithin } from './database.ts';
import type { Format } from './negotiation.ts';
import type { Family, SelfMetrics } from './self.ts';
import { inTurns, type Ask } from './turns.ts';

/** One rendering of everything; scrapes that share it also share its compressed form. */
export interface Page {
  readonly plain: Buffer;
  compressed(): Promise<Buffer>;
}

const endOfPage: Readonly<Record<Format, string>> = { text: '', openmetrics: '# EOF\n' };

/** The page in each format. Scrapes take turns, so however many come, each format holds one connection at most. */
export function createExposition(pool: Pool, self: SelfMetrics): Readonly<Record<Format, Ask<Page>>> {
  const inFormat = (format: Format): Ask<Page> => {
    const stored = keepFamilies(pool, format);
    return inTurns(async (deadline) => {
      const kept = await stored(deadline);
      const own = await self.families(format, new Set(kept.map(({ name }) => name)));
      const all = [...kept, ...own.map(asPart)].toSorted(byName).map(({ body }) => body);
      return page(Buffer.concat([...all, Buffer.from(endOfPage[format])]));
    });
  };
  return { text: inFormat('text'), openmetrics: inFormat('openmetrics') };
}

/** A family as it goes onto the page. */
interface Part {
  readonly name: string;
  readonly body: Buffer;
}

type Changed =
  | [id: null, name: null, body: null, staleAt: null, token: string, complete: boolean]
  | [id: number, name: string | null, body: string | null, staleAt: string | null, token: null, complete: null];

/**
 * Reads the families, and after that only those that SQL says are not what they were. What is committed decides, not the
 * age of what is kept: so nothing here may outlive a failed answer, and the clock that counts is the database's.
 */
function keepFamilies(pool: Pool, format: Format): Ask<readonly Part[]> {
  const kept = new Map<number, Part & { staleAt: string | undefined }>();
  let token: string | undefined;
  return async (deadline) => {
    const freshUntil = [...kept.values()].flatMap(({ staleAt }) => staleAt ?? []).toSorted()[0];
    const sql = `select family_id, family, body, to_char(stale_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), next_token, complete
      from noetl.page_since(${format === 'openmetrics'}, ${literal(token)}, ${literal(freshUntil)})`;
    const [head, ...changed] = await rowsWithin<Changed>(pool, sql, { deadline, role: 'noetl_reader' });
    if (head?.[5] === true) kept.clear();
    token = head?.[4] ?? undefined;
    for (const [id, name, body, staleAt] of changed) {
      if (id === null) continue;
      if (name === null || body === null) kept.delete(id);
      else kept.set(id, { name, body: Buffer.from(body), staleAt: staleAt ?? undefined });
    }
    return [...kept.values()];
  };
}

function literal(value: string | undefined): string {
  return value === undefined ? 'null' : escapeLiteral(value);
}

function asPart([name, body]: Family): Part {
  return { name, body: Buffer.from(body) };
}

function page(plain: Buffer): Page {
  let compressed: Promise<Buffer> | undefined;
  return { plain, compressed: () => (compressed ??= compress(plain)) };
}

/** Level 1: a page of numbers shrinks tenfold with it, and the higher levels cost more time than they save. */
async function compress(plain: Buffer): Promise<Buffer> {
  return promisify(gzip)(plain, { level: constants.Z_BEST_SPEED });
}

/** By bytes, as SQL sorts names under "C". */
function byName({ name: a }: Part, { name: b }: Part): number {
  return a < b ? -1 : Number(a > b);
}
