import type { Random } from '../exactness/random.ts';

/** One sample of a line, at a time in Unix milliseconds. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: number;
  readonly value: number;
}

/** Twelve minutes of counters that are reset, gauges, histograms, and what is not finite ("odd"); with gaps, and never on a whole second. */
export function randomSamples(random: Random, since: number): Sample[] {
  const samples: Sample[] = [];
  const add = (name: string, labels: Record<string, string>, next: (last: number) => number, first: number): void => {
    const shift = random.chance(0.7) ? 7300 : 7300 + random.whole(4000);
    const gap = random.whole(48);
    let value = first;
    for (let n = 0; n < 48; n += 1) {
      value = next(value);
      if ((n >= gap && n < gap + 12 && gap % 3 === 0) || random.chance(0.05)) continue;
      samples.push({ name, labels, at: since + shift + n * 15_000, value });
    }
  };
  for (const a of ['x', 'y', 'z']) {
    for (const b of ['1', '2', '3']) {
      add('m_total', { a, b }, (last) => (random.chance(0.04) ? 5000 + random.whole(100) : last + random.whole(40)), 10_000 + random.whole(1000));
      add('g', { a, b }, () => Math.round((random.whole(2000) - 700) * 3.7) / 8 + random.whole(1000) / 65_536, 0);
      if (b !== '3') add('k', { a, b, c: a + b }, (last) => (random.chance(0.2) ? 1 + random.whole(5) : last), 3);
    }
    add('odd', { a }, () => random.pick([Number.NaN, Infinity, -Infinity, 0, 1.5, -2, 1e300, 1e-300]), 0);
    let below = 0;
    for (const le of ['0.1', '0.5', '2', '+Inf']) {
      below += 1 + random.whole(5);
      const slope = below;
      add('d_bucket', { a, le }, (last) => last + slope, slope * 1000);
    }
  }
  return samples;
}

/** An expression of Prometheus 2.42 whose value the rules of 3.x do not change. */
export function randomExpression(random: Random, depth = 3): string {
  return random.chance(0.1) ? scalar(random, depth) : vector(random, depth);
}

function matchers(random: Random): string {
  return random.pick(['', '', '{a="x"}', '{a=~"x|y"}', '{a!="z"}', '{a!~"y"}', '{a="none"}']);
}

function selector(random: Random, names: readonly [string, ...string[]] = ['m_total', 'g', 'k', 'odd', 'd_bucket']): string {
  const modifier = random.pick(['', '', '', '', ' offset 1m', ' offset -30s', ' @ end()', ' @ 1772359500']);
  return `${random.pick(names)}${matchers(random)}${modifier}`;
}

function matrix(random: Random, depth: number, names?: readonly [string, ...string[]]): string {
  const range = random.pick(['30s', '1m', '2m', '5m', '7m']);
  // 2.42 counts a step at the very start of a range, 3.x does not
  if (depth > 0 && random.chance(0.2)) return `(${names === undefined ? vector(random, depth - 1) : selector(random, names)})[${range.replace('30s', '0m')}7s:${random.pick(['30s', '20s', '1m'])}]`;
  const [name = '', ...modifier] = selector(random, names).split(/(?= offset| @)/);
  return `${name}[${range}]${modifier.join('')}`;
}

function scalar(random: Random, depth: number): string {
  const number = random.pick(['0', '1', '-2', '0.5', '3', '1e3', 'Inf', 'NaN', '7.25']);
  if (depth <= 0 || random.chance(0.6)) return number;
  return random.pick<() => string>([
    () => `(${scalar(random, depth - 1)} ${random.pick(['+', '-', '*', '/', '%', '^', '== bool', '> bool', '<= bool'])} ${scalar(random, depth - 1)})`,
    () => `scalar(${vector(random, depth - 1)})`,
    () => 'time()',
    () => 'pi()',
  ])();
}

function grouping(random: Random): string {
  return random.pick(['', ' by (a)', ' by (b)', ' by (a, le)', ' without (b)', ' without (a, c)', ' by (none)', ' by ()']);
}

