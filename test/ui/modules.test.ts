import { describe, expect, it } from 'vitest';
import { addressOf, changed, readAddress } from '../../src/ui/address.mjs';
import { linesOf, stacked, verticalSpan } from '../../src/ui/chart/series.mjs';
import { filledIn, rangeAround, secondsOf, stepOf, timeSpan } from '../../src/ui/times.mjs';
import { bytes, duration, figure, legendText, seriesText, unitOf } from '../../src/ui/words.mjs';

describe('an address', () => {
  it.each([
    ['', 'overview', ''], ['#/explore', 'explore', ''], ['#/explore?q=a%3Fb&q=c', 'explore', 'q=a%3Fb&q=c'],
    ['#family=up', 'metrics', 'name=up'],
  ])('%j is a view and what it shows', (hash, view, query) => {
    const read = readAddress(hash);
    expect([read.view, read.params.toString()]).toEqual([view, query]);
  });

  it('has no empty parts, and comes back as it was', () => {
    const address = addressOf('explore', { q: ['a{b="c&d"}', 'e'], log: true, stack: false, from: undefined, range: '1h' });
    expect(address).toBe('#/explore?q=a%7Bb%3D%22c%26d%22%7D&q=e&log=1&range=1h');
    expect(readAddress(address).params.getAll('q')).toEqual(['a{b="c&d"}', 'e']);
    expect(changed(readAddress(address).params, { range: undefined, from: 1, q: ['x'] }).toString()).toBe('log=1&from=1&q=x');
  });
});

describe('a span of time', () => {
  const at = 999_999_990; // a whole step
  const span = (query: string, more: object = {}): object => timeSpan(new URLSearchParams(query), { now: at + 7, ...more });

  it('that is live ends at a whole step, and begins when there was something', () => {
    expect(span('range=1h')).toEqual({ live: true, range: '1h', since: at + 15 - 3600, until: at + 15, step: 15 });
    expect(span('range=1d')).toEqual({ live: true, range: '1d', since: at - 390 - 86_400, until: at - 390, step: 600 });
    expect(span('range=1d', { began: at - 604 })).toMatchObject({ since: at - 600, until: at + 15, step: 15 });
    expect(span('range=1h', { began: at - 604 })).toMatchObject({ since: at - 600, until: at + 15 });
    expect(span('range=1h', { began: at })).toMatchObject({ since: at - 45, until: at + 15 });
    expect(span('range=bad')).toMatchObject({ live: true, range: '1h' });
  });

  it('that is given is as it was given', () => {
    expect(span('from=100&to=700&range=1h')).toEqual({ live: false, since: 100, until: 700, step: 15 });
    expect(span('from=700&to=100')).toMatchObject({ live: true });
  });

  it.each([[300, 15], [3600, 15], [6 * 3600, 120], [86_400, 600], [30 * 86_400, 10_800], [2 * 365 * 86_400, 345_600]])('of %d s has a step of %d s', (seconds, step) => {
    expect(stepOf(seconds, 15)).toBe(step);
  });

  it.each([['90s', 90], ['15m', 900], ['2d', 172_800], ['0m', undefined], ['1y', undefined], [null, undefined]])('%j is %j seconds', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it('shows what has lasted for a while, and some time before', () => {
    expect([60, 3600, 40_000, 10 ** 8].map(rangeAround)).toEqual(['1h', '3h', '1d', '30d']);
  });

  it('fills in what stands for it', () => {
    expect(filledIn('rate(a[$__rate_interval]) + b[$__interval] + c[$__range]', { since: 0, until: 3600, step: 15 }, 15)).toBe('rate(a[60s]) + b[15s] + c[3600s]');
    expect(filledIn('rate(a[$__rate_interval])', { since: 0, until: 86_400, step: 600 }, 15)).toBe('rate(a[615s])');
  });
});

describe('words', () => {
  it.each([[1234, '1,234'], [12_345, '12.35 k'], [0.0123, '0.0123'], [1e-7, '1.00e-7'], [NaN, 'NaN'], [-Infinity, '−∞'], [null, '–'], [3e9, '3 G']])('of %d are %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it('of time and size', () => {
    expect([0, 0.0000125, 0.012, 5.25, 45, 200, 7500, 4 * 86_400].map(duration)).toEqual(['0 s', '12.5 µs', '12 ms', '5.3 s', '45 s', '3 min 20 s', '2 h 5 min', '4 d']);
    expect([0, 1536, 5 * 2 ** 30].map(bytes)).toEqual(['0 B', '1.5 KiB', '5 GiB']);
  });

  it.each([
    ['process_resident_memory_bytes', 'bytes'], ['noetl_host_cpu_usage_ratio{a="_seconds"}', 'ratio'], ['rate(orders_total[5m])', 'ops'],
    ['histogram_quantile(0.9, sum by (le) (rate(wait_seconds_bucket[5m])))', 'seconds'], ['rate(a_seconds_sum[5m]) / rate(a_seconds_count[5m])', undefined],
    ['count(up_seconds)', undefined], ['noetl_queue_oldest_ready_seconds', 'seconds'], ['level', undefined],
  ])('for the values of %s: %s', (expression, unit) => {
    expect(unitOf(expression)).toBe(unit);
  });

  it('for series', () => {
    expect(seriesText({ __name__: 'up', a: 'x"y' })).toBe('up{a="x\\"y"}');
    expect([seriesText({}), seriesText({ a: '1' })]).toEqual(['{}', '{a="1"}']);
    expect(legendText('{{source}} of {{ none }}', { source: 'runs' })).toBe('runs of');
  });
});

describe('lines', () => {
  it('have a point a step, and none where there is no number', () => {
    expect(linesOf([{ metric: { a: '1' }, values: [[10, '1'], [30, 'NaN'], [40, '+Inf'], [50, '2.5']] }], { since: 10, until: 50, step: 10 })).toEqual([
      { labels: { a: '1' }, points: [1, null, null, null, 2.5] },
    ]);
  });

  it('stand upon each other', () => {
    expect(stacked([[1, null, 3], [10, 20, null]])).toEqual([[1, null, 3], [11, 20, null]]);
  });

  it('have room above and begin at 0 where that is near', () => {
    expect([verticalSpan(2, 10), verticalSpan(9, 10), verticalSpan(0, 0), verticalSpan(null, null)]).toEqual([[0, 10.6], [8.94, 10.06], [0, 1], [0, 1]]);
  });
});
