import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { top, type Terminal } from '../../src/top.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

const workingSystem = async (): Promise<void> => {
  await db.rows(`select noetl.register_runtime('worker-1', 'worker_pool')`);
  await db.rows(
    `select noetl.set('noetl_queue_jobs', jobs, jsonb_build_object('source', source, 'queue', 'default', 'state', state))
     from (values ('mails', 'ready', 12), ('mails', 'stuck', 1), ('bills', 'ready', 40)) as s (source, state, jobs)`);
  await db.rows(
    `select noetl.set('noetl_queue_oldest_ready_seconds', age, jsonb_build_object('source', source, 'queue', 'default'))
     from (values ('mails', 849), ('bills', 3)) as s (source, age)`);
  await db.rows(`select noetl.inc('orders_total', '{"shop": "berlin"}', 5)`);
  await db.rows('select noetl.fold()');
  await db.rows(`select noetl.scrape(now() - interval '1 minute')`);
  await db.rows(`select noetl.inc('orders_total', '{"shop": "berlin"}', 30)`);
  await db.rows('select noetl.fold()');
  await db.rows('select noetl.scrape()');
};

describe('noetl.sparkline()', () => {
  it('draws what an expression gave: lowest, last, highest and a line of blocks', async () => {
    await db.rows(
      `select noetl.import_samples(array_agg('level'::text), array_agg(jsonb_build_object('a', a)), array_agg('2026-01-01 00:00+00'::timestamptz + n * interval '1 minute'), array_agg(v))
       from (select 'up' as a, n, n::float8 as v from generate_series(0, 7) as n union all select 'flat', n, 3 from generate_series(2, 5) as n) as s`);
    expect(await db.rows(`select labels ->> 'a' as a, lowest, last, highest, line from noetl.sparkline('level', '2026-01-01 00:00+00', '2026-01-01 00:07+00', 8)`)).toEqual([
      { a: 'flat', lowest: 3, last: 3, highest: 3, line: '  ▄▄▄▄▄▄' },
      { a: 'up', lowest: 0, last: 7, highest: 7, line: '▁▂▃▄▅▆▇█' },
    ]);
    expect(await db.rows(`select line from noetl.sparkline('level{a="up"} > 3', '2026-01-01 00:00+00', '2026-01-01 00:07+00', 8)`)).toEqual([{ line: '    ▁▃▆█' }]);
    expect(await db.rows(`select lowest, last, highest, line from noetl.sparkline('1 / (level{a="up"} - 4)', '2026-01-01 00:03+00', '2026-01-01 00:05+00', 3)`)).toEqual([
      { lowest: -1, last: 1, highest: 1, line: '▁██' },
    ]);
    expect(await db.rows(`select * from noetl.sparkline('nothing')`)).toEqual([]);
    expect((await db.refusal(`select * from noetl.sparkline('rate(')`)).message).toMatch(/^1:\d+: parse error/);
  });
});

describe('noetl.top()', () => {
  it('is a screen of text of the given width, sorted and filtered', async () => {
    await workingSystem();
    const lines = await db.rows<{ top: string }>('select noetl.top()');
    const text = lines.map((row) => row.top);
    expect(text[0]).toMatch(/^noetl-metrics {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}1 alive, 0 lost {2}\d+ series {2}\d+ firing$/);
    expect(text.every((line) => line.length <= 80)).toBe(true);
    expect(text.filter((line) => /^(mails|bills) /.test(line)).map((line) => line.replaceAll(/ +/g, ' '))).toEqual(['mails 14m 9s 12 0 - 1 -', 'bills 3s 40 0 - - -']);
    expect(text.find((line) => line.startsWith('worker-1'))).toMatch(/worker_pool +ready +\d+s ago$/);
    expect(text.find((line) => line.startsWith('orders_total{shop="berlin"}'))).toMatch(/ 0\.1\d* {2}/);
    const sorted = async (by: string, filter: string): Promise<string[]> =>
      (await db.rows<{ top: string }>('select noetl.top(100, $1, $2)', [by, filter])).map((row) => row.top).filter((line) => /^(mails|bills) /.test(line)).map((line) => line.slice(0, 5));
    expect([await sorted('ready', ''), await sorted('name', ''), await sorted('oldest', 'MAIL')]).toEqual([['bills', 'mails'], ['bills', 'mails'], ['mails']]);
    expect((await db.refusal(`select noetl.top(80, 'size')`)).message).toBe('sorted_by: must be oldest, ready, running, stuck, failed or name');
  });
});

describe('noetl-metrics top', () => {
  const terminal = (isTTY: boolean): Terminal & { written: () => string; press: (text: string) => void } => {
    const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => input });
    const output = Object.assign(new EventEmitter(), { isTTY, columns: 90, rows: 30, text: '', write: (text: string) => { output.text += text; return true; } });
    return { input: input as never, output: output as never, written: () => output.text, press: (text) => void input.write(text) };
  };

  it('is plain text once where it is piped', async () => {
    await workingSystem();
    const piped = terminal(false);
    await top(db.url, piped, new AbortController().signal);
    expect(piped.written()).not.toContain('\u001B');
    expect(piped.written()).toMatch(/^noetl-metrics .*\n\n(.*\n)*QUEUES/);
  });

  it('refreshes, sorts, filters, quits, and leaves the terminal as it was', async () => {
    await workingSystem();
    const { press, written, ...both } = terminal(true);
    const running = top(db.url, both, new AbortController().signal);
    await expect.poll(written).toContain('s sort (oldest)');
    await db.rows(`select noetl.register_runtime('worker-2', 'worker_pool')`);
    await expect.poll(written).toContain('worker-2');
    press('s');
    await expect.poll(written).toContain('s sort (ready)');
    press('/');
    press('mails\r');
    await expect.poll(() => written().split('\u001B[H').at(-1)).toMatch(/mails(?!.*bills)[^]*\/ filter \(mails\)/);
    expect(written().startsWith('\u001B[?1049h')).toBe(true);
    press('q');
    await running;
    expect(written().endsWith('\u001B[?1049l')).toBe(true);
  });

  it('says that there is no database', async () => {
    await expect(top('postgres://127.0.0.1:1/none', terminal(false), new AbortController().signal)).rejects.toThrow(/^Cannot show the top: /);
  });
});
