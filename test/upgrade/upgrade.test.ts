import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { install } from '../../src/install.ts';
import { compared, ledgerSql, linesOf, type Lines } from '../exactness/ledger.ts';
import { newTally, session } from '../exactness/load.ts';
import { seededRandom } from '../exactness/random.ts';
import { states } from '../queue/page.ts';
import { catalogue } from '../support/catalogue.ts';
import { connected } from '../support/connection.ts';
import { useDatabase, type TestDatabase } from '../support/database.ts';
import { needing, pathOf, psql } from '../support/tools.ts';

const run = promisify(execFile);

/** An installation of version 0.1.0 that was in use (contents.sql says what is in it), upgraded to this one. */

const db = useDatabase({ contents: 'empty', per: 'test' });
const fresh = useDatabase();

beforeEach(async () => {
  const dump = gunzipSync(await readFile(new URL('0.1.0.sql.gz', import.meta.url))).toString();
  await connected(db.url, (client) => client.query(dump));
});

const page = async (): Promise<Lines> => linesOf(await db.value<string>('select noetl.prometheus_text()'));

/** What an upgrade leaves as it is, beside the page, each as one value. */
const kept = {
  settings: `select name, value from noetl.setting where changed_at is not null order by name`,
  families: `select name, metric_type, help, unit, buckets, quantiles, per_component, aggregate, max_series, series, declared from noetl.family order by name`,
  components: `select name, component_type, status, labels, capacity from noetl.runtime order by name`,
  samples: `select * from noetl.sample order by metric_id`,
  history: `
    select h.* from noetl.sample as s
    cross join lateral noetl.metric_history(s.metric_name, s."timestamp" - interval '3 days', s."timestamp", '1 hour') as h
    where s.labels ->> 'disk' = 'sda' and s."timestamp" = (select max(l."timestamp") from noetl.sample as l where l.metric_name = s.metric_name)
    order by h.series_id, h.bucket`,
  collector: `select name, query, every, timeout, enabled from noetl.collector where name = 'done_runs'`,
  queue: `select name, relation, options, prefix from noetl.queue`,
  jobs: `select queue, ready, scheduled, running, stuck, failed from noetl.queue_health`,
  rule: `select name, expression, "for", labels, annotations, enabled from noetl.alert_rule where changed_at is not null`,
};

/** Every answer as text, because the moments of a driver are whole milliseconds. */
async function keptNow(): Promise<Record<string, string[]>> {
  const answers = Object.entries(kept).map(async ([what, query]) =>
    [what, (await db.rows<{ entry: string }>(`select row_to_json(k)::text as entry from (${query}) as k`)).map(({ entry }) => entry)] as const);
  return Object.fromEntries(await Promise.all(answers));
}

/**
 * Each entry once, of whichever days there are partitions. PostgreSQL 18 gives a not-null constraint a name, another one
 * where a dump of before is loaded: the columns say that as well.
 */
async function shape(of: TestDatabase): Promise<string[]> {
  const entries = (await catalogue(of)).filter((entry) => !/^constraint .* NOT NULL \S+$/.test(entry));
  return [...new Set(entries.map((entry) => entry.replaceAll(/_\d{8}/g, '_day').replaceAll(/'\d{4}-\d\d-\d\d [\d:]+[+-]\d\d'/g, 'a day')))].toSorted();
}