function vector(random: Random, depth: number): string {
  if (depth <= 0) return selector(random);
  const inner = (): string => vector(random, depth - 1);
  return random.pick<() => string>([
    () => selector(random),
    // 2.42 extrapolates otherwise what begins near zero
    () => `${random.pick(['rate', 'increase'])}(${matrix(random, depth, ['m_total', 'd_bucket'])})`,
    () => `${random.pick(['delta', 'irate', 'idelta'])}(${matrix(random, depth, ['m_total', 'g', 'k'])})`,
    () => `${random.pick(['resets', 'changes', 'count_over_time', 'last_over_time', 'present_over_time', 'min_over_time', 'max_over_time', 'sum_over_time', 'avg_over_time'])}(${matrix(random, depth)})`,
    () => `${random.pick(['deriv', 'stddev_over_time', 'stdvar_over_time'])}(${matrix(random, 0, ['m_total', 'g'])})`,
    // 2.42 predicts nothing from what @ fixes but at the first step
    () => `predict_linear(${random.pick(['m_total', 'g'])}${matchers(random)}[${random.pick(['1m', '5m'])}], ${random.pick(['60', '-30', '3600'])})`,
    () => `quantile_over_time(${random.pick(['0', '0.3', '0.5', '0.95', '1', '-1', '2'])}, ${matrix(random, depth)})`,
    () => `${random.pick(['sum', 'avg', 'min', 'max', 'count', 'group'])}${grouping(random)} (${inner()})`,
    () => `${random.pick(['stddev', 'stdvar'])}${grouping(random)} (${selector(random, ['m_total', 'g', 'k'])})`,
    () => `quantile${grouping(random)} (${random.pick(['0', '0.25', '0.5', '0.9', '1'])}, ${inner()})`,
    () => `count_values${grouping(random)} ("v", ${selector(random, ['k'])})`,
    () => `${random.pick(['topk', 'bottomk'])}${grouping(random)} (${random.pick(['1', '2', '3', '0'])}, ${selector(random, ['m_total', 'g'])})`,
    () => `(${inner()}) ${random.pick(['+', '-', '*', '/', '%', '^', '==', '!=', '>', '<', '>=', '<=', '> bool', '!= bool', '< bool'])} ${scalar(random, depth - 1)}`,
    () => `${scalar(random, depth - 1)} ${random.pick(['+', '-', '*', '/', '%', '^', '>', '<', '== bool'])} (${inner()})`,
    () => `(${inner()}) ${random.pick(['+', '-', '*', '/', '>', '<=', '== bool'])} ${random.pick(['', '', 'on (a, b)', 'ignoring (c)'])} (${inner()})`,
    () => `${selector(random, ['m_total', 'g', 'k'])} ${random.pick(['+', '*', '/', '>'])} on (a) group_left ${random.pick(['', '()'])} sum by (a) (${selector(random)})`,
    () => `(${inner()}) ${random.pick(['and', 'or', 'unless'])} ${random.pick(['', '', 'on (a)', 'ignoring (b, c)'])} (${inner()})`,
    () => `histogram_quantile(${random.pick(['0.1', '0.5', '0.9', '0.99'])}, ${random.pick(['d_bucket', 'rate(d_bucket[5m])', 'sum by (le) (rate(d_bucket[3m]))', 'sum without (a) (d_bucket)'])})`,
    () => `${random.pick(['abs', 'ceil', 'floor', 'exp', 'sqrt', 'ln', 'log2', 'log10', 'sgn', 'sin', 'cos', 'atan', 'sinh', 'tanh', 'asinh', 'deg', 'rad'])}(${inner()})`,
    () => `${random.pick(['clamp_min', 'clamp_max', 'round'])}(${inner()}, ${random.pick(['0.5', '3', '100', '-2'])})`,
    () => `clamp(${inner()}, ${random.pick(['-10', '0', '50'])}, ${random.pick(['20', '60', '-20'])})`,
    () => `${random.pick(['minute', 'hour', 'day_of_week', 'day_of_month', 'days_in_month', 'month', 'year'])}(${selector(random, ['m_total'])} * 1e5)`,
    () => `label_replace(${inner()}, "n", "$1-$2", "a", "(.)(.*)")`,
    () => `label_join(${inner()}, "j", "/", "a", "b")`,
    () => `timestamp(${random.chance(0.5) ? selector(random) : inner()})`,
    () => `absent(${inner()})`,
    () => `absent_over_time(${matrix(random, depth)})`,
    () => `vector(${scalar(random, depth - 1)})`,
    () => `-(${inner()})`,
    () => `sort(${inner()})`,
  ])();
}
