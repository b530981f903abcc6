import { describe, expect, it } from 'vitest';
import { seededRandom } from '../exactness/random.ts';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';

const values = `
  select l.name, l.labels ->> 'w' as w, s.vals
  from _noetl.line as l
  join _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s using (line_id)
  where l.name in ('a_total', 'b_total')
  order by l.name, w`;

describe('a ledger over time', () => {
  const db = useDatabase();

  it('finds each committed increment in exactly one interval between two scrapes, whole transactions at a time', async () => {
    const random = seededRandom();
    let going = true;
    const committed = new Map<string, number>();
    await db.rows('select noetl.scrape()');
    const writers = Array.from({ length: 6 }, async (_, w) => {
      const client = await db.session();
      const own = random.fork(w);
      while (going) {
        const times = 1 + own.whole(3);
        await client.query('begin');
        for (let n = 0; n < times; n += 1) {
          await client.query(`select noetl.inc('a_total', jsonb_build_object('w', $1::text)), noetl.inc('b_total', jsonb_build_object('w', $1::text))`, [`w${w}`]);
        }
        const keeps = own.whole(4) > 0;
        await client.query(keeps ? 'commit' : 'rollback');
        if (keeps) committed.set(`w${w}`, (committed.get(`w${w}`) ?? 0) + times);
      }
    });
    for (let scrape = 0; scrape < 25; scrape += 1) await db.rows('select noetl.scrape()');
    going = false;
    await Promise.all(writers);
    await db.rows('select noetl.scrape()');

    const lines = await db.rows<{ name: string; w: string; vals: number[] }>(values);
    expect(lines).toHaveLength(12);
    for (const { name, w, vals } of lines) {
      expect(vals[0]).toBe(0);
      expect(vals).toEqual(vals.toSorted((a, b) => a - b));
      expect([name, w, vals.at(-1)]).toEqual([name, w, committed.get(w)]);
      // both counters of a transaction are in one scrape
      expect(lines.find((line) => line.name === 'b_total' && line.w === w)?.vals).toEqual(vals);
    }
    const sum = await db.value<number>(`select sum(increase) from noetl.metric_history('a_total', now() - interval '1 hour', now() + interval '1 minute', '15 seconds')`);
    expect(sum).toBe([...committed.values()].reduce((all, each) => all + each, 0));
  }, 60_000);
});

describe('compacting that is cut off', () => {
  const cluster = useCluster();

  it('loses and doubles nothing, by kill -9, by being cancelled, and by two at once', async () => {
    const random = seededRandom();
    console.log(`archive cut off: NOETL_SEED=${random.seed}`);
    const url = await cluster.installed('cut');
    await connected(url, (client) => client.query(`
      do $$
      begin
        perform noetl.set_setting('scrape_interval', '5 minutes');
        insert into _noetl.scraper (scraper, what) values (1, 'test');
        for i in 0 .. 900 loop
          perform _noetl.store_scrape(1, '2026-03-02 00:00+00'::timestamptz + i * interval '5 minutes',
            array_agg('l' || l || '_total'), array_agg(case when l % 3 = 0 then i % 40 else i * l / 7.0 end::float8), array_agg(true))
          from generate_series(1, 60) as l where (i / 100 + l) % 5 > 0;
        end loop;
      end
      $$`));
    const all = async (): Promise<string> =>
      connected(url, async (client) => {
        const { rows: [row] } = await client.query<{ digest: string }>(
          `select md5(string_agg(s.line_id || s.at_ms::text || s.vals::text, ',' order by s.line_id)) as digest
           from _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s`);
        return row?.digest ?? '';
      });
    const before = await all();
    const compact = (): Promise<void> =>
      connected(url, async (client) => {
        client.on('error', () => {});
        for (let n = 0; n < 20; n += 1) await client.query(`select noetl.compact_archive('2026-03-06Z')`);
      }).catch(() => {});
    for (let kill = 0; kill < 3; kill += 1) {
      const both = [compact(), compact()];
      await connected(url, async (client) => {
        for (let n = random.whole(3); n >= 0; n -= 1) {
          await client.query(`select pg_cancel_backend(pid) from pg_stat_activity where query like '%compact_archive%' and pid <> pg_backend_pid()`);
          expect(await all()).toBe(before);
        }
      });
      await cluster.crash();
      await Promise.all(both);
      await cluster.start();
      expect(await all()).toBe(before);
    }
    await connected(url, async (client) => {
      for (;;) {
        const { rows: [row] } = await client.query<{ done: string | null }>(`select noetl.compact_archive('2026-03-06Z') as done`);
        expect(await all()).toBe(before);
        if ((row?.done ?? null) === null) break;
      }
      const { rows } = await client.query<{ chunks: number; rows: number }>(
        `select (select count(distinct from_at)::integer from _noetl.chunk) as chunks, (select count(*)::integer from _noetl.scrape) as rows`);
      expect(rows).toEqual([{ chunks: 3, rows: 901 - 3 * 288 }]);
    });
    const standby = await cluster.standby();
    await connected(standby.url('cut'), async (client) => {
      const { rows: [row] } = await client.query<{ samples: number }>(
        `select sum(cardinality(s.vals))::integer as samples from _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s`);
      expect(row?.samples).toBeGreaterThan(40_000);
    });
  }, 180_000);
});

