import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { escapeLiteral, type Pool } from 'pg';
import { before, rowsWithin } from '../database.ts';
import type { Format } from './negotiation.ts';
import type { SelfMetrics } from './self.ts';

/** Asks for an answer by a deadline, a point on `clock()`. */
type Ask<T> = (deadline: number) => Promise<T>;

/** One rendering of everything, to be sent one piece after the other. */
export interface Page {
  readonly pieces: readonly Buffer[];
  readonly bytes: number;
}

const endOfPage: Readonly<Record<Format, string>> = { text: '', openmetrics: '# EOF\n' };

/** The page in each format. What is kept of it is read again by one scrape after another, so each format holds one connection at most. */
export function createExposition(pool: Pool, self: SelfMetrics): Readonly<Record<Format, Ask<Page>>> {
  const inFormat = (format: Format): Ask<Page> => {
    const stored = keepFamilies(pool, format);
    return oneByOne(async (deadline) => {
      const { parts, names } = await stored(deadline);
      const own = (await self.families(format, names)).map(([name, body]) => ({ name, body: Buffer.from(body) }));
      const bodies = merged(parts, own).map(({ body }) => body);
      const pieces = joined([...bodies, Buffer.from(endOfPage[format])]);
      return { pieces, bytes: pieces.reduce((sum, { length }) => sum + length, 0) };
    });
  };
  return { text: inFormat('text'), openmetrics: inFormat('openmetrics') };
}

function oneByOne<T>(ask: Ask<T>): Ask<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (deadline) => {
    const mine = last.then(async () => ask(deadline));
    last = mine.catch(() => undefined);
    return before(deadline, mine);
  };
}

/** Bytes of one family: what is longer than a text may be here is left out, and the rest is served. */
const longest = 256 * 1024 * 1024;

/** A family as it goes onto the page. */
interface Part {
  readonly name: string;
  readonly body: Buffer;
}

/** What the database has on the page, sorted by name. */
interface Stored {
  readonly parts: readonly Part[];
  readonly names: ReadonlySet<string>;
}

/** `staleAt` in seconds since 1970. */
type Changed =
  | [id: null, name: null, body: null, staleAt: null, token: string, complete: boolean]
  | [id: number, name: string | null, body: string | null, staleAt: number | null, token: null, complete: null];

/**
 * Reads the families, and after that only those that SQL says are not what they were. What is committed decides, not the
 * age of what is kept: so nothing here may outlive a failed answer, and the clock that counts is the database's.
 */
function keepFamilies(pool: Pool, format: Format): Ask<Stored> {
  const kept = new Map<number, { name: string; body: Buffer; staleAt: number | null }>();
  let stored: Stored = { parts: [], names: new Set() };
  let token: string | undefined;
  return async (deadline) => {
    const sql = `select family_id, family, case when octet_length(body) <= ${longest} then body end, extract(epoch from stale_at)::float8, next_token, complete
      from noetl.page_since(${format === 'openmetrics'}, ${literal(token)}, to_timestamp(${literal(leastStaleAt(kept.values())?.toString())}))`;
    const [head, ...changed] = await rowsWithin<Changed>(pool, sql, { deadline, role: 'noetl_reader' });
    let sameNames = head?.[5] === false;
    if (!sameNames) kept.clear();
    token = head?.[4] ?? undefined;
    for (const [id, name, body, staleAt] of changed) {
      if (id === null) continue;
      const known = kept.get(id);
      sameNames &&= (known?.name ?? null) === name;
      if (name === null || body === null) kept.delete(id);
      else if (known?.name === name) Object.assign(known, { body: Buffer.from(body), staleAt });
      else kept.set(id, { name, body: Buffer.from(body), staleAt });
    }
    // of the same names the parts, which are those of the map, stand where they stood
    if (!sameNames) stored = { parts: [...kept.values()].toSorted(byName), names: new Set([...kept.values()].map(({ name }) => name)) };
    return stored;
  };
}

function leastStaleAt(parts: Iterable<{ readonly staleAt: number | null }>): number | undefined {
  let least: number | undefined;
  for (const { staleAt } of parts) if (staleAt !== null && (least === undefined || staleAt < least)) least = staleAt;
  return least;
}

function literal(value: string | undefined): string {
  return value === undefined ? 'null' : escapeLiteral(value);
}

/** Bytes from which on a family is sent from where it is kept: as much memory anew for each page has the collector run all the time. */
const large = 32 * 1024;

/** What is small in one piece with its neighbours, because sending many pieces takes longer than copying them. */
function joined(bodies: readonly Buffer[]): Buffer[] {
  const pieces: Buffer[] = [];
  let small: Buffer[] = [];
  const join = (): void => {
    if (small.length > 0) pieces.push(Buffer.concat(small));
    small = [];
  };
  for (const body of bodies) {
    if (body.length < large) {
      small.push(body);
    } else {
      join();
      pieces.push(body);
    }
  }
  join();
  return pieces;
}

/** Level 1: a page of numbers shrinks tenfold with it, and the higher levels cost more time than they save. */
export async function compress(pieces: readonly Buffer[]): Promise<Buffer> {
  return promisify(gzip)(Buffer.concat(pieces), { level: constants.Z_BEST_SPEED });
}

/** By bytes, as SQL sorts names under "C". */
function byName({ name: a }: Part, { name: b }: Part): number {
  return a < b ? -1 : Number(a > b);
}

/** Two lists that are sorted by name as one. */
function merged(a: readonly Part[], b: readonly Part[]): Part[] {
  const all: Part[] = [];
  let next = 0;
  for (const part of a) {
    for (let other = b[next]; other !== undefined && other.name < part.name; other = b[next]) {
      all.push(other);
      next += 1;
    }
    all.push(part);
  }
  return [...all, ...b.slice(next)];
}