describe('an installation of version 0.1.0', () => {
  it('becomes the same as a new one', async () => {
    await install(db.url);
    // which is the default of a column, too
    await fresh.rows(`select noetl.set_setting('retention', '100 years')`);
    expect(await shape(db)).toEqual(await shape(fresh));
  });

  needing(psql)('becomes the same by psql', async () => {
    const before = await page();
    await run(pathOf(psql), ['-X', '-d', db.url, '-f', 'sql/psql.sql']);
    await fresh.rows(`select noetl.set_setting('retention', '100 years')`);
    expect(await shape(db)).toEqual(await shape(fresh));
    expect(await page()).toEqual(before);
  });

  it('keeps its page and what is stored, folded or not', async () => {
    const [before, stored] = [await page(), await keptNow()];
    expect(before.get('orders_total{shop="berlin"}')).toBe(215);
    expect(Object.entries(stored).filter(([, entries]) => entries.length === 0)).toEqual([]);
    await install(db.url);

    expect(await page()).toEqual(before);
    expect(await keptNow()).toEqual(stored);
    await db.pool.query('select noetl.fold()');
    expect(await page()).toEqual(before);
  });

  it('goes on counting where it was', async () => {
    const expected = await page();
    await install(db.url);
    const added: [string, number][] = [
      ['orders_total{shop="berlin"}', 1],
      ['orders_total{shop="oslo"}', 2],
      ['late_total', 3],
      ['order_value_euros_bucket{shop="berlin",le="50.0"}', 1],
      ['order_value_euros_bucket{shop="berlin",le="100.0"}', 1],
      ['order_value_euros_bucket{shop="berlin",le="+Inf"}', 1],
      ['order_value_euros_sum{shop="berlin"}', 40],
      ['order_value_euros_count{shop="berlin"}', 1],
      ['page_bytes_sum', 7],
      ['page_bytes_count', 1],
      ['stored_total{disk="sda"}', 10],
      ['temperature_celsius{room="2"}', 4],
    ];
    for (const round of ['not folded before', 'folded before']) {
      await db.pool.query(`
        select noetl.inc('orders_total', '{"shop": "berlin"}'), noetl.inc('orders_total', '{"shop": "oslo"}', 2), noetl.inc('late_total', by => 3);
        select noetl.observe('order_value_euros', 40, '{"shop": "berlin"}'), noetl.observe('page_bytes', 7)`);
      for (const [name, by] of added) expected.set(name, (expected.get(name) ?? NaN) + by);
      await db.pool.query(
        `insert into noetl.metric (metric_name, metric_type, metric_value, labels)
         values ('stored_total', 'counter', $1, '{"disk": "sda"}'), ('temperature_celsius', 'gauge', $2, '{"room": 2}')`,
        [expected.get('stored_total{disk="sda"}'), expected.get('temperature_celsius{room="2"}')],
      );
      const unfolded = withoutQuantiles(await page());
      expect({ round, page: unfolded }).toEqual({ round, page: withoutQuantiles(expected) });
      await db.pool.query('select noetl.fold()');
      expect({ round, page: withoutQuantiles(await page()) }).toEqual({ round, page: unfolded });
    }
    // what was off the page is still known
    await db.pool.query(`select noetl.register_runtime('gone', 'service')`);
    expect((await page()).get('visits_total{component="gone",component_type="service"}')).toBe(3);
  });

  it('answers a retry of before as it did then', async () => {
    await install(db.url);
    const retried = await db.value(
      `select noetl.insert_metrics('[{"metric_name": "posted_total", "metric_type": "counter", "metric_value": 5}]', idempotency_key => 'one order')`);
    expect(retried).toEqual({ stored: 1, rejected: [] });
    expect(await db.value(`select count(*)::int from noetl.metric where metric_name = 'posted_total'`)).toBe(1);
  });

  it('reads its tracked queue right at once, and without counting when that has been renewed', async () => {
    const jobs = await states(db);
    await install(db.url);
    expect(await states(db)).toEqual(jobs);
    await db.pool.query(`insert into public.runs (status, run_at) values ('QUEUED', now())`);
    while ((await db.value('select noetl.renew_tracking()')) !== null);

    expect(await db.row('select tracked, tracking_error from noetl.queue')).toEqual({ tracked: true, tracking_error: null });
    expect(await states(db)).toEqual({ ...jobs, 'runs ready': (jobs['runs ready'] ?? NaN) + 1 });
    await db.pool.query(`
      update public.runs set status = 'DONE' where lease_expires_at < '2100-01-01';
      insert into public.runs (status, run_at) select 'QUEUED', now() from generate_series(1, 4)`);
    const { 'runs stuck': stuck, ...others } = jobs;
    expect(stuck).toBe(2);
    expect(await states(db)).toEqual({ ...others, 'runs ready': (jobs['runs ready'] ?? NaN) + 5 });
    expect(await db.value(`select noetl.collect_queue('runs')`)).toBe(true);
    expect((await page()).get('xyn_queue_ready_depth')).toBe((jobs['runs ready'] ?? NaN) + 5);
  });

  it('runs its collector', async () => {
    await install(db.url);
    await db.pool.query(`update public.runs set status = 'DONE' where status = 'QUEUED'`);
    expect(await db.value(`select noetl.run_collector('done_runs')`)).toBe(true);
    expect((await page()).get('done_runs{status="DONE"}')).toBe(await db.value(`select count(*)::int from public.runs where status = 'DONE'`));
    expect(await db.row(`select succeeded, error, runs::int from noetl.collector_status where name = 'done_runs'`))
      .toEqual({ succeeded: true, error: null, runs: 2 });
  });

  it('loses nothing of what four sessions write and a fifth folds meanwhile, and fails none of them', async () => {
    const before = await page();
    const random = seededRandom();
    const tally = newTally();
    await db.pool.query(ledgerSql);
    let going = true;
    const folding = connected(db.url, async (client) => {
      while (going) await client.query('select noetl.fold()');
    });
    const sessions = Array.from({ length: 4 }, (_, n) =>
      session({ url: db.url, name: `s${n}`, random: random.fork(n), tally, more: () => going, folds: false }));
    await expect.poll(() => tally.commits, { timeout: 30_000 }).toBeGreaterThan(20);
    await install(db.url);
    const upgraded = tally.commits;
    await expect.poll(() => tally.commits, { timeout: 30_000 }).toBeGreaterThan(upgraded + 20);
    going = false;
    await Promise.all([...sessions, folding]);

    console.log(`upgrade from 0.1.0: ${tally.commits} commits, ${upgraded} until its end, NOETL_SEED=${random.seed}`);
    expect(tally.errors).toEqual([]);
    for (const state of ['not folded', 'folded']) {
      const { lines, differences } = await connected(db.url, compared);
      expect({ state, differences }).toEqual({ state, differences: [] });
      expect(new Map([...lines].filter(([name]) => !name.startsWith('exact_')))).toEqual(before);
      await db.pool.query('select noetl.fold()');
    }
  }, 90_000);
});

/** Without the estimates, which move with every observation. */
function withoutQuantiles(lines: Lines): Lines {
  return new Map([...lines].filter(([name]) => !name.includes('quantile=')));
}
