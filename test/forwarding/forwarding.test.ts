import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { slow, useWorkers } from '../worker/worker.ts';
import { startReceiver, type Receiver } from './receiver.ts';

const db = useDatabase({ per: 'test' });
const workers = useWorkers();
let receiver: Receiver;
/** Of the first scrape of a test, whole seconds in the past; milliseconds since 1970. */
let begun: number;

beforeEach(async () => {
  receiver = await startReceiver();
  begun = Math.floor(Date.now() / 1000) * 1000 - 900_000;
  await db.rows(`select noetl.set_alert_rule(name, enabled => false) from noetl.alert_rule`);
  await db.rows(`insert into _noetl.scraper (scraper, what) values (1000, 'test'), (1001, 'another')`);
});
afterEach(async () => receiver.stop());

/** Scrapes these lines so many seconds after the first, by a scraper of its own, as a rule has it. */
const scrape = async (seconds: number, lines: Readonly<Record<string, number>>, scraper = 1000): Promise<unknown> =>
  db.rows('select _noetl.store_scrape($1, to_timestamp($2), $3, $4, array_fill(false, array[cardinality($3::text[])]))', [
    scraper, begun / 1000 + seconds, Object.keys(lines), Object.values(lines),
  ]);
const add = async (options: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
  db.rows(
    `select noetl.add_forwarding('there', $1, since => to_timestamp($2)${Object.keys(options).map((key, n) => `, ${key} => $${n + 3}`).join('')})`,
    [receiver.url, begun / 1000 - 1, ...Object.values(options)],
  );
const at = (seconds: number): number => begun + 1000 * seconds;
const own = (sample: string): boolean => !sample.startsWith('noetl_');
/** Until there is nothing more to send, or nothing that could be sent. */
const forwarded = async (condition: () => boolean = () => true): Promise<void> =>
  expect
    .poll(async () => {
      await db.rows(`update _noetl.forwarding_target set due_at = null`); // no pause
      await db.rows('select _noetl.plan_forwarding()');
      return (await db.value<boolean>(`select not l.behind and t.lease is null and not exists (select from _noetl.late_samples)
        from _noetl.forwarding_lag as l join _noetl.forwarding_target as t on t.name = l.target`)) && condition();
    }, { timeout: 60_000, interval: 20 })
    .toBe(true);

describe('a target of forwarding', () => {
  it('gets every sample once and in order, with the end of what is gone', async () => {
    await add({ labels: JSON.stringify({ site: 'x', shop: 'other' }) });
    await workers(db.url, 'server', slow);
    await scrape(0, { up: 1, 'orders_total{shop="a"}': 5 });
    await forwarded();
    await scrape(15, { up: 1, 'orders_total{shop="a"}': 6 });
    await scrape(30, { up: 0 });
    await forwarded();
    await scrape(45, { up: 1, 'orders_total{shop="a"}': 1.5 });
    await forwarded();
    expect(receiver.samples(own).toSorted()).toEqual([
      `orders_total{shop="a",site="x"} 1.5 ${at(45)}`,
      `orders_total{shop="a",site="x"} 5 ${at(0)}`,
      `orders_total{shop="a",site="x"} 6 ${at(15)}`,
      `orders_total{shop="a",site="x"} end ${at(30)}`,
      `up{shop="other",site="x"} 0 ${at(30)}`,
      `up{shop="other",site="x"} 1 ${at(0)}`,
      `up{shop="other",site="x"} 1 ${at(15)}`,
      `up{shop="other",site="x"} 1 ${at(45)}`,
    ]);
    for (const name of ['up', 'orders_total']) {
      const times = receiver.samples((sample) => sample.startsWith(name)).map((sample) => Number(sample.split(' ').at(-1)));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    expect(receiver.taken[0]?.headers).toMatchObject({
      'content-type': 'application/x-protobuf', 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0', 'user-agent': 'noetl-metrics',
    });
  });
});
