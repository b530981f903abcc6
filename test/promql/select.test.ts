import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

describe('_noetl.select_lines()', () => {
  const db = useDatabase();

  beforeAll(async () => {
    await db.rows(
      `select noetl.import_samples(
         array['up', 'up', 'up', 'orders_total', 'orders_total', 'odd'],
         array['{"job": "a"}', '{"job": "b", "zone": "eu"}', '{}', '{"job": "a", "status": "503"}', '{"job": "a", "status": "200"}', $1]::jsonb[],
         array['2026-03-01 10:00Z', '2026-03-01 10:00Z', '2026-03-01 12:00Z', '2026-03-01 10:00Z', '2026-03-01 10:00Z', '2026-03-01 10:00Z']::timestamptz[],
         array[1, 1, 1, 1, 1, 1])`,
      [JSON.stringify({ its: 'a"b\\c\n', le: '+Inf' })],
    );
  });
  const selected = async (selector: string, since = '2026-03-01 00:00Z', until = '2026-03-02 00:00Z'): Promise<string[]> => {
    const rows = await db.rows<{ line: string }>(
      `select concat(l.name, nullif(l.labels, '{}')) as line
       from _noetl.select_lines(noetl.parse_promql($1) -> 'matchers', $2, $3) as l`,
      [selector, since, until],
    );
    return rows.map(({ line }) => line).toSorted();
  };
  const a = 'up{"job": "a"}';
  const b = 'up{"job": "b", "zone": "eu"}';

  it.each([
    ['up', ['up', a, b]],
    ['up{job="a"}', [a]],
    ['up{job=""}', ['up']],
    ['up{job!=""}', [a, b]],
    ['up{zone!="eu"}', ['up', a]],
    ['up{zone=~"|us"}', ['up', a]],
    ['up{job=~"a|b"}', [a, b]],
    ['up{job!~"a|c"}', ['up', b]],
    ['up{job=~".+"}', [a, b]],
    ['up{job=~".*",zone!~".+"}', ['up', a]],
    ['up{job="a",job="b"}', []],
    ['{job="a",__name__!="up"}', ['orders_total{"job": "a", "status": "200"}', 'orders_total{"job": "a", "status": "503"}']],
    ['{__name__=~"orders.*",status=~"5.."}', ['orders_total{"job": "a", "status": "503"}']],
    ['{__name__=~"up|odd",job=""}', [`odd{"le": "+Inf", "its": "a\\"b\\\\c\\n"}`, 'up']],
    [String.raw`{"its"="a\"b\\c\n"}`, [`odd{"le": "+Inf", "its": "a\\"b\\\\c\\n"}`]],
    [`{le="+Inf","'; drop table x --"=""}`, [`odd{"le": "+Inf", "its": "a\\"b\\\\c\\n"}`]],
    ['missing', []],
  ])('%s', async (selector, lines) => {
    expect(await selected(selector)).toEqual(lines);
  });

  it('leaves out what has no samples in the time asked for', async () => {
    expect(await selected('up', '2026-03-01 10:00Z', '2026-03-01 11:00Z')).toEqual([a, b]);
    expect(await selected('up', '2026-03-01 10:00:01Z', '2026-03-01 13:00Z')).toEqual(['up']);
  });

  it('finds a name, a label and a list of names by index', async () => {
    const plan = async (selector: string): Promise<string> => {
      const session = await db.session();
      await session.query('set enable_seqscan = off');
      const { rows } = await session.query<{ condition: string }>('select _noetl.line_condition(noetl.parse_promql($1) -> $2) as condition', [selector, 'matchers']);
      return JSON.stringify((await session.query(`explain (costs off) select from _noetl.line as l where ${rows[0]?.condition ?? ''}`)).rows);
    };
    expect(await plan('up')).toContain('line_name');
    expect(await plan('{job="a"}')).toContain('line_labels');
    expect(await plan('{__name__=~"up|orders_total"}')).toContain('line_name');
  });

  it('ends a regular expression that PostgreSQL cannot hold with an error', async () => {
    expect(await db.refusal(`select noetl.parse_promql('x{a=~"' || repeat('(a|', 1000) || repeat('){200}', 1000) || '"}')`)).toMatchObject({ code: 'NP001' });
    expect(await db.refusal(`select noetl.parse_promql('x{a=~"((((a{200}){200}){200}){200})"}')`)).toMatchObject({ code: 'NP001' });
  });
});
