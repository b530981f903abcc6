import { describe, expect, it } from 'vitest';
import { canonicalFloat, openMetricsFamilies, openMetricsFaults, textFamilies, textFaults } from './openmetrics.ts';

const goodOpenMetrics = String.raw`# TYPE jobs counter
# HELP jobs Finished \"jobs\".\nAll of them: C:\\.
jobs_total{queue="a",path="C:\\\"x\" # \n"} 3
jobs_total{queue="b",path=""} 1e+308 # {trace_id="a \"#\" b"} 1 1700000000.123
# TYPE wait_seconds histogram
# UNIT wait_seconds seconds
wait_seconds_bucket{queue="a",le="0.05"} 1
wait_seconds_bucket{queue="a",le="1.0"} 1 # {} 0.5
wait_seconds_bucket{queue="a",le="1e+06"} 2
wait_seconds_bucket{queue="a",le="+Inf"} 2
wait_seconds_sum{queue="a"} 1.5
wait_seconds_count{queue="a"} 2
wait_seconds_bucket{queue="b",le="+Inf"} 0
# TYPE temperature gauge
temperature{} -0
temperature{room="1"} NaN
temperature{room="2"} -Inf
temperature{room="3"} 5e-324
# TYPE size summary
size{quantile="0.5"} 1
size{quantile="1.0"} 2
size_sum 3
size_count 2
# TYPE age gaugehistogram
age_bucket{le="-1.0"} 0
age_bucket{le="+Inf"} 4
age_gsum -3
age_gcount 4
# TYPE build info
build_info{version="1"} 1
# TYPE state stateset
state{state="up"} 1
state{state="down"} 0
undeclared 1
# EOF
`;

const goodText = String.raw`# any comment

# HELP jobs_total Finished "jobs".\nAll of them: C:\\.
# TYPE jobs_total counter
jobs_total{queue="a",path="C:\\\"x\"\n"} 3
# TYPE wait_seconds histogram
wait_seconds_bucket{le="1.0"} 1
wait_seconds_bucket{le="+Inf"} 2
wait_seconds_sum -1.5
wait_seconds_count 2
# TYPE odd untyped
odd 1
`;

describe('a right page', () => {
  it('has no faults in OpenMetrics', () => expect(openMetricsFaults(goodOpenMetrics)).toEqual([]));
  it('has no faults in text 0.0.4', () => expect(textFaults(goodText)).toEqual([]));
  it('may be empty', () => expect([openMetricsFaults('# EOF\n'), textFaults('')]).toEqual([[], []]));

  it('is read into families, unescaped', () => {
    const text = textFamilies(goodText);
    expect(text.map(({ name, type }) => `${name} ${type}`)).toEqual(['jobs_total counter', 'wait_seconds histogram', 'odd untyped']);
    expect(text[0]).toEqual({
      name: 'jobs_total',
      type: 'counter',
      unit: undefined,
      help: 'Finished "jobs".\nAll of them: C:\\.',
      samples: [{ name: 'jobs_total', labels: { queue: 'a', path: 'C:\\"x"\n' }, value: 3, line: 5 }],
    });
    const families = openMetricsFamilies(goodOpenMetrics);
    expect(families.map(({ name, unit }) => [name, unit])).toContainEqual(['wait_seconds', 'seconds']);
    const temperatures = families.find(({ name }) => name === 'temperature')?.samples.map(({ value }) => value);
    expect(temperatures).toEqual([-0, NaN, -Infinity, 5e-324]);
  });
});

