import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

/** Two days of scrapes, five minutes apart, of lines of every kind; by a scraper of its own, so that the page has no part in it. */
const twoDays = `
  do $$
  begin
    perform noetl.set_setting('scrape_interval', '5 minutes');
    perform noetl.set_setting('thinned_interval', '30 minutes');
    insert into _noetl.scraper (scraper, what) values (1, 'test');
    for i in 0 .. 600 loop
      perform _noetl.store_scrape(1, '2026-03-02 00:00+00'::timestamptz + i * interval '5 minutes',
        array_agg(l.key order by l.key), array_agg(l.value order by l.key), array_agg(l.counter order by l.key))
      from (values
        ('restarted_total', (i % 70) * 3.0::float8, true),
        ('gauge', round((50 + 10 * sin(i / 20.0))::numeric, 2)::float8, false),
        ('wild', case i % 4 when 0 then 'NaN'::float8 when 1 then 'Infinity' when 2 then -1e300 else 0.1 + 0.2 end, false),
        ('constant', 7, false),
        ('short_total', case when i between 280 and 287 then i end, true), -- ends where a block ends
        ('coming_total', case when i % 50 < 40 then i * 100 end, true)
      ) as l (key, value, counter)
      where l.value is not null;
    end loop;
  end
  $$`;

const samples = `
  select l.name, s.at_ms::text[] as at_ms, s.vals
  from _noetl.line as l
  join _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s using (line_id)
  order by l.name`;

/** By how much each counter grew in each hour, from its first sample in it to the first after it; a fall is a restart from 0. */
const increases = `
  with sample as (
    select l.name, u.ms, u.val, lag(u.val) over (partition by l.name order by u.ms) as before
    from _noetl.line as l
    join _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s using (line_id)
    cross join lateral unnest(s.at_ms, s.vals) as u (ms, val)
    where l.counter and u.val is not null
  )
  select name, (ms - 1) / 3600000 as hour, sum(case when val < before then val else val - before end) as increase
  from sample
  group by name, (ms - 1) / 3600000
  having sum(case when val < before then val else val - before end) is not null
  order by name, hour`;

/** Does every step that is due at a moment; returns what was done. */
async function compacted(db: { value: (sql: string, values?: unknown[]) => Promise<unknown> }, at: string): Promise<unknown[]> {
  const done: unknown[] = [];
  for (;;) {
    const step = await db.value('select noetl.compact_archive($1)', [at]);
    if (step === null) return done;
    done.push(step);
  }
}

