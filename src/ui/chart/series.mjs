// From what the API answers to what is drawn. Values are the API's; here they only get their places.

const finite = (text) => {
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
};

/** The moments of a span, in seconds. */
export const timesOf = ({ since, until, step }) => Array.from({ length: Math.floor((until - since) / step + 1e-6) + 1 }, (_, n) => since + n * step);

/** Each series of a range as { labels, points }, a point a step; null where it has none or one that is no number. */
export function linesOf(result, { since, until, step }) {
  const length = timesOf({ since, until, step }).length;
  return result.map(({ metric, values }) => {
    const points = Array(length).fill(null);
    for (const [at, value] of values) {
      const place = Math.round((at - since) / step);
      if (place >= 0 && place < length) points[place] = finite(value);
    }
    return { labels: metric, points };
  });
}

export const lastOf = (points) => points.findLast((point) => point !== null) ?? null;

/** What is left of the points where each line stands on those before it. A gap adds nothing. */
export function stacked(lines) {
  const sums = lines[0]?.map(() => 0) ?? [];
  return lines.map((points) => points.map((point, n) => (point === null ? null : (sums[n] += point))));
}

/** On a scale of powers there is nothing at 0 and below. */
export const positive = (points) => points.map((point) => (point !== null && point > 0 ? point : null));

/** From 0 where that is not far away, so that a flat line looks flat. */
export function verticalSpan(low, high) {
  if (low === null || high === null || low === undefined || high === undefined) return [0, 1];
  const bottom = low >= 0 && low < high * 0.7 ? 0 : low;
  const top = high <= 0 && high > low * 0.7 ? 0 : high;
  if (bottom === top) return bottom === 0 ? [0, 1] : [Math.min(0, bottom * 1.2), Math.max(0, bottom * 1.2)];
  const room = (top - bottom) * 0.06;
  return [bottom === 0 ? 0 : bottom - room, top === 0 ? 0 : top + room];
}

/** A point between two gaps has no line to show it. */
export const hasIsolated = (points) => points.some((point, n) => point !== null && (points[n - 1] ?? null) === null && (points[n + 1] ?? null) === null);
