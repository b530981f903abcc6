import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connected } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';
import { compared, ledgerSql, linesOf } from './ledger.ts';
import { newTally, session } from './load.ts';
import { seededRandom } from './random.ts';

const full = process.env['NOETL_STRESS'] === 'full';
const target = full ? 100_000 : Number(process.env['NOETL_STRESS'] ?? 6_000);
const db = useDatabase();

/** Calls again and again until told to stop; returns how often. */
async function repeating(going: () => boolean, act: () => Promise<unknown>, pause: number): Promise<number> {
  let times = 0;
  for (; going(); times += 1) {
    await act();
    await delay(pause);
  }
  return times;
}

it('shows exactly what 64 concurrent sessions committed, at every moment', async () => {
  const random = seededRandom();
  console.log(`stress: NOETL_SEED=${random.seed}`);
  await db.rows(ledgerSql);
  // the slots come round every eight seconds instead of every four minutes, so that they are truncated in the middle of it
  await db.rows(`do $$
    declare slot text := 'extract(epoch from now())::bigint % 8';
    begin
      execute format('alter table _noetl.event alter slot set default %s', slot);
      execute replace(pg_get_functiondef('noetl.rotate_events'::regproc), '(extract(epoch from now())::bigint / 30) % 8', slot);
    end $$`);
  const tally = newTally();
  let writing = true;
  const going = (): boolean => writing;
  const wrong: string[] = [];
  let folds = 0;
  let rotations = 0;

  // as the server does it: one after the other
  const maintenance = connected(db.url, (client) =>
    repeating(going, async () => {
      const { rows: [folded] } = await client.query<{ fold: string | null }>('select noetl.fold()');
      if (folded?.fold !== null) folds += 1;
      const { rows: [truncated] } = await client.query<{ n: number | null }>('select noetl.rotate_events() as n');
      rotations += truncated?.n ?? 0;
    }, 30));
  // a slot that somebody reads is not truncated, and every page reads all of them
  const readersPause = full ? 100 : 20;
  const before = new Map<string, number>();
  const scrape = connected(db.url, (client) =>
    repeating(going, async () => {
      const atLeast = tally.ordersAcknowledged;
      const { rows } = await client.query<{ page: string }>('select noetl.prometheus_text() as page');
      const atMost = tally.ordersStarted;
      let orders = 0;
      for (const [line, value] of linesOf(rows[0]?.page ?? '')) {
        if (line.startsWith('exact_orders_total')) orders += value;
        if (!/_(total|bucket|count)\{/.test(line)) continue;
        const earlier = before.get(line) ?? 0;
        if (value < earlier) wrong.push(`${line} fell from ${earlier} to ${value}`);
        before.set(line, value);
      }
      if (orders < atLeast || orders > atMost) {
        wrong.push(`${orders} orders where ${atLeast} were acknowledged and ${atMost} on their way`);
      }
    }, readersPause));
  const comparison = connected(db.url, (client) =>
    repeating(going, async () => wrong.push(...(await compared(client)).differences), 5 * readersPause));

  const sessions = Array.from({ length: 64 }, (_, n) =>
    session({ url: db.url, name: `s${n}`, random: random.fork(n), tally, more: () => tally.operations < target && wrong.length === 0 }));
  await Promise.all(sessions);
  writing = false;
  const [scrapes, comparisons] = await Promise.all([scrape, comparison, maintenance]);

  console.log(
    `stress: ${tally.operations} operations in ${tally.commits} commits and ${tally.rollbacks} rollbacks (${tally.undone} more undone by savepoint), ` +
      `${folds} folds, ${scrapes} scrapes, ${comparisons} comparisons, ${rotations} truncations`,
  );
  expect(tally.errors).toEqual([]);
  if (full) expect(rotations).toBeGreaterThan(0);
  expect(wrong.slice(0, 20)).toEqual([]);
  const unfolded = await compared(db.pool);
  expect(unfolded.differences.slice(0, 20)).toEqual([]);
  expect(unfolded.lines.size).toBeGreaterThan(500);
  await db.rows('select noetl.fold()');
  expect((await compared(db.pool)).differences.slice(0, 20)).toEqual([]);
  expect(await db.rows('select * from _noetl.unread(null)')).toEqual([]);
}, full ? 1_200_000 : undefined);
