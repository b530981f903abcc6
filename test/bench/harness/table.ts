import type { Measure, Row, Target } from './scenario.ts';

const widths = [24, 8, 22, 8, 19, 7, 6] as const;

/** At most 100 columns, one line a comparison. */
export function printTable(rows: readonly Row[]): string {
  const head = line(['scenario', 'ours', 'beside', 'theirs', 'ratio min…max', 'target', '']);
  const rule = widths.map((width) => '─'.repeat(width)).join(' ');
  let last = '';
  const body = rows.map((row) => {
    const scenario = row.scenario === last ? '' : row.scenario;
    last = row.scenario;
    return line([
      scenario,
      written(row.ours),
      row.peer ?? '',
      row.missing ?? (row.theirs === undefined ? '' : written(row.theirs)),
      row.ratio === undefined ? '' : `${short(row.ratio.median)}× ${short(row.ratio.min)}…${short(row.ratio.max)}`,
      row.target === undefined ? '' : promised(row.target, row.ours.unit),
      row.met === undefined ? '' : row.met ? 'met' : 'MISSED',
    ]);
  });
  return [head, rule, ...body].join('\n');
}

/** Texts to the left, figures to the right. */
function line(cells: readonly string[]): string {
  return cells
    .map((cell, column) => {
      const width = widths[column] ?? 0;
      return [1, 3, 5].includes(column) ? cell.padStart(width) : cell.padEnd(width);
    })
    .join(' ')
    .trimEnd();
}

function promised(target: Target, unit: Measure['unit']): string {
  if ('under' in target) return `< ${written({ value: target.under, unit })}`;
  return 'faster' in target ? `≥ ${short(target.faster)}×` : `≤ ${short(target.share)}×`;
}

const writers: Readonly<Record<Measure['unit'], (value: number) => string>> = {
  s: (value) => (value < 1e-3 ? `${short(value * 1e6)} µs` : value < 1 ? `${short(value * 1e3)} ms` : `${short(value)} s`),
  B: (value) => (value < 10_000 ? `${short(value)} B` : value < 10e6 ? `${short(value / 1e3)} kB` : `${short(value / 1e6)} MB`),
  '%': (value) => `${short(value)} %`,
  times: (value) => `${short(value)}×`,
  rows: (value) => short(value),
};

export function written({ value, unit }: Measure): string {
  return Number.isNaN(value) ? '–' : writers[unit](value);
}

/** Three digits that count. */
function short(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