describe('a line outlives', () => {
  const db = useDatabase({ per: 'test' });
  const lines = async (): Promise<unknown> =>
    db.value(`
      select jsonb_object_agg(_noetl.line_key(l.name, l.labels), s.vals)
      from _noetl.line as l
      join _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s using (line_id)
      where l.name not like 'noetl%'`);

  it('its component: it ends, and its history stays', async () => {
    const id = await db.value<string>(`select noetl.register_runtime('w', 'worker_pool')`);
    await db.rows(`select noetl.inc('a_total', '{}', 3, $1)`, [id]);
    await db.rows('select noetl.scrape()');
    await db.rows('delete from noetl.runtime where runtime_id = $1', [id]);
    await db.rows('select noetl.scrape()');
    await db.rows('select noetl.scrape()');
    expect(await lines()).toEqual({ 'a_total{component="w",component_type="worker_pool"}': [0, 3, null] });
  });

  it('what its family is called by: other labels are another line, which begins where it is and not at zero', async () => {
    const id = await db.value<string>(`select noetl.register_runtime('w', 'worker_pool')`);
    await db.rows(`select noetl.inc('a_total', '{}', 3, $1)`, [id]);
    await db.rows('select noetl.scrape()');
    await db.rows(`select noetl.declare_metric('a_total', 'counter', per_component => false)`);
    await db.rows(`select noetl.inc('a_total', '{}', 1, $1)`, [id]);
    await db.rows('select noetl.scrape()');
    expect(await lines()).toEqual({ 'a_total{component="w",component_type="worker_pool"}': [0, 3, null], a_total: [4] });
  });
});

describe('a day of a thousand lines', () => {
  const db = useDatabase();

  it('is kept at two bytes a sample or less, indexes included, and in twelve while it is open', async () => {
    await db.rows(`insert into _noetl.scraper (scraper, what) values (1, 'test')`);
    // six hours and a scrape, of lines as a page has them: counters in bursts, nearly idle ones, gauges with two decimals, constants
    await db.rows(`
      do $$
      declare
        keys text[] := array(select 'f' || l / 50 || '{series="' || l || '"}' from generate_series(1, 240) as l order by l);
        vals float8[] := array_fill(0::float8, array[240]);
      begin
        perform setseed(0.42);
        for i in 0 .. 1440 loop
          vals := array(
            select case
              when l <= 110 then v + case when random() < 0.4 then floor(random() * 40) else 0 end
              when l <= 160 then v + case when random() < 0.002 then 1 else 0 end
              when l <= 200 then round((50 + 10 * sin(i / 700.0 + l) + random() * 5)::numeric, 2)::float8
              else l * 1000.0 end
            from unnest(vals) with ordinality as u (v, l) order by l);
          perform _noetl.store_scrape(1, '2026-03-02 00:00+00'::timestamptz + i * interval '15 seconds', keys, vals, array_fill(true, array[240]));
        end loop;
      end
      $$`);
    const samples = 240 * 1440;
    const before = await db.rows(`select * from _noetl.line_samples((select array_agg(line_id) from _noetl.line), '2026-03-02Z', '2026-03-02 05:59:50Z') order by line_id`);
    expect(await db.value<number>(`select pg_total_relation_size('_noetl.scrape') / $1::float8`, [samples])).toBeLessThan(12);
    expect(await db.value(`select noetl.compact_archive('2026-03-02 07:00Z')`)).toMatch(/^closed 345600 samples/);
    expect(await db.rows(`select * from _noetl.line_samples((select array_agg(line_id) from _noetl.line), '2026-03-02Z', '2026-03-02 05:59:50Z') order by line_id`)).toEqual(before);
    const bytes = await db.value<number>(`select sum(pg_total_relation_size(relid)) / $1::float8 from pg_partition_tree('_noetl.chunk_full')`, [samples]);
    console.log(`archive: ${bytes} bytes a sample`);
    expect(bytes).toBeLessThan(1.5);
  }, 300_000);
});
