import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

/** Every line that has samples, as `name{labels}`: its values in the order of their times, null where it ended. */
const lines = `
  select coalesce(jsonb_object_agg(_noetl.line_key(l.name, l.labels), s.vals), '{}') as lines
  from _noetl.line as l
  join _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s using (line_id)
  where l.name not like 'noetl%'`;

describe('a scrape', () => {
  const db = useDatabase({ per: 'test' });
  const archive = async (): Promise<unknown> => db.value(lines);
  const scrape = async (): Promise<Date | null> => db.value<Date | null>('select noetl.scrape()');

  it('stores every line of the page, with a 0 before the first value of what the database counts', async () => {
    await db.rows(`
      select noetl.declare_metric('latency_seconds', 'histogram', buckets => '{0.5, 2}');
      select noetl.inc('orders_total', '{"code": "a"}', 50);
      select noetl.observe('latency_seconds', 1);
      select noetl.set('temperature', 'NaN');
      insert into noetl.metric (metric_name, metric_type, metric_value) values ('reported_total', 'counter', 1000);`);
    await scrape();
    await db.rows(`select noetl.inc('orders_total', '{"code": "a"}', 5); select noetl.set('temperature', '-Infinity')`);
    await scrape();
    expect(await archive()).toEqual({
      'orders_total{code="a"}': [0, 50, 55],
      'latency_seconds_bucket{le="0.5"}': [0, 0, 0],
      'latency_seconds_bucket{le="2.0"}': [0, 1, 1],
      'latency_seconds_bucket{le="+Inf"}': [0, 1, 1],
      latency_seconds_sum: [0, 1, 1],
      latency_seconds_count: [0, 1, 1],
      temperature: ['NaN', '-Infinity'],
      reported_total: [1000, 1000],
    });
  });

  it('takes a label that is empty for one that is not there', async () => {
    await db.rows(`select noetl.push_metrics('{"job": "nightly"}', E'# TYPE size gauge\\nsize{of="a b"} 1.5\\n', true)`);
    await scrape();
    expect(Object.keys((await archive()) as object).filter((line) => line.startsWith('size'))).toEqual(['size{job="nightly",of="a b"}']);
  });

  it('begins no counter at zero where the setting zero_start is off', async () => {
    await db.rows(`select noetl.set_setting('zero_start', 'off'); select noetl.inc('orders_total', '{}', 50)`);
    await scrape();
    expect(await archive()).toEqual({ orders_total: [50] });
  });

  it('gives all lines of one scrape the same time in milliseconds, and the next one a later time', async () => {
    await db.rows(`select noetl.set('a', 1), noetl.set('b', 2)`);
    const times = [await scrape(), await scrape(), await scrape()].map((at) => at?.getTime());
    expect(times).toEqual([...new Set(times)].toSorted((a = 0, b = 0) => a - b));
    expect(await db.rows(`select distinct s.at_ms::text[] as times from _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s`)).toEqual([
      { times: times.map(String) },
    ]);
  });

  it('ends a line that has left the page, once, and begins it again when it returns', async () => {
    await db.rows(`select noetl.set('a', 1), noetl.set('b', 2)`);
    await scrape();
    await db.rows(`select noetl.set('b', 3); select _noetl.withdraw('a')`);
    await scrape();
    await scrape();
    await db.rows(`select noetl.set('a', 4)`);
    await scrape();
    expect(await archive()).toEqual({ a: [1, null, 4], b: [2, 3, 3, 3] });
  });

  it('shows an ended line as of when it ended, and a line of the page as without an end', async () => {
    await db.rows(`select noetl.set('a', 1), noetl.set('b', 2)`);
    await scrape();
    await db.rows(`select _noetl.withdraw('a')`);
    const ended = await scrape();
    expect(await db.rows(`select name, nullif(last_at, 'infinity') as last_at from _noetl.line where name in ('a', 'b') order by name`)).toEqual([
      { name: 'a', last_at: ended },
      { name: 'b', last_at: null },
    ]);
  });

  it('begins at zero again a counter that has been removed and comes back', async () => {
    await db.rows(`select noetl.inc('orders_total', '{}', 7)`);
    await scrape();
    await db.rows(`delete from _noetl.series where metric_name = 'orders_total'`);
    await scrape();
    await scrape();
    await db.rows(`select noetl.inc('orders_total', '{}', 2)`);
    await scrape();
    expect(await archive()).toEqual({ orders_total: [0, 7, null, 0, 2] });
  });

  it('is made once a beat, however many servers ask for it', async () => {
    const beat = await db.value<string>(`select clock_timestamp()::text`);
    const made = await Promise.all(
      Array.from({ length: 4 }, () => db.value<Date | null>(`select _noetl.scrape_once($1)`, [beat])),
    );
    expect(made.filter((at) => at !== null)).toHaveLength(1);
    expect(await db.value(`select scrapes::integer from _noetl.scraper where scraper = 0`)).toBe(1);
  });

  it('may be given a time, later than the last', async () => {
    await db.rows(`select noetl.set('a', 1)`);
    await db.rows(`select noetl.scrape('2021-01-01 00:00:00.0004+00'), noetl.scrape('2021-01-01 00:00:15+00')`);
    expect(await db.refusal(`select noetl.scrape('2021-01-01 00:00:15+00')`)).toMatchObject({ message: 'at: must be later than the last scrape' });
    expect(
      await db.rows(`select s.at_ms::text[] as times from _noetl.line as l cross join _noetl.line_samples(array[l.line_id], '-infinity', 'infinity') as s where l.name = 'a'`),
    ).toEqual([{ times: ['1609459200000', '1609459215000'] }]);
  });

  it('goes on from now when the clock has been set back, with the scrapes of the wrong time moved before it', async () => {
    await db.rows(`select noetl.set('a', 1)`);
    await db.rows(`select noetl.scrape(now() - interval '1 minute')`);
    for (const ahead of ['60 minutes', '61 minutes', '62 minutes']) {
      await db.rows(`select noetl.set('a', extract(epoch from $1::interval) / 60)`, [ahead]);
      await db.rows(`select noetl.scrape(now() + $1::interval)`, [ahead]);
    }
    const at = await scrape();
    const [line] = await db.rows<{ ms: number[]; vals: number[] }>(`
      select s.at_ms::float8[] as ms, s.vals from _noetl.line as l cross join _noetl.line_samples(array[l.line_id], '-infinity', 'infinity') as s where l.name = 'a'`);
    expect(line?.vals).toEqual([1, 60, 61, 62, 62]);
    expect(line?.ms).toEqual(line?.ms.toSorted((a, b) => a - b));
    expect(new Set(line?.ms).size).toBe(5);
    expect(line?.ms.at(-1)).toBe(at?.getTime());
  });

  it('takes new lines into the free places of a bundle, and into a new one where there are none', async () => {
    await db.rows(`select noetl.set('g', i, jsonb_build_object('i', i)) from generate_series(1, 235) as i`);
    await scrape();
    await db.rows(`select noetl.set('g', i, jsonb_build_object('i', i)) from generate_series(236, 245) as i`);
    await scrape();
    expect(
      await db.row(`
        select count(*)::integer as lines, sum(cardinality(s.vals))::integer as samples, count(distinct p.bundle)::integer as bundles
        from _noetl.line as l
        join _noetl.place as p using (line_id)
        join _noetl.line_samples((select array_agg(line_id) from _noetl.line where name = 'g'), '-infinity', 'infinity') as s using (line_id)
        where s.vals[cardinality(s.vals)] = (l.labels ->> 'i')::float8`),
    ).toEqual({ lines: 245, samples: 235 * 2 + 10, bundles: 2 });
  });

  it('reads the same whether many lines of a bundle are asked for or one at a time', async () => {
    await db.rows(`select noetl.set('g', i, jsonb_build_object('i', i)) from generate_series(1, 100) as i`);
    await scrape();
    await db.rows(`select _noetl.withdraw('g', jsonb_build_object('i', i)) from generate_series(1, 100, 3) as i; select noetl.set('g', '-0', '{"i": 2}')`);
    await scrape();
    await db.rows(`select noetl.set('g', -1.234567890123457e-299, '{"i": 5}'), noetl.set('h', 1)`);
    await scrape();
    expect(
      await db.rows(`
        with many as (
          select s.* from _noetl.line_samples((select array_agg(line_id) from _noetl.line), '-infinity', 'infinity') as s
        ),
        single as (
          select s.* from _noetl.line as l cross join _noetl.line_samples(array[l.line_id], '-infinity', 'infinity') as s
        )
        select * from many full join single using (line_id, clock, at_ms, vals) where many is null or single is null`),
    ).toEqual([]);
  });
});

