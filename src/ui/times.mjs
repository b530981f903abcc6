// Ranges of time and their steps.

export const ranges = [['5m', '5 minutes'], ['15m', '15 minutes'], ['1h', '1 hour'], ['3h', '3 hours'], ['6h', '6 hours'], ['12h', '12 hours'],
  ['1d', '1 day'], ['2d', '2 days'], ['7d', '7 days'], ['14d', '14 days'], ['30d', '30 days']];

const lengths = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of 90s, 15m, 1h …; undefined: that is none. */
export function secondsOf(text) {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(text ?? '') ?? [];
  return unit === undefined || Number(count) === 0 ? undefined : Number(count) * lengths[unit];
}

/** The shortest range, of an hour or more, that shows what has lasted so many seconds and some time before. */
export const rangeAround = (seconds) => ranges.find(([range]) => secondsOf(range) >= Math.max(3600, seconds * 1.5))?.[0] ?? '30d';

/**
 * Which time the parameters ask for, in seconds since 1970: from and to, or the range before now. A live range follows the clock, ends at a
 * whole step, and begins no earlier than there was anything to keep.
 */
export function timeSpan(params, { now, began = 0, least = 15, usual = '1h', points = 240 }) {
  const [from, to] = [Number(params.get('from')), Number(params.get('to'))];
  if (from > 0 && to > from) {
    const step = stepOf(to - from, least, points);
    return { live: false, since: from, until: to, step };
  }
  const range = secondsOf(params.get('range')) === undefined ? usual : params.get('range');
  const length = Math.min(secondsOf(range), Math.max(now - began, least));
  const step = stepOf(length, least, points);
  // the last scrape is younger than the last whole step
  const until = (step > 60 ? Math.floor(now / step) : Math.ceil(now / step)) * step;
  const since = Math.min(Math.max(until - secondsOf(range), Math.ceil(began / step) * step), until - 4 * step);
  return { live: true, range, since, until, step };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** A round step that makes about so many points of a span, no shorter than there is anything new. */
export function stepOf(seconds, least = 1, points = 240) {
  const wanted = Math.max(seconds / points, least);
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

/** What stands for a span in the expressions of dashboards, as Grafana fills it in. */
export function filledIn(expression, { since, until, step }, scrape) {
  return expression
    .replaceAll('$__rate_interval', `${Math.max(step + scrape, 4 * scrape)}s`)
    .replaceAll('$__interval', `${step}s`)
    .replaceAll('$__range', `${Math.round(until - since)}s`);
}

const two = (number) => String(number).padStart(2, '0');

/** A moment as <input type="datetime-local"> has it, and back. */
export function localTime(seconds) {
  const at = new Date(seconds * 1000);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

export function secondsOfLocal(text) {
  const at = new Date(text).getTime();
  return Number.isFinite(at) ? at / 1000 : undefined;
}

/** 14:03 · 14:03:15 · 27 Nov 14:03, as much as tells moments of a span apart. */
export function clock(seconds, span = 0) {
  const at = new Date(seconds * 1000);
  const day = span > 86_400 ? `${at.toLocaleDateString([], { day: 'numeric', month: 'short' })} ` : '';
  return day + at.toLocaleTimeString([], { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', ...(span < 7200 && { second: '2-digit' }) });
}
