// Explore: expressions in PromQL, several at once, as a chart and as a table. All of it is in the address.
import { html, nothing, render } from '../lit-html.mjs';
import { addressOf, changed, go } from '../address.mjs';
import { fetchWithToken, promql, serverTime } from '../ask.mjs';
import { Chart } from '../chart/chart.mjs';
import { linesOf } from '../chart/series.mjs';
import { legend } from '../chart/legend.mjs';
import { timeSpan } from '../times.mjs';
import { seriesText, unitOf } from '../words.mjs';
import { instantTable } from './instant.mjs';
import { queryBoxes } from './query-box.mjs';
import { timeBar } from './time-bar.mjs';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function open(place, context) {
  let params = new URLSearchParams();
  let answers = [];
  let hidden = new Set();
  let asking;
  let busy = false;
  render(html`<h1 class="unseen">Explore</h1><div class="ask"></div><div class="time"></div><div class="found" aria-live="polite"></div>
    <section class="sheet results" aria-label="Result"><div class="chart"></div><div class="below"></div></section>`, place);
  const [, ask, time, found, results] = place.children;
  const chart = new Chart(results.querySelector('.chart'), { zoom: (from, to) => to - from >= 4 && turn({ from, to, range: undefined }) });
  const boxes = queryBoxes(ask, { run, fetch: fetchWithToken, hide: (n, off) => turn({ off: toggled(params.getAll('off'), letters[n], off) }) });

  const queries = () => params.getAll('q').filter((text) => text.trim() !== '');
  const isOff = (n) => params.getAll('off').includes(letters[n]);
  const isTable = () => params.get('view') === 'table';
  const span = () => timeSpan(params, { now: serverTime(), began: context.overview?.began, least: context.overview?.scrape_seconds });
  const turn = (entries) => go(addressOf('explore', changed(params, entries)));

  /** What stands in the boxes becomes the address, and so is asked; the same once more is asked again. */
  function run() {
    const texts = boxes.texts().filter((text) => text.trim() !== '');
    const address = addressOf('explore', changed(params, { q: texts }));
    if (address === location.hash) void refresh();
    else go(address);
  }

  async function refresh() {
    asking?.abort();
    const mine = (asking = new AbortController());
    const all = queries();
    const when = span();
    busy = true;
    drawFound();
    const range = isTable() ? { until: when.until } : when;
    const asked = await Promise.all(all.map(async (expression, n) => {
      if (isOff(n)) return { expression, result: [] };
      try {
        return { expression, ...await promql(expression, range, mine.signal) };
      } catch (error) {
        return { expression, error, result: [] };
      }
    }));
    if (mine.signal.aborted) return;
    busy = false;
    // what cannot be had now leaves what was there
    const trouble = asked.find(({ error }) => error !== undefined && error.kind !== 'refused')?.error;
    if (trouble !== undefined) {
      drawFound();
      context.report(trouble);
      return;
    }
    if (all.length > 0) context.heard();
    answers = asked;
    draw(when);
  }

  function draw(when) {
    answers.forEach(({ error }, n) => boxes.mark(n, error));
    drawFound();
    const chartPlace = results.querySelector('.chart');
    const below = results.querySelector('.below');
    const shown = answers.filter(({ error }) => error === undefined);
    chartPlace.hidden = isTable() || shown.every(({ result }) => result.length === 0);
    results.hidden = answers.length === 0 || shown.length === 0;
    if (isTable()) {
      render(html`${shown.map((answer) => instantTable(answer, shown.length > 1 ? letters[answers.indexOf(answer)] : ''))}`, below);
      return;
    }
    const units = new Set(shown.filter(({ result }) => result.length > 0).map(({ expression }) => unitOf(expression)));
    const unit = units.size === 1 ? [...units][0] : undefined;
    let nth = 0;
    const lines = shown.flatMap((answer) => linesOf(answer.result, when).map(({ labels, points }) => {
      const name = Object.keys(labels).length === 0 ? answer.expression : seriesText(labels);
      return { name: shown.length > 1 ? `${letters[answers.indexOf(answer)]} ${name}` : name, points, place: nth++ };
    }));
    for (const line of lines) line.hidden = hidden.has(line.name);
    if (lines.length > 0) {
      chart.update({ lines, span: when, unit, log: params.has('log'), stack: params.has('stack'), height: 340, title: queries().join(', ') });
    }
    render(lines.length === 0 ? html`<p class="empty">Nothing fits in this time.</p>` : legend(lines, unit, (name, only) => {
      const others = lines.filter((line) => line.name !== name).map((line) => line.name);
      if (only) hidden = new Set(hidden.size === others.length && !hidden.has(name) ? [] : others);
      else if (!hidden.delete(name)) hidden.add(name);
      draw(when);
    }), below);
  }

  function drawFound() {
    const notes = answers.flatMap(({ warnings = [], infos = [] }) => [...warnings, ...infos]);
    const series = answers.reduce((sum, { result = [] }) => sum + (Array.isArray(result[0]) || result.length === undefined ? 1 : result.length), 0);
    render(html`
      ${queries().length === 0 ? html`<p class="empty">Ask something: a name of a metric is a query. <a href="#/metrics">All metrics</a></p>` : nothing}
      ${answers.map(({ error }, n) => (error === undefined ? nothing : html`<p class="fault">${answers.length > 1 ? html`<b>${letters[n]}</b> ` : nothing}${error.message}</p>`))}
      ${[...new Set(notes)].map((note) => html`<p class="note">${note}</p>`)}
      <p class="hint">${busy ? 'Asking…' : queries().length === 0 || answers.every(({ error }) => error !== undefined) ? '' : `${series} series`}</p>`, found);
  }

  return {
    title: 'Explore',
    go(next) {
      params = next;
      boxes.show(params.getAll('q'), (n) => isOff(n));
      render(timeBar(params, span(), turn, { table: isTable() }), time);
      if (queries().length === 0) {
        answers = [];
        results.hidden = true;
        drawFound();
        return undefined;
      }
      return refresh();
    },
    refresh: () => (busy || !span().live || queries().length === 0 ? undefined : refresh()),
    every: 15_000,
    recolour: () => chart.redraw(),
    close() {
      asking?.abort();
      boxes.close();
      chart.close();
    },
  };
}

const toggled = (list, item, on) => (on ? [...list, item] : list.filter((each) => each !== item));
