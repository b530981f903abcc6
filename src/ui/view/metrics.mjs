// All metrics, found by name or help, and one of them as its type wants it: a value, a rate, quantiles.
import { html, nothing, render } from '../lit-html.mjs';
import { addressOf, changed, go } from '../address.mjs';
import { serverTime } from '../ask.mjs';
import { Panel } from '../chart/panel.mjs';
import { filledIn, timeSpan } from '../times.mjs';
import { count, duration, plural } from '../words.mjs';
import { empty } from './overview-tables.mjs';
import { timeBar } from './time-bar.mjs';

const mostFamilies = 300;

export function open(place, context) {
  let params = new URLSearchParams();
  let families;
  let words = '';
  /** When the list was asked for; it changes seldom. */
  let listed = 0;
  render(html`<h1 class="unseen">Metrics</h1><div class="explorer sheet"><div class="finder">
    <label for="search">Search <kbd>/</kbd></label>
    <input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="name or help" @input=${(event) => { words = event.target.value; drawList(); }} @keydown=${keyed}>
    <p id="found" role="status"></p><ul id="families" @keydown=${walk}></ul></div>
    <article id="family"><div class="about"></div><div class="time"></div><div class="drawn"></div></article></div>`, place);
  const [about, time, drawn] = place.querySelector('#family').children;
  const list = place.querySelector('#families');
  const panel = new Panel(drawn, { zoom: (from, to) => turn({ from, to, range: undefined }) });

  const span = () => timeSpan(params, { now: serverTime(), began: context.overview?.began, least: context.overview?.scrape_seconds });
  const turn = (entries) => go(addressOf('metrics', changed(params, entries)));
  const chosen = () => families?.find(({ name }) => name === params.get('name')) ?? (params.has('name') ? undefined : families?.find(({ name, series }) => series > 0 && !name.startsWith('ALERTS')) ?? families?.[0]);

  async function load() {
    const found = await context.ask('/api/ui/families');
    if (found === undefined) return;
    listed = Date.now();
    families = found;
  }

  function drawList() {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const found = families.filter(({ name, help }) => wanted.every((word) => `${name} ${help ?? ''}`.toLowerCase().includes(word)));
    const now = chosen()?.name;
    place.querySelector('#found').textContent =
      found.length === families.length ? plural(families.length, 'metric') : `${count(found.length)} of ${plural(families.length, 'metric')}`;
    render(html`${found.slice(0, mostFamilies).map(({ name, type, series }) => html`<li><a href=${addressOf('metrics', changed(params, { name, query: undefined }))}
        aria-current=${name === now ? 'true' : nothing} title=${plural(series, 'series', 'series')}>
        <span class="name ${series === 0 ? 'zero' : ''}">${breakable(name)}</span><small>${type} · ${count(series)}</small></a></li>`)}
      ${found.length > mostFamilies ? html`<li class="empty">and ${count(found.length - mostFamilies)} more: search for them</li>` : nothing}
      ${found.length === 0 && wanted.length > 0 ? html`<li class="empty">No metric has that in its name or help.</li>` : nothing}`, list);
  }

  async function draw() {
    const family = chosen();
    const nothingYet = families.every(({ series }) => series === 0);
    if (family === undefined || (nothingYet && !params.has('name'))) {
      render(params.has('name') ? empty(`There is no metric ${params.get('name')}.`) : empty('Nothing is recorded yet. This counts one order:', "select noetl.inc('orders_total');"), about);
      render(nothing, time);
      panel.clear();
      return;
    }
    const { name, type, unit, help, series, ended_at: endedAt, queries } = family;
    const query = queries.find(({ title }) => title === params.get('query')) ?? queries[0];
    const when = span();
    const scrape = context.overview?.scrape_seconds ?? 15;
    render(html`<h2 class="name">${breakable(name)}</h2>
      <p class="help"><span class="tag">${[type, unit].filter(Boolean).join(' · ')}</span>${help ?? ''}</p>
      ${series > 0 ? nothing : html`<p class="note">${endedAt === null ? 'Nothing was recorded of it yet.' : `It has no series now; the last one ended ${duration(serverTime() - endedAt)} ago.`}</p>`}
      <div class="forms" role="group" aria-label="What is shown">${queries.map(({ title }) => html`<button type="button" class="choice"
        aria-pressed=${String(title === query.title)} @click=${() => turn({ name, query: title })}>${title}</button>`)}
        <a href=${addressOf('explore', { q: query.targets.map(({ expression }) => filledIn(expression, when, scrape)), ...Object.fromEntries(['range', 'from', 'to'].map((key) => [key, params.get(key)])) })}>Open in Explore</a></div>`, about);
    render(timeBar(params, when, turn, { forms: false }), time);
    await panel.show({ title: name, targets: query.targets, unit: query.unit, kind: 'timeseries' }, when, context, { height: 320, withLegend: true });
  }

  function keyed(event) {
    if (event.key === 'ArrowDown') walk(event);
    if (event.key === 'Escape') {
      words = event.target.value = '';
      drawList();
    }
  }

  /** The list is walked with the arrow keys, from the search box as well. */
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const links = [...list.querySelectorAll('a')];
    const to = links.indexOf(document.activeElement) + step;
    (to < 0 ? place.querySelector('#search') : links[Math.min(to, links.length - 1)])?.focus();
  }

  function slash(event) {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    place.querySelector('#search').select();
  }
  document.addEventListener('keydown', slash);

  return {
    title: 'Metrics',
    async go(next) {
      params = next;
      if (families === undefined) await load();
      if (families === undefined) return;
      drawList();
      list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
      await draw();
    },
    async refresh() {
      if (families === undefined || Date.now() - listed > 30_000) await load();
      if (families === undefined) return;
      drawList();
      if (span().live) await draw();
    },
    every: 15_000,
    recolour: () => panel.redraw(),
    close() {
      document.removeEventListener('keydown', slash);
      panel.close();
    },
  };
}

/** A long name may go on in the next line after an underscore. */
const breakable = (name) => name.split(/(?<=_)/).map((part, n) => (n === 0 ? part : html`<wbr>${part}`));
