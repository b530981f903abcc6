// The lines of a chart by name, with what each read last. A click hides one or shows it again; with Shift or Alt it shows that one alone.
import { html } from '../lit-html.mjs';
import { formatOf } from '../words.mjs';
import { colourOf } from './colours.mjs';
import { lastOf } from './series.mjs';

export function legend(lines, unit, choose) {
  const read = formatOf(unit);
  return html`<ul class="legend">${lines.map((line, n) => html`
    <li><button type="button" aria-pressed=${String(!line.hidden)} @click=${(event) => choose(line.name, event.shiftKey || event.altKey)}>
      <i class="key" .style=${`background: ${colourOf(line.place ?? n)}`}></i><span class="name">${line.name}</span><b>${read(lastOf(line.points))}</b>
    </button></li>`)}</ul>`;
}
