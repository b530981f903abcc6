/** A result as psql prints it. */
export interface Column {
  readonly name: string;
  readonly isNumber: boolean;
}

type Cells = readonly (string | null)[];

/** One line a row, under a head. */
export function aligned(columns: readonly Column[], rows: readonly Cells[]): string {
  const texts = rows.map((row) => columns.map((_, i) => (row[i] ?? '').split('\n')));
  const widths = columns.map(({ name }, i) => Math.max(width(name), ...texts.flatMap((row) => (row[i] ?? []).map(width))));
  const head = columns.map(({ name }, i) => centred(name, widths[i] ?? 0)).join('|');
  const rule = widths.map((each) => '-'.repeat(each + 2)).join('+');
  const body = texts.flatMap((row) => {
    const height = Math.max(1, ...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      row
        .map((cell, i) => {
          const part = cell[line] ?? '';
          const room = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(part)));
          return ` ${columns[i]?.isNumber === true ? room + part : part + room}${line < cell.length - 1 ? '+' : ' '}`;
        })
        .join('|'));
  });
  return [head, rule, ...body, counted(rows.length)].map((line) => line.trimEnd()).join('\n');
}

/** One line a cell, for rows that are too wide. */
export function expanded(columns: readonly Column[], rows: readonly Cells[]): string {
  if (rows.length === 0) return counted(0);
  const names = Math.max(...columns.map(({ name }) => width(name)));
  return rows
    .flatMap((row, n) => [
      `-[ RECORD ${n + 1} ]${'-'.repeat(20)}`,
      ...columns.flatMap(({ name }, i) =>
        (row[i] ?? '').split('\n').map((part, line) => `${line === 0 ? name + ' '.repeat(names - width(name)) : ' '.repeat(names)} | ${part}`.trimEnd())),
    ])
    .join('\n');
}

function counted(rows: number): string {
  return `(${rows} row${rows === 1 ? '' : 's'})`;
}

function centred(text: string, room: number): string {
  const left = Math.floor((room - width(text)) / 2);
  return ` ${' '.repeat(left)}${text}${' '.repeat(Math.max(0, room - width(text) - left))} `;
}

/** In characters, not in units of UTF-16. */
function width(text: string): number {
  return Array.from(text).length;
}
