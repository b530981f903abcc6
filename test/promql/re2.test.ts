import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

describe('_noetl.re2()', () => {
  const db = useDatabase();

  it.each([
    ['5..', '503', true], ['5..', '5033', false], ['', '', true], ['a|', '', true], ['a|b', 'ab', false],
    ['a.b', 'a\nb', true], ['(?-s)a.b', 'a\nb', false], ['(?-s:a.)b.', 'axb\n', true],
    ['(?i)foo', 'FoO', true], ['(?i:f)oo', 'Foo', true], ['(?i:f)oo', 'FOo', false], ['a(?i)b', 'aB', true], ['a(?i)b', 'AB', false],
    ['(a(?i)b)c', 'aBc', true], ['(a(?i)b)c', 'aBC', false], ['(?i)[a-c]x', 'BX', true], ['(?i)[^a]', 'A', false],
    [String.raw`[^\d\s]+`, 'ab', true], [String.raw`[^\d\s]+`, 'a b', false], [String.raw`[\w.-]+`, 'a-b.c', true],
    [String.raw`\d+\.\d+`, '1.5', true], [String.raw`\D`, 'é', true], [String.raw`\w`, 'é', false], [String.raw`[\W]`, 'é', true],
    [String.raw`\Qa.b\E+`, 'a.bb', true], [String.raw`\Qa.b\E`, 'axb', false], [String.raw`a\z`, 'a', true], [String.raw`\Aa`, 'a', true],
    [String.raw`\bfoo\b.*`, 'foo bar', true], [String.raw`\bfoo\b.*`, 'foobar', false], [String.raw`fo\Bo`, 'foo', true],
    [String.raw`\x41\x{263a}\101`, 'A☺A', true], ['a{2,3}?', 'aaa', true], ['a{', 'a{', true], ['a{x}', 'a{x}', true], ['[]a]', ']', true],
    ['[^]a]', ']', false], ['[a-]', '-', true], [String.raw`[\-a]`, '-', true], [String.raw`[\-a]`, '\\', false], ['[[:alpha:]_]+', 'a_B', true],
    ['[[:^digit:]]', '5', false], ['(?P<n>a)(?<m>b)', 'ab', true], ['(?m)^a$.*', 'a\nb', true], ['^a$.*', 'a\nb', false],
  ])('%j and %j: %s', async (pattern, value, matches) => {
    expect(await db.value('select $2 ~ _noetl.re2($1)', [pattern, value])).toBe(matches);
  });

  it.each([
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    ['[[:foo:]]', 'invalid character class range: `[:foo:]`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['a{2,1}', 'invalid repeat count: `{2,1}`'],
    ['a{300}', 'more than 255 repetitions: `{300}`'],
    ['(?<=a)b', 'invalid or unsupported Perl syntax: `(?<=`'],
    ['(?x)b', 'invalid or unsupported Perl syntax: `(?x`'],
    [String.raw`(a)\1`, String.raw`invalid escape sequence: \`\1\``.replaceAll('\\`', '`')],
    [String.raw`\y`, 'invalid escape sequence: `\\y`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    [String.raw`\pL`, 'not supported by PostgreSQL: `\\pL`'],
    [String.raw`\x00`, 'not supported by PostgreSQL: `\\x00`'],
    ['(a|'.repeat(2000), 'expression too large'],
  ])('refuses %j', async (pattern, message) => {
    expect(await db.refusal('select _noetl.re2($1)', [pattern])).toMatchObject({ code: '2201B', message: `error parsing regexp: ${message}` });
  });
});