describe('compacting the archive', () => {
  const db = useDatabase();
  let before: unknown[];
  let grown: unknown[];

  beforeAll(async () => {
    await db.rows(twoDays);
    before = await db.rows(samples);
    grown = await db.rows(increases);
  });

  it('closes the blocks that are over, and every snapshot sees each sample once', async () => {
    const reader = await db.session();
    await reader.query('begin isolation level repeatable read');
    expect((await reader.query(samples)).rows).toEqual(before);
    expect(await compacted(db, '2026-03-04 03:00Z')).toEqual([
      expect.stringMatching(/^closed 1728 samples of bundle 1 from /),
      expect.stringMatching(/^closed 1728 samples of bundle 1 from /),
      'freed 1 places',
    ]);
    expect((await reader.query(samples)).rows).toEqual(before);
    await reader.query('commit');
    expect(await db.rows(samples)).toEqual(before);
    expect(await db.value(`select count(*)::integer from _noetl.scrape`)).toBe(25);
  });

  it('answers a part of the time as that part of the whole', async () => {
    expect(
      await db.rows(`
        with whole as (
          select s.line_id, u.ms, u.val
          from _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s cross join lateral unnest(s.at_ms, s.vals) as u (ms, val)
        ),
        part as (
          select t.since, t.until, s.line_id, u.ms, u.val
          from (values ('2026-03-02 00:05Z'::timestamptz, '2026-03-02 00:05Z'::timestamptz), ('2026-03-02 23:50Z', '2026-03-03 00:10Z'), ('2026-03-03 12:00:01Z', '2026-03-04 01:00Z')) as t (since, until)
          cross join lateral _noetl.line_samples((select array_agg(line_id) from _noetl.line), t.since, t.until) as s
          cross join lateral unnest(s.at_ms, s.vals) as u (ms, val)
        )
        select *
        from part as p
        full join (
          select t.since, w.* from whole as w join (select distinct since, until from part) as t on to_timestamp(w.ms / 1000.0) between t.since and t.until
        ) as w using (since, line_id, ms)
        where p.val is distinct from w.val or p.line_id is null or w.line_id is null`),
    ).toEqual([]);
  });

  it('lets others have the places of lines that have ended', async () => {
    expect(await db.rows(`select l.name from _noetl.place as p join _noetl.line as l using (line_id) order by name`)).toEqual(
      ['coming_total', 'constant', 'gauge', 'restarted_total', 'wild'].map((name) => ({ name })),
    );
  });

  it('thins what is old, and no increase of a counter changes by it', async () => {
    const closed = await db.value<number>(`select count(*)::integer from _noetl.chunk where level = 'full' and line_id > 0`);
    expect(await compacted(db, '2026-04-03 00:00Z')).toHaveLength(2);
    expect(await db.rows(`select level, count(*)::integer as chunks from _noetl.chunk where line_id > 0 group by level`)).toEqual([{ level: 'thinned', chunks: closed }]);
    expect(await db.rows(increases)).toEqual(grown);
    const left = await db.rows<{ name: string; vals: unknown[] }>(samples);
    expect(left.map(({ name }) => name)).toEqual(['coming_total', 'constant', 'gauge', 'restarted_total', 'short_total', 'wild']);
    expect(left.find(({ name }) => name === 'gauge')?.vals.length).toBeLessThan(200);
    // of what is left every value is one that was there at that time
    const all = new Set((before as { name: string; at_ms: string[]; vals: unknown[] }[]).flatMap((line) => line.at_ms.map((ms, i) => `${line.name} ${ms} ${String(line.vals[i])}`)));
    expect((left as { name: string; at_ms: string[]; vals: unknown[] }[]).flatMap((line) => line.at_ms.map((ms, i) => `${line.name} ${ms} ${String(line.vals[i])}`)).filter((each) => !all.has(each))).toEqual([]);
  });

  it('makes one chunk for each line of a week that is thinned', async () => {
    const thinned = await db.rows(samples);
    expect((await compacted(db, '2026-04-10 00:00Z')).length).toBeGreaterThan(0);
    expect(await db.rows(samples)).toEqual(thinned);
    expect(
      await db.rows(`select count(*) filter (where line_id > 0)::integer as chunks, count(distinct line_id) filter (where line_id > 0)::integer as lines, count(distinct from_at)::integer as blocks from _noetl.chunk`),
    ).toEqual([{ chunks: 6, lines: 6, blocks: 1 }]);
  });

  it('does nothing where another session does it', async () => {
    const other = await db.session();
    await other.query(`begin; select _noetl.take_lock('archive')`);
    expect(await db.value(`select noetl.compact_archive('2026-05-01Z')`)).toBeNull();
    await other.query('rollback');
  });
});

describe('merging imported chunks', () => {
  const db = useDatabase();

  it('leaves one for each line and block, with the samples as they were', async () => {
    for (const batch of [3, 1, 2, 0]) {
      await db.rows(
        `select noetl.import_samples(array_agg('i' || i % 4), array_agg('{}'::jsonb), array_agg('2026-03-02 00:00Z'::timestamptz + make_interval(secs => $1::int * 400 + i)), array_agg((i + $1)::float8))
         from generate_series(1, 500) as i`,
        [batch],
      );
    }
    const before = await db.rows(samples);
    const chunks = async (): Promise<unknown> => db.value(`select count(*)::integer from _noetl.chunk where line_id > 0`);
    expect(await chunks()).toBe(16);
    await db.rows(`update _noetl.imported_block set imported_at = '2026-03-01Z'`);
    await compacted(db, '2026-03-03Z');
    expect(await chunks()).toBe(4);
    expect(await db.rows(samples)).toEqual(before);
    expect(await db.rows(`select from _noetl.imported_block`)).toEqual([]);
    expect(await db.value(`select count(*)::integer from _noetl.chunk where line_id = 0`)).toBe(4);
  });
});
