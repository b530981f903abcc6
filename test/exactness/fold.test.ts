import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cleanUp } from '../partition/writers.ts';
import { connected } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';
import { compared, ledgerSql } from './ledger.ts';
import { newTally, session } from './load.ts';
import { seededRandom } from './random.ts';

describe('a fold', () => {
  const db = useDatabase({ per: 'test' });
  const one = (by = 1): string =>
    `select noetl.inc('exact_orders_total', '{"k": 1}', ${by}); insert into exact.ledger (kind, labels, value) values ('orders', 'k="1"', ${by})`;
  const differences = async (): Promise<string[]> => (await compared(db.pool)).differences;

  it('that is cut off at any point loses nothing and doubles nothing', async () => {
    const random = seededRandom();
    await db.rows(ledgerSql);
    const tally = newTally();
    let writing = true;
    let [cancelled, finished, terminated] = [0, 0, 0];
    const cutter = async (): Promise<void> => {
      while (writing) {
        await connected(db.url, async (client) => {
          client.on('error', () => {});
          const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
          for (let n = 0; n < 20 && writing; n += 1) {
            const kill = random.chance(0.1);
            const fold = client.query('select noetl.fold()').then(() => (finished += 1), () => kill ? (terminated += 1) : (cancelled += 1));
            await delay(random.whole(25));
            await db.rows(`select pg_${kill ? 'terminate' : 'cancel'}_backend($1)`, [rows[0]?.pid]);
            await fold;
            if (kill) return;
          }
        }).catch(() => {});
      }
    };
    const wrong: string[] = [];
    const watcher = async (): Promise<void> => {
      while (writing) wrong.push(...(await differences()));
    };
    const sessions = Array.from({ length: 8 }, (_, n) =>
      session({ url: db.url, name: `s${n}`, random: random.fork(n), tally, more: () => tally.operations < 3_000, folds: false }));
    const others = [cutter(), cutter(), watcher()];
    await Promise.all(sessions);
    writing = false;
    await Promise.all(others);
    console.log(
      `fold: NOETL_SEED=${random.seed}, ${tally.operations} operations, ${finished} folds finished, ${cancelled} cancelled, ${terminated} terminated`);
    expect(tally.errors).toEqual([]);
    expect(wrong).toEqual([]);
    expect(cancelled).toBeGreaterThan(5);
    await db.rows('select noetl.fold()');
    expect(await differences()).toEqual([]);
  });

  it.each(['commit', 'rollback'])('inside a bigger transaction that writes before and after is exact after its %s', async (end) => {
    await db.rows(ledgerSql);
    await db.rows(one(1));
    const [client, other] = [await db.session(), await db.session()];
    await client.query('begin');
    await client.query(one(10));
    await other.query('begin');
    await other.query(one(100));
    await client.query('select noetl.fold()');
    await client.query(one(1000));
    await client.query('select noetl.fold()');
    await client.query(one(10_000));
    expect((await compared(client)).differences).toEqual([]);
    await other.query('commit');
    expect((await compared(client)).differences).toEqual([]);
    expect(await differences()).toEqual([]);
    await client.query(end);
    expect(await differences()).toEqual([]);
    await db.rows('select noetl.fold()');
    const { lines, differences: after } = await compared(db.pool);
    expect(after).toEqual([]);
    expect(lines.get('exact_orders_total{k="1"}')).toBe(end === 'commit' ? 11_111 : 101);
  });

  it('whose subtransaction is rolled back has not happened', async () => {
    await db.rows(ledgerSql);
    await db.rows(one(1));
    const client = await db.session();
    await client.query('begin');
    await client.query(one(10));
    await client.query('savepoint s');
    await client.query('select noetl.fold()');
    await client.query(one(100));
    await client.query('rollback to savepoint s');
    await client.query(one(1000));
    expect((await compared(client)).differences).toEqual([]);
    await client.query('commit');
    expect(await differences()).toEqual([]);
    await db.rows('select noetl.fold()');
    const { lines, differences: after } = await compared(db.pool);
    expect(after).toEqual([]);
    expect(lines.get('exact_orders_total{k="1"}')).toBe(1011);
  });

  it('of a transaction with an old snapshot fails rather than folding twice', async () => {
    await db.rows(ledgerSql);
    await db.rows(one(1));
    const client = await db.session();
    await client.query('begin isolation level repeatable read');
    await client.query('select noetl.prometheus_text()');
    await db.rows(one(10));
    await db.rows('select noetl.fold()');
    await expect(client.query('select noetl.fold()')).rejects.toMatchObject({ code: '40001' });
    await client.query('rollback');
    expect(await differences()).toEqual([]);
  });

  it('reads what a prepared transaction recorded once it is committed', async () => {
    await db.rows(ledgerSql);
    const client = await db.session();
    for (const [name, by] of [['kept', 1], ['dropped', 10]] as const) {
      await client.query('begin');
      await client.query(one(by));
      await client.query(`prepare transaction '${db.name}_${name}'`);
    }
    await client.query('select noetl.fold()');
    expect((await compared(client)).lines.get('exact_orders_total{k="1"}')).toBeUndefined();
    await client.query(`rollback prepared '${db.name}_dropped'`);
    await client.query('select noetl.fold()');
    await client.query(`commit prepared '${db.name}_kept'`);
    expect(await differences()).toEqual([]);
    await client.query('select noetl.fold()');
    const { lines, differences: after } = await compared(client);
    expect(after).toEqual([]);
    expect(lines.get('exact_orders_total{k="1"}')).toBe(1);
  });

  it('and a truncation leave a transaction with an old snapshot its page', async () => {
    await db.rows(ledgerSql);
    await db.rows('alter table _noetl.event alter slot set default (extract(epoch from now())::bigint / 30 + 4) % 8');
    await db.rows(one(1));
    const old = await db.session();
    await old.query('begin isolation level repeatable read read only');
    await old.query('select 1'); // has its snapshot, has touched nothing of ours
    const slots = (): Promise<number> => db.value(`select sum(pg_relation_size(partition))::int from _noetl.event_slot`);
    await db.rows('select noetl.fold()');
    await db.rows('select noetl.rotate_events()');
    await db.rows('select noetl.rotate_events()');
    expect(await slots()).toBeGreaterThan(0);
    await db.rows(one(10));
    await db.rows('select noetl.fold()');
    const { lines, differences: then } = await compared(old);
    expect(then).toEqual([]);
    expect(lines.get('exact_orders_total{k="1"}')).toBe(1);
    await old.query('commit');
    await db.rows('select noetl.rotate_events()');
    await expect.poll(() => db.value('select noetl.rotate_events()')).toBe(1);
    expect(await slots()).toBe(0);
    expect(await differences()).toEqual([]);
  });

  it('leaves counters standing when the partitions of their samples are dropped', async () => {
    await db.rows(ledgerSql);
    const day = (age: number): string => `now() - interval '${age} days'`;
    for (const age of [4, 3, 2]) {
      await db.rows(`select noetl.create_metric_partition(((${day(age)}) at time zone 'UTC')::date)`);
      await db.rows(
        `insert into noetl.metric (metric_name, metric_type, metric_value, labels, created_at) values ('exact_wait_seconds', 'histogram', 0.25, '{"k": 1}', ${day(age)})`);
      await db.rows(`insert into exact.ledger (kind, labels, value) values ('wait', 'k="1"', 0.25)`);
      if (age === 3) await db.rows('select noetl.fold()');
    }
    expect(await differences()).toEqual([]);
    expect(await cleanUp(db)).toHaveLength(3);
    const { lines, differences: after } = await compared(db.pool);
    expect(after).toEqual([]);
    expect(lines.get('exact_wait_seconds_count{k="1"}')).toBe(3);
  });
});
