// What stands beside the cursor on a chart: when, and each line's colour, name and value, the greatest first.
import { clock } from '../times.mjs';
import { colourOf } from './colours.mjs';

const mostTold = 12;

export function tooltip(plot, { lines, span }, read) {
  const { idx: at, left } = plot.cursor;
  const box = plot.over.querySelector('.tip') ?? plot.over.appendChild(Object.assign(document.createElement('div'), { className: 'tip' }));
  const told = at === null || at === undefined || left < 0
    ? []
    : lines.map((line, n) => ({ ...line, place: line.place ?? n, value: line.points[at] ?? null }))
      .filter(({ value, hidden }) => value !== null && !hidden).toSorted((a, b) => b.value - a.value);
  box.hidden = told.length === 0;
  if (told.length === 0) return;
  const rows = told.slice(0, mostTold).map(({ name, value, place }) => {
    const key = Object.assign(document.createElement('i'), { className: 'key' });
    key.style.background = colourOf(place);
    const text = Object.assign(document.createElement('span'), { textContent: name });
    const row = document.createElement('div');
    row.append(key, text, Object.assign(document.createElement('b'), { textContent: read(value) }));
    return row;
  });
  const more = told.length > mostTold ? [Object.assign(document.createElement('small'), { textContent: `and ${told.length - mostTold} more` })] : [];
  const when = Object.assign(document.createElement('small'), { textContent: clock(plot.data[0][at], Math.min(span.until - span.since, 86_401) > 86_400 ? 86_401 : 0) });
  box.replaceChildren(when, ...rows, ...more);
  const width = box.offsetWidth;
  const room = plot.over.clientWidth;
  box.style.transform = `translateX(${Math.round(left + 14 + width < room ? left + 14 : Math.max(0, left - 14 - width))}px)`;
}