describe('a fault is found', () => {
  const both: Record<string, [string, string]> = {
    'a last line without its end': ['a 1', 'line 1: the last line has no line feed'],
    'a missing value': ['a\n', 'not one space and one number'],
    'two spaces': ['a  1\n', 'not one space and one number'],
    'a timestamp': ['a 1 1700000000\n', 'not one space and one number'],
    'a spelled-out infinity': ['a Infinity\n', 'not one space and one number'],
    'a carriage return at the end': ['a 1\r\n', 'not one space and one number'],
    'a name that begins with a digit': ['1a 1\n', 'neither a sample nor a comment'],
    'a label without quotes': ['a{b=1} 1\n', 'a wrong label at character 3'],
    'an unescaped quote in a label': ['a{b="""} 1\n', 'a wrong label'],
    'an unescaped backslash in a label': ['a{b="\\x"} 1\n', 'a wrong label'],
    'a line feed in a label': ['a{b="\n"} 1\n', 'a wrong label'],
    'a comma after the last label': ['a{b="1",} 1\n', 'a wrong label'],
    'a space between labels': ['a{b="1", c="1"} 1\n', 'a wrong label'],
    'a label twice': ['a{b="1",b="2"} 1\n', 'the label b twice'],
    'a reserved label': ['a{__b="1"} 1\n', 'the label name __b is reserved'],
    'a series twice': ['a{b="1",c="1"} 1\na{c="1",b="1"} 1\n', 'line 2: the series'],
    'a family in two places': ['# TYPE a gauge\na 1\nb 1\na{c="1"} 1\n', 'line 4: the lines of a are not in one group'],
    'histogram parts in two places': [
      '# TYPE a histogram\na_bucket{le="+Inf"} 1\nb 1\na_sum 1\n',
      'line 4: the lines of a are not in one group',
    ],
    'a type after a sample': ['a 1\n# TYPE a gauge\n', 'line 2: TYPE of a after its samples'],
    'a second type': ['# TYPE a gauge\n# TYPE a gauge\na 1\n', 'line 2: a second TYPE of a'],
    'a second help': ['# HELP a x\n# HELP a x\na 1\n', 'line 2: a second HELP of a'],
    'an unknown type': ['# TYPE a thing\na 1\n', 'line 1: not a type: thing'],
    'a family without samples': ['# TYPE a gauge\n', 'a has no samples'],
    'a wrong escape in a help text': ['# HELP a \\x\na 1\n', 'line 1: a wrong escape in the help of a'],
    'buckets out of order': [
      '# TYPE a histogram\na_bucket{le="10.0"} 1\na_bucket{le="2.0"} 1\na_bucket{le="+Inf"} 1\n',
      'line 3: the buckets of a are not in the order of le',
    ],
    'buckets that are not cumulative': [
      '# TYPE a histogram\na_bucket{le="1.0"} 2\na_bucket{le="+Inf"} 1\n',
      'line 3: the buckets of a are not cumulative',
    ],
    'no bucket without bound': ['# TYPE a histogram\na_bucket{le="1.0"} 1\n', 'a has no last bucket le="+Inf"'],
    'a bucket without le': ['# TYPE a histogram\na_bucket 1\n', 'no label le'],
    'a bound that is no number': ['# TYPE a histogram\na_bucket{le="x"} 1\n', 'le="x" is not a number'],
    'a bound in another spelling': [
      '# TYPE a histogram\na_bucket{le="1000000"} 1\na_bucket{le="+Inf"} 1\n',
      'line 2: le="1000000" should be written le="1e+06"',
    ],
    'half an observation': ['# TYPE a histogram\na_bucket{le="+Inf"} 0.5\n', 'a bucket of a counts 0.5'],
    'a count that differs': [
      '# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum 1\na_count 2\n',
      'line 4: a counts 2, and 1 up to +Inf',
    ],
    'a le on the count': ['# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum 1\na_count{le="+Inf"} 1\n', 'a_count has a label le'],
    'interleaved label sets': [
      '# TYPE a histogram\na_bucket{b="1",le="+Inf"} 1\na_bucket{b="2",le="+Inf"} 1\na_sum{b="1"} 1\na_count{b="1"} 1\n',
      "line 4: the samples of one label set of a are interleaved with another's",
    ],
    'a gauge that is named like a part of a histogram': [
      '# TYPE a histogram\na_bucket{le="+Inf"} 1\n# TYPE b gauge\nb 1\n# TYPE a_count gauge\na_count 1\n',
      'a_count could be of a or of a_count',
    ],
    'quantiles out of order': ['# TYPE a summary\na{quantile="0.9"} 1\na{quantile="0.5"} 1\n', 'the quantiles of a are not in order'],
    'a quantile above one': ['# TYPE a summary\na{quantile="2.0"} 1\n', 'a has the quantile 2'],
    'a quantile in another spelling': ['# TYPE a summary\na{quantile="1"} 1\n', 'should be written quantile="1.0"'],
    'a summary that counts halves': ['# TYPE a summary\na_count 0.5\n', 'a counts 0.5'],
  };
  for (const [name, [page, fault]] of Object.entries(both)) {
    it(`in both formats: ${name}`, () => {
      expect(textFaults(page).join('\n')).toContain(fault);
      expect(openMetricsFaults(`${page}# EOF\n`).join('\n')).toContain(page.endsWith('\n') ? fault : 'not');
    });
  }

  const openMetrics: Record<string, [string, string]> = {
    'no end': ['a 1\n', 'line 1: the last line is not # EOF'],
    'nothing at all': ['', 'the last line is not # EOF'],
    'an end without a line feed': ['# EOF', 'line 1: the last line has no line feed'],
    'lines after the end': ['# EOF\na 1\n# EOF\n', 'line 1: # EOF before the end'],
    'two ends': ['# EOF\n# EOF\n', 'line 1: # EOF before the end'],
    'a blank line': ['a 1\n\n# EOF\n', 'line 2: a blank line'],
    'a comment': ['# hello\n# EOF\n', 'line 1: not a line of this format'],
    'two spaces in metadata': ['# TYPE  a gauge\na 1\n# EOF\n', 'not a line of this format'],
    'a counter without _total': ['# TYPE a counter\na 1\n# EOF\n', 'line 2: the counter sample a does not end in _total'],
    'a counter below zero': ['# TYPE a counter\na_total -1\n# EOF\n', 'line 2: the counter a is -1'],
    'a counter that is no number': ['# TYPE a counter\na_total NaN\n# EOF\n', 'line 2: the counter a is NaN'],
    'the word untyped': ['# TYPE a untyped\na 1\n# EOF\n', 'line 1: not a type: untyped'],
    'an exemplar on a gauge': ['a 1 # {b="1"} 1\n# EOF\n', 'line 1: an exemplar on a'],
    'an exemplar without a value': ['# TYPE a counter\na_total 1 # {b="1"}\n# EOF\n', 'line 2: not an exemplar'],
    'an exemplar without labels': ['# TYPE a counter\na_total 1 # 1\n# EOF\n', 'line 2: not an exemplar'],
    'an exemplar that is too long': [
      `# TYPE a counter\na_total 1 # {b="${'x'.repeat(128)}"} 1\n# EOF\n`,
      'line 2: an exemplar of 129 characters',
    ],
    'a unit that is not the end of the name': ['# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n', 'line 2: the unit seconds is not the end of a'],
    'a unit of an info': ['# TYPE a_x info\n# UNIT a_x x\na_x_info 1\n# EOF\n', 'a_x is of type info, which has no unit'],
    'an unescaped quote in a help text': ['# HELP a "x"\na 1\n# EOF\n', 'line 1: a wrong escape in the help of a'],
    'an info that is not 1': ['# TYPE a info\na_info 2\n# EOF\n', 'the info a is 2, not 1'],
    'a state that is neither 0 nor 1': ['# TYPE a stateset\na{a="x"} 2\n# EOF\n', 'the state set a is 2'],
    'a state without its label': ['# TYPE a stateset\na{b="x"} 1\n# EOF\n', 'the state set a has no label of that name'],
    'a sum without a count': ['# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum 1\n# EOF\n', 'a has only one of sum and count'],
    'a sum below zero': ['# TYPE a histogram\na_bucket{le="+Inf"} 1\na_sum -1\na_count 1\n# EOF\n', 'the sum of a is -1'],
    'a sum beside a bucket below zero': [
      '# TYPE a histogram\na_bucket{le="-1.0"} 0\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n# EOF\n',
      'a has a bucket below zero and yet a sum',
    ],
    'the sum of a summary below zero': ['# TYPE a summary\na_sum -1\n# EOF\n', 'the sum of a is -1'],
    'a gauge named like a part of a counter': ['# TYPE a counter\na_total 1\n# TYPE a_created gauge\na_created 1\n# EOF\n', 'a_created could be of a or of a_created'],
  };
  for (const [name, [page, fault]] of Object.entries(openMetrics)) {
    it(`in OpenMetrics: ${name}`, () => expect(openMetricsFaults(page).join('\n')).toContain(fault));
  }

  const text: Record<string, [string, string]> = {
    'the end of the other format': ['a 1\n# EOF\n', 'line 2: # EOF on a text page'],
    'a type of the other format': ['# TYPE a info\na_info 1\n', 'line 1: not a type: info'],
    'a malformed type': ['# TYPE a\na 1\n', 'line 1: not a line of this format'],
    'an escaped quote in a help text': ['# HELP a \\"x\\"\na 1\n', 'line 1: a wrong escape in the help of a'],
  };
  for (const [name, [page, fault]] of Object.entries(text)) {
    it(`in text 0.0.4: ${name}`, () => expect(textFaults(page).join('\n')).toContain(fault));
  }

  it('and is an error where the families are wanted', () => {
    expect(() => openMetricsFamilies('a 1\n')).toThrow('the last line is not # EOF');
    expect(() => textFamilies('a\n')).toThrow('not one space and one number');
  });
});

describe('a canonical float', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [0.05, '0.05'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [100_000, '100000.0'],
    [999_999.5, '999999.5'],
    [1_000_000, '1e+06'],
    [-2_500_000, '-2.5e+06'],
    [123_456_789, '1.23456789e+08'],
    [1e15, '1e+15'],
    [1.5e300, '1.5e+300'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [NaN, 'NaN'],
  ])('%d is written %s', (value, written) => expect(canonicalFloat(value)).toBe(written));
});
