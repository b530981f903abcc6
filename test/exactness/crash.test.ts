import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { compared, ledgerSql } from './ledger.ts';
import { newTally, session } from './load.ts';
import { seededRandom } from './random.ts';

const cluster = useCluster({ settings: { max_connections: '200' } });

it('shows what was acknowledged, exactly once, after PostgreSQL is killed under load and started again', async () => {
  const random = seededRandom();
  const url = await cluster.installed('crash');
  await connected(url, (client) => client.query(ledgerSql));
  await connected(url, (client) => client.query('alter table _noetl.event alter slot set default floor(random() * 8)'));
  let kills = 0;
  const tally = newTally();
  for (const life of [1, 2, 3]) {
    let going = true;
    const until = tally.commits + 150;
    const folding = connected(url, async (client) => {
      client.on('error', () => {});
      while (going) {
        await client.query('select noetl.fold()');
        await client.query('select noetl.rotate_events()');
        await client.query('select noetl.prometheus_text()');
      }
    }).catch(() => {});
    const sessions = Array.from({ length: 24 }, (_, n) =>
      session({ url, name: `life${life}-s${n}`, random: random.fork(life * 100 + n), tally, more: () => going, mayDie: true }));
    while (tally.commits < until) await delay(5);
    await delay(random.whole(50));
    await cluster.crash();
    kills += 1;
    going = false;
    await Promise.all([...sessions, folding]);
    await cluster.start();

    await connected(url, async (client) => {
      expect((await compared(client)).differences).toEqual([]);
      await client.query('select noetl.fold()');
      expect((await compared(client)).differences).toEqual([]);
      const { rows } = await client.query<{ transaction: string }>('select transaction from exact.done');
      const done = new Set(rows.map((row) => row.transaction));
      expect([...tally.acknowledged].filter((name) => !done.has(name))).toEqual([]);
      console.log(`crash: ${tally.operations} operations, ${tally.commits} commits acknowledged, ${done.size} there after kill ${kills}`);
    });
  }
  console.log(`crash: NOETL_SEED=${random.seed}`);
  expect(tally.errors).toEqual([]);
});
