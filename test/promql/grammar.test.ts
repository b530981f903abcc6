import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { Expressions } from './expressions.ts';
import { official, ours, type Tree } from './grammar.ts';

/** What is not of the grammar: types, and rules that hold for a whole selector. */
const beyondTheGrammar = new RegExp(
  [
    'expected type', 'argument\\(s\\) in call', 'aggregate expression provided', 'binary expression must contain', 'unary expression only',
    'comparisons between scalars', 'bool modifier can only', 'set operator', 'no grouping allowed', 'vector matching only', 'must not occur in ON and GROUP',
    'at least one non-empty matcher', 'metric name must not be set twice', 'subquery is only allowed', 'only allowed for vector selectors',
    'must be preceded by', 'may not be set multiple times', 'modifiers allowed before range', 'out of bounds for @', 'is not enabled',
    'error parsing regexp', 'must be greater than 0',
  ].join('|'),
);

/** Where the official grammar for editors differs from that of the server. */
const known = [
  /atan2/i, // a name there, an operator alone here
  /\d\.(?![\dA-Za-z])|0x[\da-f]*e/i, // numbers
  /\\|["'`]/, // its strings end elsewhere when they are broken
];

describe('the official grammar', () => {
  const db = useDatabase();

  it('accepts what noetl.parse_promql() accepts, with the same tree, and refuses what it refuses', async () => {
    const random = new Expressions(Number(process.env['NOETL_PROMQL_SEED'] ?? 1));
    const expressions = Array.from({ length: Number(process.env['NOETL_PROMQL'] ?? 400) }, (_, nth) => {
      const expression = random.expression(1 + random.below(4));
      return nth % 3 === 2 ? random.broken(expression) : expression;
    });
    const session = await db.session();
    await session.query(
      `create function pg_temp.parsed(expression text) returns jsonb language plpgsql as $$
       begin
         return noetl.parse_promql(expression);
       exception
         when sqlstate 'NP001' then return to_jsonb(sqlerrm);
       end $$`,
    );
    const { rows } = await session.query<{ parsed: Tree | string }>(
      'select pg_temp.parsed(u.expression) as parsed from unnest($1::text[]) with ordinality as u (expression, place) order by u.place',
      [expressions],
    );
    const differences = rows.flatMap(({ parsed }, place) => {
      const expression = expressions[place] ?? '';
      const judged = official(expression);
      const refused = typeof parsed === 'string';
      if (refused && (judged === undefined || beyondTheGrammar.test(parsed))) return [];
      if (!refused && judged === ours(parsed)) return [];
      return place % 3 === 2 && known.some((exception) => exception.test(expression)) ? [] : [{ expression, ours: refused ? parsed : ours(parsed), official: judged }];
    });
    expect(differences).toEqual([]);
    expect(rows.filter(({ parsed }) => typeof parsed !== 'string').length).toBeGreaterThan(expressions.length / 20);
  });
});