describe('imported samples', () => {
  const db = useDatabase({ per: 'test' });
  const archive = async (): Promise<unknown> => db.value(lines);
  const imported = async (samples: readonly (readonly [string, object, string, number | null])[]): Promise<unknown> =>
    db.value('select noetl.import_samples($1, $2, $3, $4)', [
      samples.map(([name]) => name),
      samples.map(([, labels]) => JSON.stringify(labels)),
      samples.map(([, , at]) => at),
      samples.map(([, , , value]) => value),
    ]);

  it('are stored in any order, once, the later of two values of one time', async () => {
    expect(
      await imported([
        ['a', { x: '1' }, '2020-01-01 00:01Z', 2],
        ['a', { x: '1', empty: '' }, '2020-01-01 00:00Z', 1],
        ['b_total', {}, '1970-01-01 00:00Z', 0.5],
        ['a', { x: '1' }, '2020-01-01 00:01Z', 2.5],
      ]),
    ).toBe('4');
    await imported([['a', { x: '1' }, '2019-12-31 23:59Z', 0]]);
    await imported([
      ['a', { x: '1' }, '2020-01-01 00:00Z', 1.25],
      ['a', { x: '1' }, '2020-01-01 00:02Z', null],
    ]);
    expect(await archive()).toEqual({ 'a{x="1"}': [0, 1.25, 2.5, null], b_total: [0.5] });
    expect(
      await db.rows(`select s.vals from _noetl.line_samples((select array_agg(line_id) from _noetl.line), '2020-01-01 00:00Z', '2020-01-01 00:01Z') as s`),
    ).toEqual([{ vals: [1.25, 2.5] }]);
  });

  it('of a line that is scraped, too, are merged with its scrapes', async () => {
    await db.rows(`select noetl.set('a', 1)`);
    await db.rows(`select noetl.scrape('2021-01-01 00:00+00'), noetl.scrape('2021-01-01 00:02+00')`);
    await imported([
      ['a', {}, '2021-01-01 00:01Z', 3],
      ['a', {}, '2021-01-01 00:03Z', 4],
    ]);
    expect(await archive()).toEqual({ a: [1, 3, 1, 4] });
  });

  it('that break a rule are refused by their place, and nothing is stored', async () => {
    const refused = async (sample: readonly [string, object, string, number]): Promise<string> =>
      imported([['fine', {}, '2020-01-01Z', 1], sample]).then(String, (error: Error) => error.message);
    expect(await refused(['1a', {}, '2020-01-01Z', 1])).toBe('sample 2: name: must match [a-zA-Z_:][a-zA-Z0-9_:]*, not "1a"');
    expect(await refused(['a', { 'b-c': 'x' }, '2020-01-01Z', 1])).toBe('sample 2: labels: a name must match [a-zA-Z_][a-zA-Z0-9_]* and not be __name__');
    expect(await refused(['a', { b: 1 }, '2020-01-01Z', 1])).toBe('sample 2: labels: every value must be a string');
    expect(await refused(['a', {}, '1969-12-31T23:59:59Z', 1])).toBe('sample 2: at: must lie between 1970 and 10 minutes from now');
    expect(await refused(['a', {}, '9999-01-01Z', 1])).toBe('sample 2: at: must lie between 1970 and 10 minutes from now');
    expect(await archive()).toEqual({});
  });

  it('are forgotten with their lines, whose places take others', async () => {
    await db.rows(`select noetl.set('a', 1, '{"x": "1"}'), noetl.set('a', 2, '{"x": "2"}')`);
    await db.rows(`select noetl.scrape()`);
    await imported([['a', { x: '1' }, '2020-01-01Z', 3]]);
    expect(await db.value(`select noetl.forget_lines('[{"name": "__name__", "type": "=", "value": "a"}, {"name": "x", "type": "=~", "value": "1|3"}]')`)).toBe('1');
    expect(await archive()).toEqual({ 'a{x="2"}': [2] });
    await db.rows(`select _noetl.withdraw('a', '{"x": "1"}'), noetl.set('a', 7, '{"x": "9"}')`);
    await db.rows(`select noetl.scrape()`);
    expect(await archive()).toEqual({ 'a{x="2"}': [2, 2], 'a{x="9"}': [7] });
  });
});

