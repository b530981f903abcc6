/** Expressions of PromQL by chance, the same from the same seed. */
export class Expressions {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number from 0 up to what is given, without it. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  one<T>(of: readonly T[]): T {
    const chosen = of[this.below(of.length)];
    if (chosen === undefined) throw new RangeError('one: nothing to choose from');
    return chosen;
  }

  some(least: number, most: number, make: () => string): string {
    return Array.from({ length: least + this.below(most - least + 1) }, make).join(this.one([',', ', ', ' , ']));
  }

  /** An expression that the grammar allows; its types need not fit. */
  expression(depth = 4): string {
    if (depth === 0) return this.one([() => this.selector(), () => this.number(), () => this.string()])();
    const inner = (): string => this.expression(depth - 1);
    return this.one([
      () => this.selector(),
      () => this.times(this.selector() + this.range()),
      () => `${this.one(functions)}${this.blank()}(${this.some(0, 3, inner)})`,
      () => `${this.one(aggregators)}${this.blank()}(${this.some(1, 2, inner)})${this.one(['', ` ${this.grouping()}`])}`,
      () => `${this.one(aggregators)} ${this.grouping()} (${this.some(1, 2, inner)})`,
      () => `${inner()} ${this.operator()}${this.blank()} ${inner()}`,
      () => `${inner()} ${this.operator()}${this.blank()} ${inner()}`,
      () => `${this.selector()} ${this.grouped()} ${this.selector()}`,
      () => `(${this.blank()}${inner()})`,
      () => `${this.one(['-', '+'])}${this.blank()}${this.one([this.selector(), `(${inner()})`])}`,
      () => this.times(`${this.one([this.selector(), `(${inner()})`])}[${this.duration()}:${this.one(['', this.duration()])}]`),
    ])();
  }

  /** The same with a token or a letter left out, doubled or put in: mostly none that the grammar allows. */
  broken(expression: string): string {
    const tokens = expression.match(/[A-Za-z_:][\w:]*|"[^"]*"|[\d.]+\w*|\s+|./gsu) ?? [];
    const place = this.below(tokens.length);
    tokens.splice(place, this.below(2), ...this.one([[], [this.one(pieces)], [' ', this.one(pieces), ' '], [tokens[place] ?? '']]));
    return tokens.join('');
  }

  private blank(): string {
    return this.one(['', '', '', ' ', '\n', '\t', ' # what follows\n']);
  }

  private selector(): string {
    const matchers = (least: number): string => `{${this.blank()}${this.some(least, 3, () => this.matcher())}${this.one(['', ''])}}`;
    return this.times(
      this.one([() => this.one(names), () => this.one(names) + matchers(0), () => `{"${this.one(quoted)}", ${this.matcher()}}`, () => matchers(1)])(),
    );
  }

  private matcher(): string {
    const name = this.one([this.one(labels), this.one(labels), `"${this.one(quoted)}"`]);
    return `${name}${this.one(['', ' '])}${this.one(['=', '!=', '=~', '!~'])}${this.one(['', ' '])}${this.string()}`;
  }

  private times(of: string): string {
    const sign = this.one(['', '', '-']);
    return of + this.one(['', '', '', '', ` offset ${sign}${this.duration()}`, ` @ ${sign}${this.number()}`, ' @ start()', ` @ end() OFFSET ${this.duration()}`]);
  }

  private range(): string {
    return `[${this.blank()}${this.duration()}]`;
  }

  private duration(): string {
    return this.one(['5m', '1h30m', '90', '1.5', '100ms', '2w', '1y2d', '1d12h']);
  }

  private number(): string {
    return this.one(['1', '0.5', '.25', '1e3', '2E-2', '0x1f', '017', 'Inf', 'nan', '1_000', '5m', '1h30m', '100ms']);
  }

  private string(): string {
    return this.one(['"a"', "'b.*'", '`c|d`', '""', '"a{b}[c]"', String.raw`"\"\n"`, String.raw`'\''`, '"#"', '"é☺"']);
  }

  private grouping(): string {
    return `${this.one(['by', 'without', 'BY'])}${this.blank()}(${this.some(0, 3, () => this.one([this.one(labels), '"l.b"']))}${this.one(['', ''])})`;
  }

  private grouped(): string {
    const list = (): string => `(${this.some(0, 2, () => this.one(labels))})`;
    return `${this.one(['*', '<', '>= bool'])} ${this.one(['on', 'ignoring'])}${list()} ${this.one(['group_left', 'GROUP_RIGHT'])}${this.one(['', ' ', list()])}`;
  }

  private operator(): string {
    const matching = (): string => `${this.one(['on', 'ignoring'])}${this.blank()}(${this.some(0, 2, () => this.one(labels))})`;
    const bool = this.one(['', '', ' bool']);
    return this.one([
      this.one(['+', '-', '*', '/', '%', '^', 'atan2', 'and', 'or', 'unless', 'AND']),
      this.one(['==', '!=', '<', '<=', '>', '>=']) + bool,
      `${this.one(['+', '/', 'and', 'or'])} ${matching()}`,
      `${this.one(['==', '>'])}${bool} ${matching()}`,
    ]);
  }
}

const names = ['up', 'orders_total', 'a:b', 'by', 'sum', 'and', 'start', 'Count', 'x_bucket', 'without', 'end', '_'];
const labels = ['job', 'le', 'by', 'on', 'bool', 'group_left', 'sum', 'offset', '_a1'];
const quoted = ['my.metric', 'l a', 'é'];
const functions = ['rate', 'abs', 'time', 'clamp', 'label_join', 'round', 'histogram_quantile', 'hour', 'scalar', 'vector', 'max_over_time'];
const aggregators = ['sum', 'topk', 'count_values', 'Avg', 'quantile', 'group', 'stddev'];
const pieces = ['(', ')', '{', '}', '[', ']', ',', '=', '==', '=~', '!', '"', '"x"', '5m', '1', 'by', 'on', 'bool', 'foo', 'a:b', 'offset', '@', '+', '^', ':', '.', ';', '$', 'rate(', '#'];
