// Cardinality: which families, labels and values have the most series and bytes, what grows, which limits are near.
import { html, render } from '../lit-html.mjs';
import { addressOf, changed, go } from '../address.mjs';
import { bytes, count } from '../words.mjs';

const orders = {
  series: ['Series', (a, b) => b.series - a.series],
  growth: ['Grown in a day', (a, b) => (b.series - b.series_before) - (a.series - a.series_before)],
  new: ['New in an hour', (a, b) => b.new_series - a.new_series],
  page: ['On the page', (a, b) => b.page_bytes - a.page_bytes],
  archive: ['Archive, a day', (a, b) => b.archive_bytes - a.archive_bytes],
};

const table = (label, head, rows) => html`<div class="scroll" tabindex="0" role="group" aria-label=${label}><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
const section = (id, title, body) => html`<section aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2><div id=${id} class="body sheet">${body}</div></section>`;

/** A share as a bar behind its number. */
const share = (value, most) => html`<span class="share" .style=${`--share: ${most === 0 ? 0 : Math.min(100, (100 * value) / most)}%`}></span>`;

const grown = ({ series, series_before: before }) => (series - before > 0 ? `+${count(series - before)}` : count(series - before));

const listed = (rows, kind, read = count) => rows.map(({ name, value }) => html`<tr><td class="name">${kind(name)}</td><td class="number">${read(value)}</td></tr>`);

/** Which families have a label=value. */
function familiesOf(pair) {
  const at = pair.indexOf('=');
  return html`<a href=${addressOf('explore', { q: `count by (__name__) ({${pair.slice(0, at)}=${JSON.stringify(pair.slice(at + 1))}})`, view: 'table' })}>${pair}</a>`;
}

const valuesOf = (label) => html`<a href=${addressOf('explore', { q: `count by (${label}) ({${label}!=""})`, view: 'table' })}>${label}</a>`;

export function open(place, context) {
  let params = new URLSearchParams();
  let found;
  let labels;

  async function load() {
    [found, labels] = await Promise.all([context.ask('/api/ui/cardinality'), context.ask('/api/v1/status/tsdb?limit=15')]);
    if (found !== undefined && labels !== undefined) draw();
  }

  function draw() {
    const by = Object.hasOwn(orders, params.get('by') ?? '') ? params.get('by') : 'series';
    const sort = (key) => (event) => { event.preventDefault(); go(addressOf('cardinality', changed(params, { by: key === 'series' ? undefined : key }))); };
    const head = html`<th scope="col">Family</th>${Object.entries(orders).map(([key, [words]]) => html`<th scope="col" class="number ${key === 'new' || key === 'page' || key === 'archive' ? 'spare' : ''}"
      aria-sort=${key === by ? 'descending' : 'none'}><button type="button" class="sort" @click=${sort(key)}>${words}${key === by ? ' ↓' : ''}</button></th>`)}`;
    const families = found.families.toSorted(orders[by][1]);
    const most = Math.max(...families.map(({ series }) => series), 0);
    const { seriesCountByLabelValuePair: pairs, labelValueCountByLabelName: names, memoryInBytesByLabelName: sizes } = labels.data;
    render(html`<h1 class="unseen">Cardinality</h1>
      <p class="hint">${count(found.series)} series on the page.</p>
      ${section('limits', 'Nearest limits', table('Nearest limits', html`<th scope="col">Limit</th><th scope="col" class="number">Used</th><th scope="col" class="number">Of</th><th scope="col" class="number">Share</th>`,
        found.limits.map(({ what, family, used, most: allowed }) => {
          const full = used / allowed;
          return html`<tr><td>${family === null ? what : html`series of <a class="name" href=${addressOf('metrics', { name: family })}>${family}</a>`}${share(used, allowed)}</td>
            <td class="number">${what.startsWith('bytes') ? bytes(used) : count(used)}</td><td class="number">${what.startsWith('bytes') ? bytes(allowed) : count(allowed)}</td>
            <td class="number ${full >= 0.9 ? 'bad' : full >= 0.7 ? 'warn' : ''}">${full < 0.001 ? '< 0.1' : Number((full * 100).toPrecision(2))} %</td></tr>`;
        })))}
      ${section('biggest', 'Families', table('Families', head, families.map((family) => html`<tr>
        <td class="name"><a href=${addressOf('metrics', { name: family.name })}>${family.name}</a>${share(family.series, most)}</td>
        <td class="number">${count(family.series)}</td><td class="number">${grown(family)}</td><td class="number spare">${count(family.new_series)}</td>
        <td class="number spare">${bytes(family.page_bytes)}</td><td class="number spare">${family.archive_bytes === 0 ? '–' : bytes(family.archive_bytes)}</td></tr>`)))}
      <div class="thirds">
        ${section('pairs', 'Label values by series', table('Label values by series', html`<th scope="col">Label and value</th><th scope="col" class="number">Series</th>`, listed(pairs, familiesOf)))}
        ${section('names', 'Labels by values', table('Labels by values', html`<th scope="col">Label</th><th scope="col" class="number">Values</th>`, listed(names, valuesOf)))}
        ${section('sizes', 'Labels by bytes', table('Labels by bytes', html`<th scope="col">Label</th><th scope="col" class="number">Bytes</th>`, listed(sizes, valuesOf, bytes)))}
      </div>`, place);
  }

  return {
    title: 'Cardinality',
    go(next) {
      params = next;
      if (found === undefined || labels === undefined) return load();
      draw();
      return undefined;
    },
    refresh: load,
    every: 60_000,
  };
}
