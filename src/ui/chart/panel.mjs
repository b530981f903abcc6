// A panel: the expressions of one picture, asked and drawn; on a dashboard and on the page of a metric.
import { html, nothing, render } from '../lit-html.mjs';
import { promql } from '../ask.mjs';
import { filledIn } from '../times.mjs';
import { formatOf, legendText, seriesText } from '../words.mjs';
import { Chart } from './chart.mjs';
import { legend } from './legend.mjs';
import { lastOf, linesOf } from './series.mjs';

export class Panel {
  #chart;
  #places;
  #asking;
  #hidden = new Set();
  #last;

  constructor(place, { zoom } = {}) {
    render(html`<div class="chart"></div><div class="below"></div>`, place);
    this.#places = { chart: place.querySelector('.chart'), below: place.querySelector('.below') };
    this.#chart = new Chart(this.#places.chart, { zoom });
  }

  /** given: { title, kind, unit, targets: [{ expression, legend }] }. What cannot be had now leaves what was there. */
  async show(given, span, context, { height = 200, withLegend = false } = {}) {
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    const scrape = context.overview?.scrape_seconds ?? 15;
    const range = given.kind === 'table' ? { until: span.until } : span;
    try {
      const answers = await Promise.all(given.targets.map(({ expression }) => promql(filledIn(expression, span, scrape), range, signal)));
      context.heard();
      this.#last = { given, span, answers, height, withLegend };
      this.#draw();
    } catch (error) {
      if (signal.aborted) return;
      if (error.kind !== 'refused') context.report(error);
      else this.#say(html`<p class="fault">${error.message}</p>`);
    }
  }

  #draw() {
    const { given, span, answers, height, withLegend } = this.#last;
    if (given.kind === 'table') {
      this.#say(table(given, answers));
      return;
    }
    let place = 0;
    const lines = answers.flatMap(({ result }, n) => linesOf(result, span).map(({ labels, points }) => (
      { name: legendText(given.targets[n].legend, labels) || seriesText(labels), points, place: place++ })));
    if (lines.every(({ points }) => lastOf(points) === null)) {
      this.#say(html`<p class="empty">Nothing was stored of it in this time.</p>`);
      return;
    }
    if (given.kind === 'stat') {
      const read = formatOf(given.unit);
      this.#say(html`<div class="stats">${lines.map(({ name, points }) => html`<p class="stat"><b>${read(lastOf(points))}</b>${lines.length > 1 ? html`<span>${name}</span>` : nothing}</p>`)}</div>`);
      return;
    }
    for (const line of lines) line.hidden = this.#hidden.has(line.name);
    this.#places.chart.hidden = false;
    this.#chart.update({ lines, span, unit: given.unit, height, title: given.title });
    const choose = (name, only) => {
      const others = lines.map((line) => line.name).filter((each) => each !== name);
      if (only) this.#hidden = new Set(this.#hidden.size === others.length && !this.#hidden.has(name) ? [] : others);
      else if (!this.#hidden.delete(name)) this.#hidden.add(name);
      this.#draw();
    };
    render(withLegend || lines.length > 1 ? legend(lines, given.unit, choose) : nothing, this.#places.below);
  }

  #say(words) {
    this.#places.chart.hidden = true;
    render(words, this.#places.below);
  }

  clear() {
    this.#say(nothing);
  }

  redraw() {
    this.#chart.redraw();
  }

  close() {
    this.#asking?.abort();
    this.#chart.close();
  }
}

function table({ unit, targets }, answers) {
  const read = formatOf(unit);
  const rows = answers.flatMap(({ result }, n) => result.map(({ metric, value }) => html`<tr>
    <td class="name">${legendText(targets[n].legend, metric) || seriesText(metric)}</td><td class="number">${read(Number(value[1].replace('Inf', 'Infinity')))}</td></tr>`));
  if (rows.length === 0) return html`<p class="empty">Nothing fits.</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Values"><table><tbody>${rows}</tbody></table></div>`;
}