describe('values of a closed block', () => {
  const db = useDatabase();

  it('are what they were before, to the last bit', async () => {
    expect(
      await db.rows(
        `select v from unnest(array[
           '{1,2,3}', '{7,7,7}', '{7,null,7}', '{null,null}', '{0.1,0.2,0.30000000000000004}', '{12.34,-12.35,1e300}', '{NaN,1}', '{Infinity,-Infinity}',
           '{9007199254740991,-9007199254740991,0}', '{9007199254740993,1}', '{1e-5,1}', '{0.0001,123456789.0123}', '{null,5,null,6.5,null}', '{1,40000,1}',
           '{1,3000000000,1}', '{4.35,0.07,1.1}', '{5e-324}', '{1.7976931348623157e308}',
           (select array_agg(n * 7919 % 256)::text from generate_series(1, 200) as n), (select array_agg(n * 30 + n * 7919 % 40)::text from generate_series(1, 200) as n),
           (select array_agg(n * 7919 % 4000 - 2000)::text from generate_series(1, 200) as n), (select array_agg(n * 100 + n * 7919 % 256)::text from generate_series(1, 200) as n), (select array_agg(n * 4000 + n * 7919 % 256)::text from generate_series(1, 200) as n),
           (select array_agg(n * 4000000 - n * 7919 % 256)::text from generate_series(1, 200) as n), (select array_agg(n / 16 * 4000000000000 + n * 1000)::text from generate_series(0, 200) as n),
           (select array_agg(n * 4000000000000 - n)::text from generate_series(1, 200) as n), (select array_agg(n / 8 * 5041)::text from generate_series(0, 103) as n)]) as t (v)
         cross join lateral _noetl.encoded(v::float8[]) as e
         where not record_image_eq(row (v::float8[]), row (_noetl.decoded(cardinality(v::float8[]), e.scale, e.first, e.marks, e.m2, e.h1, e.o1, e.o2, e.o4, e.d2, e.d4, e.d8, e.f)))`,
      ),
    ).toEqual([]);
  });

  it('are differences from a common number, of the narrowest type where they can be', async () => {
    expect(
      await db.rows(
        `select t.what, (select string_agg(f.key, ' ' order by f.key) from jsonb_each(to_jsonb(e)) as f where f.key not in ('falls', 'scale') and f.value <> 'null') as form, e.scale, e.falls
         from (values
           ('always the same', '{5,5}'), ('a few', '{5,5.25,5}'), ('further apart', '{1,70000}'), ('too far apart', '{1,5000000000}'), ('no decimal numbers', '{1,1e300}'),
           ('not always there', '{1,null,2}'),
           ('in a narrow range', (select array_agg(n * 7919 % 200)::text from generate_series(1, 100) as n)),
           ('rising slowly', (select array_agg(n * 20)::text from generate_series(1, 100) as n)),
           ('up and down', (select array_agg(n * 7919 % 2000)::text from generate_series(1, 100) as n)),
           ('rising', (select array_agg(n * 600)::text from generate_series(1, 100) as n)),
           ('rising faster', (select array_agg(n * 4000)::text from generate_series(1, 100) as n)),
           ('rising fast', (select array_agg(n * 40000000::bigint)::text from generate_series(1, 200) as n)),
           ('rarely changing', (select array_agg(n / 50 * 700)::text from generate_series(1, 100) as n))) as t (what, v)
         cross join lateral _noetl.encoded(t.v::float8[]) as e`,
      ),
    ).toEqual([
      { what: 'always the same', form: 'first', scale: 0, falls: false },
      { what: 'a few', form: 'first o2', scale: 2, falls: true },
      { what: 'further apart', form: 'first o4', scale: 0, falls: false },
      { what: 'too far apart', form: 'd8 first', scale: 0, falls: false },
      { what: 'no decimal numbers', form: 'f', scale: null, falls: null },
      { what: 'not always there', form: 'd2 first', scale: 0, falls: null },
      { what: 'in a narrow range', form: 'marks o1', scale: 0, falls: true },
      { what: 'rising slowly', form: 'first m2 o1', scale: 0, falls: false },
      { what: 'up and down', form: 'first h1 o1', scale: 0, falls: true },
      { what: 'rising', form: 'first o2', scale: 0, falls: false },
      { what: 'rising faster', form: 'marks o2', scale: 0, falls: false },
      { what: 'rising fast', form: 'marks o4', scale: 0, falls: false },
      { what: 'rarely changing', form: 'first o2', scale: 0, falls: false },
    ]);
  });
});
