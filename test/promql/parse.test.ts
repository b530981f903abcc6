import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { refused } from './refused.ts';

describe('noetl.parse_promql()', () => {
  const db = useDatabase();
  const parsed = (expression: string): Promise<unknown> => db.value('select noetl.parse_promql($1)', [expression]);
  /** An expression in parentheses wherever it is a node, from its tree. */
  const structure = async (expression: string): Promise<string> => shape((await parsed(expression)) as Tree);

  it('gives the tree of /api/v1/parse_query, with the place and the type of each node', async () => {
    expect(await parsed('sum by (shop) (rate(orders_total{status!~"5.."}[5m] offset 1h)) > bool 2')).toEqual({
      type: 'binaryExpr',
      op: '>',
      bool: true,
      matching: null,
      start: 0,
      end: 72,
      returns: 'vector',
      lhs: {
        type: 'aggregation',
        op: 'sum',
        param: null,
        grouping: ['shop'],
        without: false,
        start: 0,
        end: 63,
        returns: 'vector',
        expr: {
          type: 'call',
          func: { name: 'rate', argTypes: ['matrix'], variadic: 0, returnType: 'vector' },
          start: 15,
          end: 62,
          returns: 'vector',
          args: [
            {
              type: 'matrixSelector',
              name: 'orders_total',
              matchers: [
                { name: 'status', type: '!~', value: '5..' },
                { name: '__name__', type: '=', value: 'orders_total' },
              ],
              range: 300_000,
              offset: 3_600_000,
              timestamp: null,
              startOrEnd: null,
              start: 20,
              end: 61,
              returns: 'matrix',
            },
          ],
        },
      },
      rhs: { type: 'numberLiteral', val: '2', duration: false, start: 71, end: 72, returns: 'scalar' },
    });
  });

  it.each([
    ['1 + 2 * 3 ^ 4 ^ 5 - 6', '((1 + (2 * (3 ^ (4 ^ 5)))) - 6)'],
    ['-1 ^ 2', '-(1 ^ 2)'],
    ['-1 * 2 + - a ^ 2', '((-1 * 2) + -(a ^ 2))'],
    ['a or b and c unless d == e + f % g atan2 h', '(a or ((b and c) unless (d == (e + ((f % g) atan2 h)))))'],
    ['a > b >= c < d', '(((a > b) >= c) < d)'],
    ['- - 1', '1'],
    ['-a offset 5m', '-a'],
    ['2 ^ -1 * 3', '((2 ^ -1) * 3)'],
    ['sum + by - offset * without', '((sum + by) - (offset * without))'],
    ['start and end or step', '((start and end) or step)'],
    ['SUM(x) BY (a)', 'sum(x)'],
    ['topk by (a) (3, x)', 'topk(3, x)'],
    ['clamp(x, -Inf, +inf)', 'clamp(x, -Inf, +Inf)'],
    ['(a + b)[5m:1m]', '((a + b))[]'],
    ['a # or b\n - c', '(a - c)'],
  ])('binds %s as Prometheus does', async (expression, expected) => {
    expect(await structure(expression)).toBe(expected);
  });

  it.each([
    ['0x1F', '31'], ['0755', '493'], ['08', '8'], ['1_000', '1000'], ['1e3', '1000'], ['5.', '5'], ['.5', '0.5'], ['1e-7', '0.0000001'],
    ['1e22', '10000000000000000000000'], ['5m', '300'], ['1h30m', '5400'], ['100ms', '0.1'], ['1y', '31536000'], ['NaN', 'NaN'],
    ['iNf', '+Inf'], ['-0', '-0'], ['- NaN', 'NaN'], ['9007199254740993', '9007199254740992'], ['1e-400', '0'],
  ])('reads the number %s as %s', async (expression, expected) => {
    expect(await parsed(expression)).toMatchObject({ type: 'numberLiteral', val: expected });
  });

  it.each([
    [String.raw`"a\n\"\\\x41\101\u00e9\U0001F600\xe2\x98\xba"`, 'a\n"\\AAé😀☺'],
    [String.raw`'it\'s "so"'`, `it's "so"`],
    ['`raw\\n`', String.raw`raw\n`],
    ['`two\nlines`', 'two\nlines'],
  ])('reads the string %s', async (expression, expected) => {
    expect(await parsed(expression)).toMatchObject({ type: 'stringLiteral', val: expected });
  });

  it.each([
    ['{"my.metric", "l.a"="b", c=~`d|e`,}', '', [['__name__', '=', 'my.metric'], ['l.a', '=', 'b'], ['c', '=~', 'd|e']]],
    ['a:b{by="x", on!="y", inf!~"z"}', 'a:b', [['by', '=', 'x'], ['on', '!=', 'y'], ['inf', '!~', 'z'], ['__name__', '=', 'a:b']]],
    ['{__name__=~"a.*", __name__!="ab"}', '', [['__name__', '=~', 'a.*'], ['__name__', '!=', 'ab']]],
  ])('reads the selector %s', async (expression, name, matchers) => {
    expect(await parsed(expression)).toMatchObject({
      type: 'vectorSelector',
      name,
      matchers: matchers.map(([label, type, value]) => ({ name: label, type, value })),
    });
  });

  it.each([
    ['x offset -5m', { offset: -300_000, timestamp: null, startOrEnd: null }],
    ['x @ 1.5 offset 1m30s', { offset: 90_000, timestamp: 1500, startOrEnd: null }],
    ['x offset 90 @ end()', { offset: 90_000, timestamp: null, startOrEnd: 'end' }],
    ['x[90] @ -3.3335', { range: 90_000, timestamp: -3334 }],
    ['x[1h : 30s] @ start() offset 5m', { type: 'subquery', range: 3_600_000, step: 30_000, startOrEnd: 'start', offset: 300_000 }],
    ['x[5m:] offset 1', { type: 'subquery', range: 300_000, step: 0, offset: 1000 }],
    ['x[ # range\n 4.018 ]', { type: 'matrixSelector', range: 4018 }],
  ])('reads the times of %s', async (expression, expected) => {
    expect(await parsed(expression)).toMatchObject(expected);
  });

  it.each([
    ['a * on (x, "l.y") group_left (z) b', { card: 'many-to-one', labels: ['x', 'l.y'], on: true, include: ['z'] }],
    ['a / ignoring () group_right b', { card: 'one-to-many', labels: [], on: false, include: [] }],
    ['a and on (x) b', { card: 'many-to-many', labels: ['x'], on: true, include: [] }],
    ['a + b', { card: 'one-to-one', labels: [], on: false, include: [] }],
    ['a + 1', null],
  ])('reads how %s is matched', async (expression, matching) => {
    expect(await parsed(expression)).toMatchObject({ matching });
  });

  it('refuses what Prometheus refuses, in its words and with its position', async () => {
    const session = await db.session();
    await session.query(
      `create function pg_temp.fault(expression text) returns text language plpgsql as $$
       begin
         perform noetl.parse_promql(expression);
         return 'none';
       exception
         when sqlstate 'NP001' then return sqlerrm;
       end $$`,
    );
    const { rows } = await session.query<{ message: string }>(
      'select pg_temp.fault(u.expression) as message from unnest($1::text[]) with ordinality as u (expression, place) order by u.place',
      [refused.map(([expression]) => expression)],
    );
    expect(rows.map(({ message }, place) => [refused[place]?.[0], message])).toEqual(refused);
  });

  it.each([
    ['(', 100_000, '1:1: parse error: expression is longer than 65536 characters'],
    ['(', 60_000, '1:201: parse error: expression is nested deeper than 200 levels'],
    ['-', 60_000, '1:201: parse error: expression is nested deeper than 200 levels'],
    ['abs(', 10_000, '1:801: parse error: expression is nested deeper than 200 levels'],
    ['1+', 30_000, '1:402: parse error: expression is nested deeper than 200 levels'],
    ['a{b="', 10_000, '1:11: parse error: unexpected identifier "a" in label matching, expected "," or "}"'],
    ['"', 60_001, '1:3: parse error: unexpected string "\\"\\""'],
    ['[', 60_000, '1:1: parse error: unexpected "["'],
  ])('ends early on %s, %i times', async (piece, times, message) => {
    expect((await db.refusal('select noetl.parse_promql(repeat($1, $2))', [piece, times])).message).toBe(message);
  });

  it('reads a long expression that is not deep', async () => {
    expect(await db.value(`select length(noetl.parse_promql('x{a=~"' || repeat('b|', 1000) || '",' || repeat('c="d",', 9000) || '}') ->> 'matchers') > 300000`)).toBe(true);
  });
});

interface Tree {
  readonly type: string;
  readonly [key: string]: unknown;
}

function shape(tree: Tree): string {
  const of = (key: string): string => shape(tree[key] as Tree);
  switch (tree.type) {
    case 'binaryExpr':
      return `(${of('lhs')} ${String(tree['op'])} ${of('rhs')})`;
    case 'unaryExpr':
      return `${String(tree['op'])}${of('expr')}`;
    case 'parenExpr':
      return `(${of('expr')})`;
    case 'aggregation':
      return `${String(tree['op'])}(${[tree['param'], tree['expr']].filter((node) => node !== null).map((node) => shape(node as Tree)).join(', ')})`;
    case 'call':
      return `${(tree['func'] as { name: string }).name}(${(tree['args'] as Tree[]).map(shape).join(', ')})`;
    case 'subquery':
      return `${of('expr')}[]`;
    case 'vectorSelector':
      return String(tree['name']);
    default:
      return String(tree['val']);
  }
}
