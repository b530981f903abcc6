import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeWriteRequest } from '../../src/protobuf/remote-write.ts';
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

  it('begins with what comes next, unless it is asked for more, and with the 0 of a counter that the database begins', async () => {
    await db.rows(`select noetl.inc('old_total', by => 3)`);
    await db.rows('select noetl.scrape()');
    await db.rows(`select noetl.add_forwarding('there', $1)`, [receiver.url]);
    await workers(db.url, 'server', { ...slow });
    await forwarded();
    await db.rows(`select noetl.inc('new_total', by => 2)`);
    await db.rows('select noetl.scrape()');
    await forwarded();
    await db.rows(`select noetl.inc('new_total', by => 2)`);
    await db.rows('select noetl.scrape()');
    await forwarded(() => receiver.samples((sample) => sample.startsWith('new_total')).length > 2);
    const values = (name: string): string[] => receiver.samples((sample) => sample.startsWith(name)).map((sample) => sample.split(' ')[1] ?? '');
    expect(values('new_total').filter((value, i, all) => value !== all[i - 1])).toEqual(['0', '2', '4']);
    expect(new Set(values('old_total'))).toEqual(new Set(['3']));
    // and what it has is what the archive has, but what was scraped before it was added: one sample, and the 0 before it
    await expect.poll(async () => {
      await db.rows('select _noetl.plan_forwarding()');
      const here = await db.value(`select sum(cardinality(s.vals)) from _noetl.line as l cross join lateral _noetl.line_samples(array[l.line_id], '-infinity', 'infinity') as s where l.name = 'old_total'`);
      return Number(here) - values('old_total').length;
    }).toBe(2);
  });

  it('gets what a selector selects, with credentials that only the server knows', async () => {
    process.env['NOETL_SECRET_PASSWORD'] = 'hidden';
    afterEach(() => delete process.env['NOETL_SECRET_PASSWORD']);
    await add({ selector: '{__name__=~"a.*",kind!="test"}', headers: '{"X-Scope-OrgID": "us"}', username: 'we', password: '{env:NOETL_SECRET_PASSWORD}' });
    await workers(db.url, 'server', slow);
    await scrape(0, { 'a1{kind="x"}': 1, 'a2{kind="test"}': 2, b: 3, a3: 4 });
    await forwarded();
    expect(receiver.samples().toSorted()).toEqual([`a1{kind="x"} 1 ${at(0)}`, `a3 4 ${at(0)}`]);
    expect(receiver.taken[0]?.headers).toMatchObject({ authorization: `Basic ${Buffer.from('we:hidden').toString('base64')}`, 'x-scope-orgid': 'us' });
    expect(JSON.stringify(await db.rows('select * from noetl.forwarding'))).not.toMatch(/hidden|PASSWORD|OrgID|api/);
    await db.rows(`select noetl.add_forwarding('there', $1, bearer_token => '{env:NOETL_SECRET_PASSWORD}')`, [receiver.url]);
    await scrape(15, { 'a1{kind="x"}': 1 });
    await forwarded();
    expect(receiver.taken.at(-1)?.headers).toMatchObject({ authorization: 'Bearer hidden' });
  });

  it('is told of families', async () => {
    await db.rows(`select noetl.declare_metric('orders_total', 'counter', 'All orders.')`);
    await add();
    await workers(db.url, 'server', slow);
    await scrape(0, { up: 1 });
    await forwarded(() => receiver.taken.some(({ metadata }) => metadata.length > 0));
    expect(receiver.taken.flatMap(({ metadata }) => metadata)).toContainEqual({ metric_family_name: 'orders_total', type: 'counter', help: 'All orders.', unit: '' });
  });

  it('gets requests of at most so many samples and bytes', async () => {
    await add({ batch_samples: 7, batch_bytes: 10_000 });
    const labels = 'x'.repeat(1500);
    for (let n = 0; n < 20; n += 1) await scrape(15 * n, { a: n, b: 2 * n, [`long{label="${labels}"}`]: n });
    await workers(db.url, 'server', slow);
    await forwarded();
    const sizes = receiver.taken.map(({ timeseries }) => timeseries.reduce((sum, { times }) => sum + times.length, 0));
    expect(Math.max(...sizes)).toBe(7);
    expect(Math.max(...receiver.taken.map((each) => encodeWriteRequest(each).length))).toBeLessThanOrEqual(10_000);
    expect(new Set(receiver.samples(own)).size).toBe(60);
    expect(receiver.samples(own)).toHaveLength(60);
  });

  it('gets what is imported, however late, and once', async () => {
    await add({ selector: '{__name__=~"i.*|up"}' });
    await workers(db.url, 'server', slow);
    await scrape(0, { up: 1 });
    await forwarded();
    const importing = async (name: string, seconds: number[]): Promise<unknown> =>
      db.rows(`select noetl.import_samples($1, $2, array(select to_timestamp(t) from unnest($3::float8[]) as t), $3)`, [
        seconds.map(() => name), seconds.map(() => '{}'), seconds.map((each) => begun / 1000 + each),
      ]);
    // before the scrape that has been sent, and after it
    await importing('i1', [-5, -1, 3, 700]);
    await forwarded();
    await db.rows(`select _noetl.store_scrape(0, to_timestamp($1))`, [begun / 1000 + 600]); // that others go by
    await importing('i1', [4]);
    await importing('i2', [601, 599]);
    await forwarded();
    await scrape(800, { up: 1 });
    await db.rows('select noetl.scrape()');
    await forwarded();
    const of = (name: string): number[] => receiver.samples((sample) => sample.startsWith(name)).map((sample) => (Number(sample.split(' ').at(-1)) - begun) / 1000);
    expect(of('i1').toSorted((a, b) => a - b)).toEqual([-5, -1, 3, 4, 700]);
    expect(of('i2').toSorted((a, b) => a - b)).toEqual([599, 601]);
    expect(of('up')).toEqual([0, 800]);
  });

  it('is left alone while it is paused, and forgotten when it is dropped', async () => {
    await add();
    await db.rows(`select noetl.pause_forwarding('there')`);
    await workers(db.url, 'server', slow);
    await scrape(0, { up: 1 });
    expect(await db.value('select _noetl.plan_forwarding()')).toBe(0);
    expect(await db.value('select state from noetl.forwarding')).toBe('paused');
    await db.rows(`select noetl.resume_forwarding('there')`);
    await forwarded();
    expect(receiver.samples(own)).toEqual([`up 1 ${at(0)}`]);
    expect(await db.row(`select name, url, progress_ratio, sent > 0 as sent, skipped, failed, error from noetl.forwarding`)).toEqual({
      name: 'there', url: receiver.url.replace(/\/api.*/, ''), progress_ratio: '1.000', sent: true, skipped: '0', failed: '0', error: null,
    });
    const page = async (): Promise<string> => db.value<string>('select noetl.prometheus_text()');
    expect(await page()).toMatch(/^noetl_forward_samples_total\{outcome="sent",target="there"\} \d+$/m);
    expect(await page()).toMatch(/^noetl_forward_lag_seconds\{target="there"\} \d/m);
    await db.rows(`select noetl.drop_forwarding('there')`);
    expect(await db.rows('select * from noetl.forwarding')).toEqual([]);
    expect(await page()).not.toContain('noetl_forward_lag_seconds{');
    expect((await db.refusal(`select noetl.pause_forwarding('there')`)).message).toBe('name: there is no forwarding "there"');
  });

  it.each([
    [{ name: '' }, 'name: must not be empty'],
    [{ url: 'ftp://x' }, 'url: must be an http or https URL'],
    [{ url: 'http://me:secret@x/' }, 'url: must not hold a name and a password; give username and password'],
    [{ selector: 'up{' }, 'selector: 1:4: parse error: unexpected end of input inside braces'],
    [{ selector: 'sum(up)' }, 'selector: must select series, such as {__name__=~"orders_.*", shop!="test"}'],
    [{ labels: '{"a-b": "x"}' }, 'labels: must be names of labels with strings'],
    [{ headers: '{"x": "a\\r\\nb"}' }, 'headers: must be names of HTTP with strings in one line'],
    [{ headers: '{"x": "{env:HOME}"}' }, 'headers: {env:HOME} is not {env:NOETL_SECRET_…} or {file:name}'],
    [{ password: 'plain', username: 'we' }, 'password: must be {env:NOETL_SECRET_…} or {file:name}, so that it is not in the database'],
    [{ password: '{file:../etc/passwd}', username: 'we' }, 'password: {file:../etc/passwd} is not {env:NOETL_SECRET_…} or {file:name}'],
    [{ username: 'we' }, 'username: must be given together with password'],
    [{ batch_samples: '0' }, 'batch_samples: must be between 1 and 100000'],
  ] as [Record<string, string>, string][])('is refused with %j', async (options, message) => {
    const given = { name: 'there', url: 'http://x/', ...options };
    const call = `select noetl.add_forwarding(${Object.keys(given).map((key, n) => `${key} => $${n + 1}`).join(', ')})`;
    expect((await db.refusal(call, Object.values(given))).message).toBe(message);
  });
});

