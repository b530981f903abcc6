// Numbers as people read them.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (value) => whole.format(value);

export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

const trimmed = (value) => String(Number(value.toPrecision(4)));

/** Four digits at most: 1,234 · 12.3 k · 0.0123. */
export function figure(value) {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 10_000) return whole.format(value);
  for (const [unit, letter] of [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e4, 'k']]) {
    if (size >= unit) return `${trimmed(value / (unit === 1e4 ? 1e3 : unit))} ${letter}`;
  }
  return size !== 0 && size < 1e-4 ? value.toExponential(2) : trimmed(value);
}

export function bytes(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return figure(value);
  const step = value === 0 ? 0 : Math.min(5, Math.max(0, Math.floor(Math.log2(Math.abs(value)) / 10)));
  return `${trimmed(value / 1024 ** step)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'][step]}`;
}

/** 0.012 s · 45 s · 3 min 20 s · 2 h 5 min · 4 d. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return figure(seconds);
  const size = Math.abs(seconds);
  if (size === 0) return '0 s';
  if (size < 1) return size < 1e-3 ? `${trimmed(seconds * 1e6)} µs` : `${trimmed(seconds * 1000)} ms`;
  if (size < 60) return `${size < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  const rounded = Math.round(size);
  const parts = [['d', 86_400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = parts.findIndex(([, length]) => rounded >= length);
  const [unit, length] = parts[first];
  const next = parts[Math.min(first + 1, parts.length - 1)];
  const rest = Math.floor((rounded % length) / next[1]);
  return `${seconds < 0 ? '−' : ''}${Math.floor(rounded / length)} ${unit}${rest > 0 ? ` ${rest} ${next[0]}` : ''}`;
}

const followed = (form, unit) => (value) => (value === null || value === undefined ? '–' : `${form(value)}${unit}`);

/** By the units of families, and by those of dashboards. */
const formats = {
  seconds: duration,
  s: duration,
  d: (value) => duration(value === null ? null : value * 86_400),
  bytes,
  decmbytes: (value) => bytes(value === null ? null : value * 1e6),
  ratio: (value) => (value === null || !Number.isFinite(value) ? figure(value) : `${trimmed(value * 100)} %`),
  percent: followed(figure, ' %'),
  ops: followed(figure, '/s'),
  reqps: followed(figure, '/s'),
};
formats.percentunit = formats.ratio;

export const formatOf = (unit) => formats[unit] ?? figure;

/** What the values of an expression are, as far as its names say; undefined: plain numbers. */
export function unitOf(expression) {
  const text = expression.replaceAll(/"[^"]*"/g, '').trim();
  // a number of what is counted, whatever its unit
  if (/^(count|group|absent)\b/.test(text)) return undefined;
  const growth = /\b(i?rate|deriv)\s*\(/.test(text);
  const quantile = /^histogram_quantile\b/.test(text);
  if (growth && !quantile) return /_bytes(_total)?\b/.test(text) || / \/ /.test(text) ? undefined : 'ops';
  if (/ \/ /.test(text)) return undefined;
  return ['seconds', 'bytes', 'ratio', 'percent'].find((unit) => new RegExp(`_${unit}(${quantile ? '_bucket' : ''}|_sum)?\\b(?!_)`).test(text));
}

/** A name and labels as PromQL writes them. */
export function seriesText(labels) {
  const { __name__: name = '', ...rest } = labels;
  const pairs = Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? name || '{}' : `${name}{${pairs.join(', ')}}`;
}

/** {{label}} stands for the value of a label; without a legend, name and labels. */
export function legendText(legend, labels) {
  if (!legend) return seriesText(labels);
  return legend.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? '').trim();
}
