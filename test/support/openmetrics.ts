/**
 * A strict reader of the two exposition formats: OpenMetrics 1.0 and text 0.0.4. It accepts less than scrapers do,
 * because a page of ours should be right and not merely be understood: no timestamps, `le` and `quantile` in their
 * canonical form in both formats (a scraper keeps the text, so another spelling is another series), and only the
 * spellings of numbers that the reference writers use.
 */

export interface Sample {
  readonly name: string;
  /** Unescaped, in the order of the page. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly line: number;
}

export interface Family {
  readonly name: string;
  readonly type: string;
  readonly unit: string | undefined;
  readonly help: string | undefined;
  readonly samples: readonly Sample[];
}

/** What is wrong with an OpenMetrics page, a line of text each; nothing if it is right. */
export function openMetricsFaults(page: string): string[] {
  return read(page, openMetrics).faults;
}

/** The same for a page of text 0.0.4. */
export function textFaults(page: string): string[] {
  return read(page, text).faults;
}

/** The families of an OpenMetrics page that is right; of any other an error. */
export function openMetricsFamilies(page: string): Family[] {
  return rightly(page, openMetrics);
}

/** The same for a page of text 0.0.4. */
export function textFamilies(page: string): Family[] {
  return rightly(page, text);
}

/** A float as Go writes it (`strconv.FormatFloat(v, 'g', -1, 64)`, and `.0` after a whole number). */
export function canonicalFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6) {
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

interface Dialect {
  readonly openMetrics: boolean;
  /** Per type, the suffixes of its samples. */
  readonly types: Readonly<Record<string, readonly string[]>>;
  readonly withoutType: string;
  readonly helpEscape: RegExp;
}

const openMetrics: Dialect = {
  openMetrics: true,
  types: {
    counter: ['_total', '_created'],
    gauge: [''],
    histogram: ['_bucket', '_sum', '_count', '_created'],
    gaugehistogram: ['_bucket', '_gsum', '_gcount'],
    summary: ['', '_sum', '_count', '_created'],
    info: ['_info'],
    stateset: [''],
    unknown: [''],
  },
  withoutType: 'unknown',
  helpEscape: /^(?:[^\\"]|\\[\\n"])*$/u,
};

const text: Dialect = {
  openMetrics: false,
  types: {
    counter: [''],
    gauge: [''],
    histogram: ['_bucket', '_sum', '_count'],
    summary: ['', '_sum', '_count'],
    untyped: [''],
  },
  withoutType: 'untyped',
  helpEscape: /^(?:[^\\]|\\[\\n])*$/u,
};

const familyName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const sampleStart = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{)?/;
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\n"])*)"(,(?!\})|\})/uy;
const number = /^(?:NaN|[+-]Inf|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?)$/;

/** A family while it is read. */
interface Draft {
  readonly name: string;
  type?: string;
  unit?: string;
  help?: string;
  readonly samples: Sample[];
}

class Reading {
  readonly faults: string[] = [];
  readonly families: Draft[] = [];
  readonly dialect: Dialect;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  fault(line: number, what: string): void {
    this.faults.push(`line ${line}: ${what}`);
  }

  /** The family that is being written, or a new one. A second beginning is a fault, and is read as a new family. */
  family(name: string, line: number): Draft {
    const current = this.families.at(-1);
    if (current?.name === name) return current;
    if (this.families.some((family) => family.name === name)) {
      this.fault(line, `the lines of ${name} are not in one group`);
    }
    const started = { name, samples: [] };
    this.families.push(started);
    return started;
  }
}

function rightly(page: string, dialect: Dialect): Family[] {
  const { faults, families } = read(page, dialect);
  if (faults.length > 0) throw new Error(`not a valid page:\n${faults.slice(0, 20).join('\n')}`);
  return families;
}

