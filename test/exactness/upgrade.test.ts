import { expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { connected } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';
import { compared, ledgerSql } from './ledger.ts';
import { newTally, session } from './load.ts';
import { seededRandom } from './random.ts';

const db = useDatabase();

it('an upgrade in the middle of the load loses nothing, and no writer fails by it', async () => {
  const random = seededRandom();
  const tally = newTally();
  await db.pool.query(ledgerSql);
  let going = true;
  const folding = connected(db.url, async (client) => {
    while (going) await client.query('select noetl.fold()');
  });
  const sessions = Array.from({ length: 16 }, (_, n) =>
    session({ url: db.url, name: `s${n}`, random: random.fork(n), tally, more: () => going, folds: false }));
  const commits: number[] = [];
  for (let upgrade = 0; upgrade < 2; upgrade += 1) {
    const before = tally.commits;
    // as a new release would: one function that it brings, one that it no longer has
    await db.pool.query('drop function noetl.suggested_buckets(text)');
    await db.pool.query(`create function noetl.of_an_earlier_release() returns int language sql as 'select 1'`);
    await install(db.url);
    await expect.poll(() => tally.commits).toBeGreaterThan(before + 20);
    commits.push(tally.commits - before);
  }
  going = false;
  await Promise.all([...sessions, folding]);

  console.log(`upgrade: ${tally.operations} operations, ${commits.join(' + ')} commits around 2 upgrades, NOETL_SEED=${random.seed}`);
  expect(tally.errors).toEqual([]);
  expect(await db.value(`select to_regprocedure('noetl.suggested_buckets(text)') is not null`)).toBe(true);
  expect(await db.value(`select to_regprocedure('noetl.of_an_earlier_release()') is null`)).toBe(true);
  for (const state of ['not folded', 'folded']) {
    const { differences } = await connected(db.url, async (client) => compared(client));
    expect({ state, differences }).toEqual({ state, differences: [] });
    await db.pool.query('select noetl.fold()');
  }
});
