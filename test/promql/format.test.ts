import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { Expressions } from './expressions.ts';

describe('noetl.format_promql()', () => {
  const db = useDatabase();

  // as /api/v1/format_query of Prometheus 2.42 answers
  it.each([
    ['sum(foo)by(x)', 'sum by (x) (foo)'],
    ['SUM WITHOUT()(foo)', 'sum without () (foo)'],
    ['count_values("x", foo) by (y)', 'count_values by (y) ("x", foo)'],
    ['a and on() b', 'a and on () b'],
    ['a and ignoring() b', 'a and b'],
    ['a==bool on(x)group_left(y)b', 'a == bool on (x) group_left (y) b'],
    ['foo{b="x",a=~"y",} offset 90s', 'foo{a=~"y",b="x"} offset 1m30s'],
    ['{__name__="foo",a="b"}', '{__name__="foo",a="b"}'],
    ['{"my.metric", "l.a"="b"}', '{"l.a"="b",__name__="my.metric"}'],
    ['foo[1d2h3m4s5ms] @ 123.4 offset -1w', 'foo[1d2h3m4s5ms] @ 123.400 offset -1w'],
    ['foo[53w1d]', 'foo[372d]'],
    ['foo[730d:90] @ start()', 'foo[2y:1m30s] @ start()'],
    ['1e5+0x1f+-Inf - 90m', '100000 + 31 + -Inf - 1h30m'],
    ["'a\nb'".replace('\n', '\\n'), '"a\\nb"'],
    ['a^-(b)', 'a ^ -(b)'],
    [
      'http_requests_total{job="apiserver", handler="/api/comments/very/long/path/indeed"} + on(instance, job) group_left(zone) http_requests_total{job="other"}',
      `  http_requests_total{handler="/api/comments/very/long/path/indeed",job="apiserver"}
+ on (instance, job) group_left (zone)
  http_requests_total{job="other"}`,
    ],
    [
      'histogram_quantile(0.99, sum by (le, instance, job, zone) (rate(http_request_duration_seconds_bucket{job="apiserver", handler="/api/comments/very/long/path/indeed"}[5m])))',
      `histogram_quantile(
  0.99,
  sum by (le, instance, job, zone) (
    rate(
      http_request_duration_seconds_bucket{handler="/api/comments/very/long/path/indeed",job="apiserver"}[5m]
    )
  )
)`,
    ],
    [
      '(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)*2',
      `  (
      aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    +
      bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
  )
*
  2`,
    ],
    [
      'min_over_time(rate(foooooooooooooooooooooooooooooooooo{bar="bazzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"}[2s])[5m:] @ 1603775091)',
      `min_over_time(
  rate(foooooooooooooooooooooooooooooooooo{bar="bazzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"}[2s])[5m:] @ 1603775091.000
)`,
    ],
  ])('writes %s as Prometheus does', async (expression, formatted) => {
    expect(await db.value('select noetl.format_promql($1)', [expression])).toBe(formatted);
  });

  it('keeps what an expression means: it parses to the same tree again', async () => {
    const random = new Expressions(2);
    const expressions = Array.from({ length: 150 }, () => random.expression(3));
    const session = await db.session();
    await session.query(
      `create function pg_temp.meaning(expression text) returns text language plpgsql as $$
       begin
         -- without places, which move, and the order of matchers
         return regexp_replace(noetl.parse_promql(expression)::text, '"(start|end)": [0-9]+, |"matchers": \\[([^]"]|"([^"\\\\]|\\\\.)*")*\\], ', '', 'g');
       exception
         when sqlstate 'NP001' then return null;
       end $$`,
    );
    const { rows } = await session.query(
      `select u.expression, noetl.format_promql(u.expression) as formatted
       from (select u.expression from unnest($1::text[]) as u (expression) where pg_temp.meaning(u.expression) is not null offset 0) as u
       where pg_temp.meaning(noetl.format_promql(u.expression)) is distinct from pg_temp.meaning(u.expression)`,
      [expressions],
    );
    expect(rows).toEqual([]);
  });
});