function read(page: string, dialect: Dialect): { faults: string[]; families: Family[] } {
  const reading = new Reading(dialect);
  const lines = page.split('\n');
  if (lines.pop() !== '') reading.fault(lines.length + 1, 'the last line has no line feed');
  if (dialect.openMetrics && lines.at(-1) !== '# EOF') reading.fault(lines.length, 'the last line is not # EOF');
  for (const [index, line] of lines.entries()) {
    if (line === '# EOF') {
      if (!dialect.openMetrics) reading.fault(index + 1, '# EOF on a text page');
      else if (index + 1 < lines.length) reading.fault(index + 1, '# EOF before the end');
    } else if (line === '') {
      if (dialect.openMetrics) reading.fault(index + 1, 'a blank line');
    } else if (line.startsWith('#')) readMetadata(reading, line, index + 1);
    else readSample(reading, line, index + 1);
  }
  for (const family of reading.families) checkFamily(reading, family);
  checkNames(reading);
  const families = reading.families.map(({ name, type = dialect.withoutType, unit, help, samples }) => {
    return { name, type, unit, help, samples };
  });
  return { faults: reading.faults, families };
}

function readMetadata(reading: Reading, line: string, at: number): void {
  const [, keyword, name, value] = /^# (TYPE|HELP|UNIT) (\S+) ([^]*)$/u.exec(line) ?? [];
  const { dialect } = reading;
  if (keyword === undefined || name === undefined || value === undefined || (keyword === 'UNIT' && !dialect.openMetrics)) {
    if (dialect.openMetrics || /^#\s*(?:TYPE|HELP)\b/.test(line)) reading.fault(at, `not a line of this format: ${line}`);
    return; // any other comment is allowed on a text page
  }
  if (!familyName.test(name)) reading.fault(at, `not a name: ${name}`);
  const family = reading.family(name, at);
  if (family.samples.length > 0) reading.fault(at, `${keyword} of ${name} after its samples`);
  const field = keyword === 'TYPE' ? 'type' : keyword === 'UNIT' ? 'unit' : 'help';
  if (family[field] !== undefined) reading.fault(at, `a second ${keyword} of ${name}`);
  if (field === 'type' && !(value in dialect.types)) reading.fault(at, `not a type: ${value}`);
  if (field === 'unit' && !name.endsWith(`_${value}`)) reading.fault(at, `the unit ${value} is not the end of ${name}`);
  if (field === 'help' && !dialect.helpEscape.test(value)) reading.fault(at, `a wrong escape in the help of ${name}`);
  family[field] = field === 'help' ? unescaped(value) : value;
}

function readSample(reading: Reading, line: string, at: number): void {
  const [start, name, brace] = sampleStart.exec(line) ?? [];
  if (start === undefined || name === undefined) {
    reading.fault(at, `neither a sample nor a comment: ${line.slice(0, 80)}`);
    return;
  }
  const found = brace === undefined ? { labels: {}, end: start.length } : readLabels(reading, line, start.length, at);
  if (found === undefined) return;
  const { labels } = found;
  let rest = line.slice(found.end);
  if (reading.dialect.openMetrics) {
    const [measured = '', exemplar] = rest.split(/ # (.*)/su);
    if (exemplar !== undefined) checkExemplar(reading, name, exemplar, at);
    rest = measured;
  }
  if (!rest.startsWith(' ') || !number.test(rest.slice(1))) {
    reading.fault(at, `not one space and one number after the name and labels: ${rest.slice(0, 40)}`);
    return;
  }
  familyOfSample(reading, name, at).samples.push({ name, labels, value: numberOf(rest.slice(1)), line: at });
}

/** The labels from just after `{`, and where they end; undefined if they cannot be read. */
function readLabels(reading: Reading, line: string, begin: number, at: number): { labels: Record<string, string>; end: number } | undefined {
  const labels: Record<string, string> = {};
  if (line[begin] === '}') return { labels, end: begin + 1 };
  for (let end = begin; ; ) {
    label.lastIndex = end;
    const [whole, key, value, separator] = label.exec(line) ?? [];
    if (whole === undefined || key === undefined || value === undefined) {
      reading.fault(at, `a wrong label at character ${end + 1}: ${line.slice(end, end + 40)}`);
      return undefined;
    }
    if (Object.hasOwn(labels, key)) reading.fault(at, `the label ${key} twice`);
    if (key.startsWith('__')) reading.fault(at, `the label name ${key} is reserved`);
    labels[key] = unescaped(value);
    end += whole.length;
    if (separator === '}') return { labels, end };
  }
}

/** `{trace_id="…"} value [seconds]`, on counters and buckets, with at most 128 characters of names and values. */
function checkExemplar(reading: Reading, name: string, written: string, at: number): void {
  if (!/_(?:total|bucket)$/.test(name)) reading.fault(at, `an exemplar on ${name}`);
  const found = written.startsWith('{') ? readLabels(reading, written, 1, at) : undefined;
  const [, value, ...time] = found === undefined ? [] : written.slice(found.end).split(' ');
  if (found === undefined || value === undefined || !number.test(value) || time.length > 1 || !time.every((each) => /^\d+(?:\.\d+)?$/.test(each))) {
    reading.fault(at, `not an exemplar: ${written}`);
    return;
  }
  const length = Object.entries(found.labels).reduce((sum, [key, content]) => sum + Array.from(key + content).length, 0);
  if (length > 128) reading.fault(at, `an exemplar of ${length} characters`);
}

/** A sample belongs to the family whose metadata it follows, if its suffix fits; otherwise to one of its own name. */
function familyOfSample(reading: Reading, name: string, at: number): Draft {
  const current = reading.families.at(-1);
  if (current !== undefined && owns(reading.dialect, current, name)) return current;
  if (reading.dialect.openMetrics && current?.type === 'counter' && name === current.name) {
    reading.fault(at, `the counter sample ${name} does not end in _total`);
    return current;
  }
  const earlier = reading.families.find((family) => owns(reading.dialect, family, name));
  return reading.family(earlier?.name ?? name, at);
}

function owns({ types, withoutType }: Dialect, { name, type = withoutType }: Draft, sample: string): boolean {
  return (types[type] ?? ['']).some((suffix) => sample === name + suffix);
}

function checkFamily(reading: Reading, family: Draft): void {
  const type = family.type ?? reading.dialect.withoutType;
  const first = family.samples[0]?.line ?? 0;
  if (family.samples.length === 0) reading.fault(first, `${family.name} has no samples`);
  if (family.unit !== undefined && (type === 'info' || type === 'stateset')) {
    reading.fault(first, `${family.name} is of type ${type}, which has no unit`);
  }
  const parted = type.endsWith('histogram') ? 'le' : type === 'summary' ? 'quantile' : undefined;
  const metrics = new Map<string, Sample[]>();
  let previous: string | undefined;
  for (const sample of family.samples) {
    const key = labelSet(sample.labels, parted);
    const metric = metrics.get(key) ?? [];
    if (metric.length > 0 && key !== previous) {
      reading.fault(sample.line, `the samples of one label set of ${family.name} are interleaved with another's`);
    }
    metrics.set(key, [...metric, sample]);
    previous = key;
  }
  for (const metric of metrics.values()) {
    if (type.endsWith('histogram')) checkHistogram(reading, family.name, type, metric);
    else if (type === 'summary') checkSummary(reading, family.name, metric);
    else if (reading.dialect.openMetrics) checkSimple(reading, family.name, type, metric);
  }
}

function checkSimple(reading: Reading, name: string, type: string, metric: readonly Sample[]): void {
  for (const { value, labels, line } of metric) {
    if (type === 'counter' && !(value >= 0)) reading.fault(line, `the counter ${name} is ${value}`);
    if (type === 'info' && value !== 1) reading.fault(line, `the info ${name} is ${value}, not 1`);
    if (type !== 'stateset') continue;
    if (value !== 0 && value !== 1) reading.fault(line, `the state set ${name} is ${value}, neither 0 nor 1`);
    if (!Object.hasOwn(labels, name)) reading.fault(line, `the state set ${name} has no label of that name`);
  }
}

function checkHistogram(reading: Reading, name: string, type: string, metric: readonly Sample[]): void {
  const prefix = type === 'gaugehistogram' ? 'g' : '';
  const buckets = metric.filter((sample) => sample.name === `${name}_bucket`);
  const sum = metric.find((sample) => sample.name === `${name}_${prefix}sum`);
  const count = metric.find((sample) => sample.name === `${name}_${prefix}count`);
  const at = metric[0]?.line ?? 0;
  let below = { bound: -Infinity, value: 0 };
  for (const { labels, value, line } of buckets) {
    const bound = boundOf(reading, labels, 'le', line);
    if (bound <= below.bound) reading.fault(line, `the buckets of ${name} are not in the order of le`);
    if (value < below.value) reading.fault(line, `the buckets of ${name} are not cumulative`);
    if (!Number.isInteger(value)) reading.fault(line, `a bucket of ${name} counts ${value}`);
    below = { bound, value };
  }
  if (below.bound !== Infinity) reading.fault(at, `${name} has no last bucket le="+Inf"`);
  else if (count !== undefined && count.value !== below.value) {
    reading.fault(count.line, `${name} counts ${count.value}, and ${below.value} up to +Inf`);
  }
  for (const sample of metric) {
    if (sample.name !== `${name}_bucket` && 'le' in sample.labels) reading.fault(sample.line, `${sample.name} has a label le`);
  }
  if (!reading.dialect.openMetrics) return;
  if ((sum === undefined) !== (count === undefined)) reading.fault(at, `${name} has only one of sum and count`);
  if (sum === undefined || type === 'gaugehistogram') return;
  if (!(sum.value >= 0)) reading.fault(sum.line, `the sum of ${name} is ${sum.value}`);
  if (buckets.some(({ labels }) => Number(labels['le']) < 0)) {
    reading.fault(sum.line, `${name} has a bucket below zero and yet a sum`);
  }
}

function checkSummary(reading: Reading, name: string, metric: readonly Sample[]): void {
  let below = -Infinity;
  for (const sample of metric) {
    const { labels, value, line } = sample;
    if (sample.name === name) {
      const quantile = boundOf(reading, labels, 'quantile', line);
      if (quantile <= below) reading.fault(line, `the quantiles of ${name} are not in order`);
      if (!(quantile >= 0 && quantile <= 1)) reading.fault(line, `${name} has the quantile ${quantile}`);
      if (reading.dialect.openMetrics && value < 0) reading.fault(line, `a quantile of ${name} is ${value}`);
      below = quantile;
    } else if ('quantile' in labels) reading.fault(line, `${sample.name} has a label quantile`);
    else if (sample.name === `${name}_count` && !(Number.isInteger(value) && value >= 0)) {
      reading.fault(line, `${name} counts ${value}`);
    } else if (reading.dialect.openMetrics && sample.name === `${name}_sum` && !(value >= 0)) {
      reading.fault(line, `the sum of ${name} is ${value}`);
    }
  }
}

/** The bound in a label, which must be there and be spelled canonically. */
function boundOf(reading: Reading, labels: Sample['labels'], key: string, line: number): number {
  const written = labels[key];
  if (written === undefined || !number.test(written)) {
    reading.fault(line, written === undefined ? `no label ${key}` : `${key}="${written}" is not a number`);
    return NaN;
  }
  const bound = numberOf(written);
  if (canonicalFloat(bound) !== written) {
    reading.fault(line, `${key}="${written}" should be written ${key}="${canonicalFloat(bound)}"`);
  }
  return bound;
}

/** No series twice, and no family whose samples could be taken for another's. */
function checkNames(reading: Reading): void {
  const seen = new Set<string>();
  for (const { name, labels, line } of reading.families.flatMap((family) => family.samples)) {
    const series = name + labelSet(labels);
    if (seen.has(series)) reading.fault(line, `the series ${series} twice`);
    seen.add(series);
  }
  const { types, withoutType } = reading.dialect;
  const owners = new Map<string, string>();
  for (const { name, type = withoutType, samples } of reading.families) {
    for (const sample of (types[type] ?? ['']).map((suffix) => name + suffix)) {
      const owner = owners.get(sample);
      if (owner !== undefined && owner !== name) {
        reading.fault(samples[0]?.line ?? 0, `${sample} could be of ${owner} or of ${name}`);
      }
      owners.set(sample, name);
    }
  }
}

function labelSet(labels: Sample['labels'], without?: string): string {
  const pairs = Object.entries(labels).filter(([key]) => key !== without);
  return JSON.stringify(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function numberOf(written: string): number {
  return Number(written.replace('Inf', 'Infinity'));
}

function unescaped(written: string): string {
  return written.replace(/\\(.)/gu, (_, character: string) => (character === 'n' ? '\n' : character));
}
