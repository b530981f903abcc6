// Dashboards, drawn from the rows of noetl.dashboard as Grafana's are. A panel is asked when it is in sight.
import { html, nothing, render } from '../lit-html.mjs';
import { addressOf, changed, go } from '../address.mjs';
import { serverTime } from '../ask.mjs';
import { Panel } from '../chart/panel.mjs';
import { filledIn, secondsOf, timeSpan } from '../times.mjs';
import { empty } from './overview-tables.mjs';
import { timeBar } from './time-bar.mjs';

const refreshes = ['5s', '15s', '30s', '1m', '5m'];

export function open(place, context) {
  let params = new URLSearchParams();
  let dashboards;
  let drawn;
  /** @type {Map<Element, { panel: Panel, given: any, seen: boolean, stale: boolean }>} */
  const panels = new Map();
  render(html`<h1 class="unseen">Dashboards</h1><nav class="tabs" aria-label="Dashboards"></nav><div class="time"></div><div class="board"></div>`, place);
  const [tabs, time, board] = [...place.children].slice(1);

  const span = () => timeSpan(params, { now: serverTime(), began: context.overview?.began, least: context.overview?.scrape_seconds, points: 120 });
  const turn = (entries) => go(addressOf('dashboards', changed(params, entries)));
  const scrape = () => context.overview?.scrape_seconds ?? 15;
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const mine = panels.get(target);
      if (mine === undefined) continue;
      mine.seen = isIntersecting;
      if (isIntersecting && mine.stale) void ask(mine);
    }
  }, { rootMargin: '200px' });

  async function ask(mine) {
    mine.stale = false;
    await mine.panel.show(mine.given, span(), context, { height: mine.given.kind === 'timeseries' ? 200 : undefined });
  }

  async function askAll() {
    for (const mine of panels.values()) mine.stale = true;
    await Promise.all([...panels.values()].filter(({ seen }) => seen).map((mine) => ask(mine)));
  }

  const asked = ({ targets }, when) => addressOf('explore', {
    q: targets.map(({ expression }) => filledIn(expression, when, scrape())), ...Object.fromEntries(['range', 'from', 'to'].map((key) => [key, params.get(key)])) });

  function draw({ name, sections }) {
    const when = span();
    const chosen = params.get('refresh') ?? '15s';
    render(html`${dashboards.map((each) => html`<a href=${addressOf('dashboards', changed(params, { name: each.name }))} aria-current=${each.name === name ? 'page' : nothing}>${each.name}</a>`)}
      <a class="aside" href="/grafana/${name}.json" @click=${(event) => context.follow(event)}>as Grafana's JSON</a> <a class="aside" href="/grafana/sql.json" @click=${(event) => context.follow(event)}>for Grafana's PostgreSQL</a>`, tabs);
    render(html`${timeBar(params, when, turn, { forms: false })}<label class="bar">Refresh <select @change=${(event) => turn({ refresh: event.target.value === '15s' ? undefined : event.target.value })}>
      <option value="off" .selected=${chosen === 'off'}>off</option>${refreshes.map((each) => html`<option value=${each} .selected=${each === chosen}>every ${each}</option>`)}</select></label>`, time);
    const shape = JSON.stringify([name, sections]);
    if (drawn !== shape) {
      clear();
      board.replaceChildren(document.createElement('div'));
    }
    render(html`${sections.map(({ title, panels: listed }) => html`<section><h2>${title}</h2><div class="panels">${listed.map((panel) => html`
      <article class="panel sheet" .style=${`--width: ${panel.width}`}><h3><a href=${asked(panel, when)}>${panel.title}</a></h3><div class="drawn"></div></article>`)}</div></section>`)}`, board.firstElementChild);
    if (drawn === shape) return false;
    drawn = shape;
    const listed = sections.flatMap((section) => section.panels);
    board.querySelectorAll('.drawn').forEach((inside, n) => {
      const panel = new Panel(inside, { zoom: (from, to) => turn({ from, to, range: undefined }) });
      panels.set(inside, { panel, given: listed[n], seen: false, stale: true });
      sight.observe(inside);
    });
    return true;
  }

  function clear() {
    for (const [inside, { panel }] of panels) {
      sight.unobserve(inside);
      panel.close();
    }
    panels.clear();
    drawn = undefined;
  }

  let refreshed = 0;
  return {
    title: 'Dashboards',
    async go(next) {
      params = next;
      dashboards = await context.ask('/api/ui/dashboards') ?? dashboards;
      if (dashboards === undefined) return;
      const wanted = params.get('name') ?? 'noetl';
      const dashboard = dashboards.find(({ name }) => name === wanted);
      if (dashboard === undefined) {
        clear();
        board.replaceChildren(document.createElement('div'));
        render(empty(`There is no dashboard ${wanted}.`), board.firstElementChild);
        return;
      }
      refreshed = Date.now();
      if (!draw(dashboard)) await askAll();
    },
    async refresh() {
      const every = secondsOf(params.get('refresh') ?? '15s');
      if (every === undefined || !span().live || Date.now() - refreshed < every * 1000 - 100) return;
      refreshed = Date.now();
      await askAll();
    },
    recolour: () => [...panels.values()].forEach(({ panel }) => panel.redraw()),
    close() {
      sight.disconnect();
      clear();
    },
  };
}
