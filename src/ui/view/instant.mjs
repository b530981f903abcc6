// What an expression gives at one moment, as a table: a column a label where there are few, else the series as text.
import { html, nothing } from '../lit-html.mjs';
import { clock } from '../times.mjs';
import { figure, formatOf, seriesText, unitOf } from '../words.mjs';

const mostColumns = 6;

export function instantTable({ expression, result, resultType }, letter) {
  const heading = letter === '' ? nothing : html`<h3>${letter} <code>${expression}</code></h3>`;
  if (resultType === 'string' || resultType === 'scalar') return html`${heading}<p class="single">${result[1]}</p>`;
  if (result.length === 0) return html`${heading}<p class="empty">Nothing fits at this time.</p>`;
  const labels = [...new Set(result.flatMap(({ metric }) => Object.keys(metric)))].toSorted((a, b) => (a < b ? -1 : 1));
  const asColumns = labels.length > 0 && labels.length <= mostColumns;
  const read = formatOf(unitOf(expression));
  return html`${heading}<div class="scroll" tabindex="0" role="group" aria-label="Values"><table>
    <thead><tr>${asColumns ? labels.map((label) => html`<th scope="col">${label === '__name__' ? 'metric' : label}</th>`) : html`<th scope="col">series</th>`}
      <th scope="col" class="number">value</th></tr></thead>
    <tbody>${result.map(({ metric, value, values }) => html`<tr>
      ${asColumns ? labels.map((label) => html`<td class="name">${metric[label] ?? ''}</td>`) : html`<td class="name">${seriesText(metric)}</td>`}
      <td class="number">${values === undefined ? single(value[1], read) : values.map(([at, each]) => html`<div>${figure(Number(each.replace('Inf', 'Infinity')))} <small>${clock(at)}</small></div>`)}</td>
    </tr>`)}</tbody></table></div>`;
}

/** As it reads, with all of its digits for who points at it. */
const single = (text, read) => html`<span title=${text}>${read(Number(text.replace('Inf', 'Infinity')))}</span>`;