describe('a target that does not take it', () => {
  it.each([
    ['answers 500', { status: 500, words: 'out of disk' }, 'it answered 500: out of disk'],
    ['answers 429', { status: 429, words: 'later', headers: { 'retry-after': '1000' } }, 'it answered 429: later'],
    ['hangs', { status: 0 }, 'The operation was aborted due to timeout'],
    ['answers 400 to everything', { status: 400, words: 'what?' }, 'it answered 400: what?'],
  ])('because it %s gets it later, all of it and in order', async (_, verdict, error) => {
    await add({ timeout: '300 milliseconds', batch_samples: 3, selector: '{__name__!~"noetl_.*"}' });
    for (let n = 0; n < 4; n += 1) await scrape(15 * n, { a: n, b: n });
    receiver.judge = ({ timeseries }) => (timeseries.length === 0 || receiver.taken.length < 2 ? { status: 204 } : verdict);
    await workers(db.url, 'server', slow);
    await expect.poll(async () => db.value('select error from noetl.forwarding')).toBe(error);
    expect(await db.row(`select state, skipped, failed > 0 as failed, retry_at > now() + interval '900 seconds' as waits from noetl.forwarding`)).toEqual({
      state: 'failing', skipped: '0', failed: true, waits: verdict.status === 429,
    });
    await scrape(60, { a: 4, b: 4 });
    receiver.judge = () => ({ status: 204 });
    await forwarded();
    const times = [0, 1, 2, 3, 4];
    expect(receiver.samples(own).toSorted()).toEqual(['a', 'b'].flatMap((name) => times.map((n) => `${name} ${n} ${at(15 * n)}`)));
    for (const name of ['a', 'b']) {
      expect(receiver.samples((sample) => sample.startsWith(name))).toEqual(times.map((n) => `${name} ${n} ${at(15 * n)}`));
    }
  });

  it('because of a few samples gets all but those, and what it said of them is kept', async () => {
    await add();
    receiver.judge = ({ timeseries }) =>
      timeseries.some(({ values }) => values.includes(13)) ? { status: 400, words: 'no 13, please' } : { status: 204 };
    const lines = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`l${n}`, n]));
    await scrape(0, lines);
    await scrape(15, lines);
    await workers(db.url, 'server', slow);
    await forwarded();
    expect(receiver.samples(own)).toHaveLength(38);
    expect(receiver.samples((sample) => sample.startsWith('l13'))).toEqual([]);
    expect(await db.row('select skipped, error from noetl.forwarding')).toEqual({ skipped: '2', error: 'it answered 400: no 13, please' });
    expect(await db.value<string>('select noetl.prometheus_text()')).toContain('noetl_forward_samples_total{outcome="skipped",target="there"} 2\n');
  });

  it('because it refuses everything is passed over as skip says', async () => {
    await add({ skip: '0' });
    receiver.judge = ({ timeseries }) => (timeseries.length === 0 ? { status: 204 } : { status: 403, words: 'who are you?' });
    await scrape(0, { a: 1, b: 2 });
    await workers(db.url, 'server', slow);
    await forwarded();
    expect(await db.row('select sent, skipped >= 2 as skipped, error from noetl.forwarding')).toEqual({ sent: '0', skipped: true, error: 'it answered 403: who are you?' });
  });

  it('because its clock is behind waits, so that nothing is sent with a time that changes', async () => {
    await add();
    await workers(db.url, 'server', slow);
    await scrape(0, { up: 1 });
    await forwarded();
    // the clock of the database is an hour ahead for two scrapes
    await scrape(4515, { up: 2 });
    await scrape(4530, { up: 3 });
    await db.rows('select _noetl.plan_forwarding()');
    await expect.poll(() => db.value('select error from noetl.forwarding')).toMatch(/^samples wait: they are dated \d+ seconds later than it is at the target$/);
    await scrape(45, { up: 4 });
    await forwarded();
    expect(receiver.samples(own)).toEqual([`up 1 ${at(0)}`, `up 2 ${at(15)}`, `up 3 ${at(30)}`, `up 4 ${at(45)}`]);
  });
});

describe('servers that forward', () => {
  it('send in turn, and one goes on where another has died', async () => {
    await add({ batch_samples: 1, selector: '{__name__=~"a|b"}' });
    for (let n = 0; n < 3; n += 1) await scrape(15 * n, { a: n, b: n });
    // one that has died while it was at it
    const dead = `'there', '00000000-0000-0000-0000-000000000000'`;
    await db.rows(`select _noetl.begin_forwarding(${dead}, now())`);
    await Promise.all([workers(db.url, 'first', slow), workers(db.url, 'second', slow)]);
    expect(await db.value('select _noetl.plan_forwarding()')).toBe(0);
    expect(receiver.offered).toEqual([]);
    expect(await db.value(`select leased_until between now() and now() + interval '20 seconds' from _noetl.forwarding_target`)).toBe(true);
    await db.rows(`update _noetl.forwarding_target set leased_until = now()`); // time goes by
    await forwarded();
    expect(await db.value(`select _noetl.advance_forwarding(${dead}, 1, true, null, 1, 0)`)).toBe(false);
    expect(receiver.samples(own).toSorted()).toEqual(['a', 'b'].flatMap((name) => [0, 1, 2].map((n) => `${name} ${n} ${at(15 * n)}`)));
  });
});
