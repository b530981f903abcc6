// Draws what /api/ui/… has finished: nothing is computed here that SQL could have said.
import uPlot from './uplot.mjs';

const overviewEvery = 5000;
const chartEvery = 15_000;
const patience = 8000;
const mostLines = 8;
const mostFamilies = 400;
const mostRows = 300;

// Okabe and Ito's colours, which most people can tell apart, in a form that holds on both grounds.
const colours = ['#3b82e0', '#d97a00', '#179f74', '#c05a9b', '#7a6ff0', '#b8462f', '#2ba6c9', '#8a8f3c'];

const $ = (id) => document.getElementById(id);

/** @type {Record<string, any>} */
const state = {
  overview: undefined,
  /** Of the family that is shown. */
  family: undefined,
  series: [],
  chosen: [],
  chart: undefined,
  filter: '',
  lastHeard: undefined,
};

// --- words and numbers ---------------------------------------------------------------------------------------------

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Four digits at most: 1,234 · 12.3 k · 0.0123. */
function figure(value) {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 10_000) return plain.format(value);
  for (const [unit, letter] of [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e4, 'k']]) {
    if (size >= unit) return `${trimmed(value / (unit === 1e4 ? 1e3 : unit))} ${letter}`;
  }
  return size !== 0 && size < 1e-4 ? value.toExponential(2) : trimmed(value);
}

const trimmed = (value) => String(Number(value.toPrecision(4)));

function bytes(value) {
  const step = value === null || value === 0 ? 0 : Math.min(5, Math.max(0, Math.floor(Math.log2(Math.abs(value)) / 10)));
  return value === null ? '–' : `${trimmed(value / 1024 ** step)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'][step]}`;
}

/** 0.012 s · 45 s · 3 min 20 s · 2 h 5 min · 4 d. */
function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const size = Math.abs(seconds);
  if (size === 0) return '0 s';
  if (size < 1) return `${trimmed(seconds * 1000)} ms`;
  if (size < 60) return `${size < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  const whole = Math.round(size);
  const parts = [['d', 86_400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = parts.findIndex(([, length]) => whole >= length);
  const [unit, length] = parts[first];
  const next = parts[Math.min(first + 1, parts.length - 1)];
  const rest = Math.floor((whole % length) / next[1]);
  return `${seconds < 0 ? '−' : ''}${Math.floor(whole / length)} ${unit}${rest > 0 ? ` ${rest} ${next[0]}` : ''}`;
}

const formats = {
  seconds: duration,
  bytes,
  ratio: (value) => (value === null ? '–' : `${trimmed(value * 100)} %`),
  percent: (value) => (value === null ? '–' : `${trimmed(value)} %`),
};

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString();

const plural = (n, one, many = `${one}s`) => `${plain.format(n)} ${n === 1 ? one : many}`;

// --- elements ------------------------------------------------------------------------------------------------------

/** An element with properties, attributes (with a dash) and children; text never becomes markup. */
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-')) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

function table(headings, rows) {
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...headings.map(([text, kind]) => element('th', { className: kind ?? '', scope: 'col' }, text)))),
    element('tbody', {}, ...rows),
  );
}

const cell = (content, className = '') => element('td', { className }, content);

/** A long name may go on in the next line after an underscore. */
const breakable = (name) => name.split(/(?<=_)/).flatMap((part, n) => (n === 0 ? [part] : [document.createElement('wbr'), part]));

function empty(text, sql) {
  return element('p', { className: 'empty' }, text, ...(sql === undefined ? [] : [element('code', {}, sql)]));
}

// --- the overview --------------------------------------------------------------------------------------------------

const moods = { ready: 'good', busy: 'good', offline: '', forgotten: '', lost: 'bad' };

function drawOverview() {
  const { components, queues, families } = state.overview;
  const present = components.filter((component) => component.state !== 'forgotten');
  const alive = present.filter((component) => moods[component.state] === 'good');
  const lost = present.filter((component) => component.state === 'lost');
  const ready = queues.reduce((sum, queue) => sum + (queue.jobs.ready ?? 0), 0);
  const stuck = queues.reduce((sum, queue) => sum + (queue.jobs.stuck ?? 0), 0);
  const oldest = queues.reduce((most, queue) => Math.max(most, queue.oldest_ready_seconds ?? 0), 0);
  const figures = [
    [plain.format(alive.length), 'components alive', ''],
    [plain.format(lost.length), 'components lost', lost.length > 0 ? 'bad' : 'zero'],
    [figure(ready), 'jobs ready', ''],
    [duration(oldest), 'oldest ready job', oldest > 300 ? 'warn' : ''],
    [figure(stuck), 'jobs stuck', stuck > 0 ? 'bad' : 'zero'],
    [plain.format(families.reduce((sum, family) => sum + family.series, 0)), 'series', ''],
  ];
  $('figures').replaceChildren(
    ...figures.map(([value, label, mood]) => element('div', { className: 'figure' }, element('b', { className: mood }, value), element('span', {}, label))),
  );

  $('components').replaceChildren(
    present.length === 0
      ? empty('No component has registered yet.', "select noetl.register_runtime('my-worker', 'worker_pool');")
      : table(
          [['Component'], ['State'], ['Last beat', 'number'], ['Series', 'number spare']],
          present.map((component) =>
            element('tr', {},
              element('td', {}, element('span', {}, component.name), element('small', {}, component.type)),
              cell(element('span', { className: `state ${moods[component.state] ?? ''}` }, component.state)),
              cell(component.silent_seconds === null ? 'never' : `${duration(Math.max(0, Math.floor(component.silent_seconds)))} ago`, 'number'),
              cell(plain.format(component.series), 'number spare'),
            ),
          ),
        ),
  );

  const spare = new Set(['blocked', 'scheduled', 'retrying']); // where there is little room
  const states = ['ready', 'blocked', 'scheduled', 'retrying', 'running', 'stuck', 'failed'];
  $('queues').replaceChildren(
    queues.length === 0
      ? empty('No queue is collected yet.', "select noetl.register_queue('graphile_worker');")
      : table(
          [['Queue'], ['Oldest ready', 'number'], ...states.map((name) => [name[0].toUpperCase() + name.slice(1), `number${spare.has(name) ? ' spare' : ''}`])],
          queues.map((queue) =>
            element('tr', {},
              element('td', {}, element('span', {}, queue.source), element('small', {}, queue.queue)),
              cell(duration(queue.oldest_ready_seconds === null ? null : Math.floor(queue.oldest_ready_seconds)), `number ${queue.oldest_ready_seconds > 300 ? 'warn' : ''}`),
              ...states.map((name) => {
                const jobs = queue.jobs[name];
                const mood = jobs > 0 && (name === 'stuck' || name === 'failed') ? 'bad' : jobs === 0 ? 'zero' : '';
                return cell(figure(jobs), `number ${mood}${spare.has(name) ? ' spare' : ''}`);
              }),
            ),
          ),
        ),
  );
  drawFamilies();
}

function drawFamilies() {
  const { families } = state.overview;
  const words = $('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = families.filter(({ name, help }) => {
    const text = `${name} ${help ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const focused = document.activeElement?.dataset?.family;
  $('found').textContent =
    families.length === 0 ? '' : found.length === families.length ? plural(families.length, 'metric') : `${plain.format(found.length)} of ${plural(families.length, 'metric')}`;
  $('families').replaceChildren(
    ...found.slice(0, mostFamilies).map(({ name, type, series }) =>
      element('li', {},
        element('button', { type: 'button', 'data-family': name, 'aria-current': String(name === state.family), title: plural(series, 'series', 'series') },
          element('span', { className: `name${series === 0 ? ' zero' : ''}` }, ...breakable(name)),
          element('small', {}, `${type} · ${plain.format(series)}`),
        ),
      ),
    ),
    ...(found.length > mostFamilies ? [element('li', { className: 'empty' }, `and ${found.length - mostFamilies} more: search for them`)] : []),
    ...(families.length > 0 && found.length === 0 ? [element('li', { className: 'empty' }, 'No metric has that in its name or help.')] : []),
  );
  if (focused !== undefined) document.querySelector(`[data-family="${focused}"]`)?.focus({ preventScroll: true });
  if (families.every(({ series }) => series === 0) && state.family === undefined) {
    $('family').replaceChildren(empty('Nothing is recorded yet. This counts one order:', "select noetl.inc('orders_total');"));
  } else if (state.family === undefined) {
    chooseFromAddress();
  }
}

// --- one family ----------------------------------------------------------------------------------------------------

const known = () => state.overview?.families.find(({ name }) => name === state.family);

function chooseFromAddress() {
  const named = new URLSearchParams(location.hash.slice(1)).get('family');
  const families = state.overview?.families ?? [];
  const first = families.find(({ name }) => name === named) ?? families.find(({ recorded }) => recorded) ?? families[0];
  if (first !== undefined && first.name !== state.family) void choose(first.name);
}

async function choose(name) {
  state.family = name;
  state.series = [];
  state.chosen = [];
  state.filter = '';
  for (const button of document.querySelectorAll('[data-family]')) button.setAttribute('aria-current', String(button.dataset.family === name));
  document.querySelector(`[data-family="${name}"]`)?.scrollIntoView({ block: 'nearest' });
  const { type, help, unit } = known() ?? {};
  $('family').replaceChildren(
    element('h3', { className: 'name' }, ...breakable(name)),
    element('p', { className: 'help' }, element('span', { className: 'tag' }, [type, unit].filter(Boolean).join(' · ')), help ?? ''),
    element('p', { className: 'caption', id: 'caption' }),
    element('div', { id: 'chart' }, element('p', { className: 'empty' }, 'Loading…')),
    element('div', { className: 'rows', id: 'rows' }),
  );
  await refreshFamily();
}

async function refreshFamily() {
  const name = state.family;
  if (name === undefined) return;
  const series = await ask(`/api/ui/series?family=${encodeURIComponent(name)}`);
  if (series === undefined || name !== state.family) return;
  const first = state.series.length === 0;
  state.series = series;
  if (first) state.chosen = series.slice(0, type() === 'histogram' || type() === 'summary' ? 2 : mostLines).map(({ id }) => id);
  drawRows();
  await refreshChart();
}

const type = () => known()?.type;

/** How the values of the chart read. */
function format() {
  const counter = type() === 'counter';
  const unit = known()?.unit ?? ['seconds', 'bytes', 'ratio', 'percent'].find((ending) => state.family?.endsWith(`_${ending}`));
  return counter ? figure : (formats[unit] ?? figure);
}

async function refreshChart() {
  const { family, chosen } = state;
  const chart = chosen.length === 0 ? { lines: [] } : await ask(`/api/ui/chart?series=${chosen.join(',')}`);
  if (chart === undefined || family !== state.family || chosen !== state.chosen) return;
  state.chart = chart;
  drawChart();
}

function labelOf({ labels, component }) {
  const text = [labels && `{${labels}}`, component && !labels.includes(`component="${component}"`) ? `of ${component}` : ''].filter(Boolean).join(' ');
  return text || 'without labels';
}

function drawRows() {
  const spread = type() === 'histogram' || type() === 'summary';
  const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = state.series.filter((series) => words.every((word) => labelOf(series).toLowerCase().includes(word)));
  const focused = document.activeElement?.id;
  const rows = matching.slice(0, mostRows).map((series) => {
    const box = element('input', { type: 'checkbox', checked: state.chosen.includes(series.id), id: `s${series.id}`, 'data-series': series.id });
    const value = Number(series.value.replace('Inf', 'Infinity'));
    const shown = spread && !series.labels.includes('quantile=') ? plural(value, 'observation') : type() === 'counter' ? figure(value) : format()(value);
    return element('tr', {},
      cell(element('label', {}, box, element('span', { className: 'key' }), element('span', { className: 'name' }, labelOf(series)))),
      element('td', { className: 'number', title: series.value }, shown),
    );
  });
  $('rows').replaceChildren(
    state.series.length === 0
      ? ''
      : table([[state.series.length > 10 ? filterBox() : plural(state.series.length, 'series', 'series')], ['Now', 'number']], rows),
    ...(matching.length > mostRows ? [empty(`and ${plain.format(matching.length - mostRows)} more: filter for them`)] : []),
  );
  if (focused && focused !== 'search') $(focused)?.focus({ preventScroll: true });
  colourKeys();
}

function filterBox() {
  return element('input', { type: 'search', id: 'filter', value: state.filter, placeholder: `filter ${plural(state.series.length, 'series', 'series')}`, 'aria-label': 'Filter the series' });
}

/** A colour belongs to a series; the quantiles of a histogram are told apart by their dashes. */
const colourOf = (series) => colours[state.chosen.indexOf(series) % colours.length];

function colourKeys() {
  for (const box of document.querySelectorAll('[data-series]')) {
    box.nextElementSibling.style.background = box.checked ? colourOf(box.dataset.series) : 'transparent';
  }
}

const captions = {
  value: 'Value, last hour',
  rate: 'Per second, last hour',
  quantile: 'Median (solid), 95th (dashed) and 99th percentile (dotted), last hour',
  mean: 'Mean, last hour',
};
const dashes = { p95: [6, 4], p99: [2, 3] };

let plot;

function drawChart() {
  const { lines, since, step } = state.chart;
  const place = $('chart');
  const heard = lines.filter(({ points }) => points.some((point) => point !== null));
  plot?.destroy();
  plot = undefined;
  $('caption').textContent = heard.length === 0 ? '' : captions[heard[0].kind];
  if (heard.length === 0) {
    const why = state.series.length === 0 ? 'It has no series now.' : state.chosen.length === 0 ? 'Choose a series below.' : 'Nothing was stored of it in the last hour.';
    place.replaceChildren(element('p', { className: 'empty' }, why));
    place.removeAttribute('aria-label');
    return;
  }
  const style = getComputedStyle(document.documentElement);
  const [ink, grid] = ['--quiet', '--grid'].map((name) => style.getPropertyValue(name).trim());
  const read = format();
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 }, font: '12px system-ui, sans-serif' };
  const times = heard[0].points.map((_, n) => since + n * step);
  place.replaceChildren();
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', `${state.family}, last hour: ${heard.map(summary).join('; ')}`);
  plot = new uPlot(
    {
      width: place.clientWidth,
      height: 300,
      legend: { show: false },
      cursor: { y: false, points: { size: 7 } },
      scales: { x: { time: true, range: [since, times.at(-1)] }, y: { range: (_, low, high) => span(low, high) } },
      axes: [{ ...axis, space: 80, values: (_, ticks) => ticks.map((at) => new Date(at * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })) },
        { ...axis, size: 74, values: (_, ticks) => ticks.map((value) => read(Number(value.toPrecision(12)))) }],
      series: [
        {},
        ...heard.map(({ series, name }) => ({ stroke: colourOf(series), width: 1.75, dash: dashes[name], spanGaps: false, points: { show: (self, at) => isolated(self.data[at]) } })),
      ],
      hooks: { setCursor: [showCursor(heard, times, read)] },
    },
    [times, ...heard.map(({ points }) => points)],
    place,
  );
  colourKeys();
}

/** From 0 where that is not far away, so that a flat line looks flat. */
function span(low, high) {
  if (low === null || high === null) return [0, 1];
  const bottom = low >= 0 && low < high * 0.7 ? 0 : low;
  const top = high <= 0 && high > low * 0.7 ? 0 : high;
  if (bottom === top) return bottom === 0 ? [0, 1] : [Math.min(0, bottom * 1.2), Math.max(0, bottom * 1.2)];
  const room = (top - bottom) * 0.06;
  return [bottom === 0 ? 0 : bottom - room, top === 0 ? 0 : top + room];
}

/** A point between two gaps has no line to show it. */
function isolated(points) {
  return points.some((point, n) => point !== null && (points[n - 1] ?? null) === null && (points[n + 1] ?? null) === null);
}

function summary({ series, name, points }) {
  const last = points.findLast((point) => point !== null);
  const label = labelOf(state.series.find(({ id }) => id === series) ?? { labels: '', component: null });
  return `${[label, name].filter(Boolean).join(' ')} ${format()(last)}`;
}

const showCursor = (lines, times, read) => (self) => {
  const at = self.cursor.idx;
  const { kind } = lines[0];
  $('caption').textContent =
    at === null || at === undefined
      ? captions[kind]
      : `${clock(times[at])}: ${lines.map((line) => [line.name, read(line.points[at])].filter(Boolean).join(' ')).join(' · ')}`;
};

// --- what comes in -------------------------------------------------------------------------------------------------

const tokenKey = 'noetl-metrics-token';

/** An answer to whoever has the token, if one was given. */
async function request(url, accept) {
  const token = sessionStorage.getItem(tokenKey);
  const headers = { accept, ...(token !== null && { authorization: `Bearer ${token}` }) };
  return fetch(url, { signal: AbortSignal.timeout(patience), headers });
}

/** The finished JSON, or undefined where there is none now; what that means is on the page then. */
async function ask(url) {
  if (document.body.dataset.state === 'locked' && sessionStorage.getItem(tokenKey) === null) return undefined;
  try {
    const answer = await request(url, 'application/json');
    if (answer.status === 401) return signIn();
    if (!answer.ok) throw new Error(answer.status === 503 || answer.status === 500 ? 'The database does not answer.' : `The server refused (${answer.status}).`);
    const found = await answer.json();
    state.lastHeard = Date.now() / 1000;
    say('live');
    return found;
  } catch (error) {
    say('away', error instanceof TypeError || error.name === 'TimeoutError' ? 'The server does not answer.' : error.message);
    return undefined;
  }
}

/** Asks for the token, and says so if the one that was given is not the server's. */
function signIn() {
  const refused = sessionStorage.getItem(tokenKey) !== null;
  sessionStorage.removeItem(tokenKey);
  document.body.dataset.state = 'locked';
  $('status').textContent = 'Locked';
  if (refused || $('sign-in').hidden) {
    $('trouble').hidden = !refused;
    $('trouble').textContent = refused ? 'The server does not know this token.' : '';
  }
  $('sign-in').hidden = false;
  if (state.overview === undefined) for (const waiting of document.querySelectorAll('.waiting')) waiting.textContent = 'Nothing to show yet.';
  return undefined;
}

function say(what, trouble) {
  document.body.dataset.state = what;
  if (what === 'live') $('sign-in').hidden = true;
  $('trouble').hidden = what === 'live';
  if (what === 'live') {
    $('status').textContent = `Live, ${clock(state.lastHeard)}`;
  } else {
    const since = state.lastHeard === undefined ? 'Nothing was heard yet.' : `What is shown is from ${clock(state.lastHeard)}.`;
    $('status').textContent = 'Away';
    $('trouble').textContent = `${trouble} ${since} Trying again every ${overviewEvery / 1000} s.`;
    if (state.overview === undefined) for (const waiting of document.querySelectorAll('.waiting')) waiting.textContent = 'Nothing to show yet.';
  }
}

async function refreshOverview() {
  const overview = await ask('/api/ui/overview');
  if (overview === undefined) return;
  state.overview = overview;
  drawOverview();
}

/** Again and again while somebody looks, one request at a time. */
function keep(refresh, every) {
  const turn = async () => {
    if (!document.hidden) await refresh();
    setTimeout(() => void turn(), every);
  };
  void turn();
}

// --- hands ---------------------------------------------------------------------------------------------------------

$('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(tokenKey, $('token').value.trim());
  $('token').value = '';
  void refreshOverview().then(refreshFamily);
});

/** A link carries no token, so what it leads to is fetched and shown from here. */
document.querySelector('nav').addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (link === null || sessionStorage.getItem(tokenKey) === null) return;
  event.preventDefault();
  void follow(link.href);
});

async function follow(url) {
  const answer = await request(url, '*/*').catch(() => undefined);
  if (answer?.status === 401) signIn();
  else if (answer?.ok) location.assign(URL.createObjectURL(new Blob([await answer.text()], { type: 'text/plain;charset=utf-8' })));
  else say('away', 'The server does not answer.');
}

$('search').addEventListener('input', () => state.overview && drawFamilies());

$('families').addEventListener('click', (event) => {
  const name = event.target.closest('[data-family]')?.dataset.family;
  if (name === undefined) return;
  history.replaceState(null, '', `#family=${encodeURIComponent(name)}`);
  void choose(name);
});

/** The list is walked with the arrow keys, from the search box as well. */
function walk(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step === undefined) return;
  const buttons = [...document.querySelectorAll('[data-family]')];
  const to = buttons.indexOf(document.activeElement) + step;
  event.preventDefault();
  (to < 0 ? $('search') : buttons[Math.min(to, buttons.length - 1)])?.focus();
}
$('families').addEventListener('keydown', walk);
$('search').addEventListener('keydown', walk);

document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.ctrlKey && !event.metaKey && !(event.target instanceof HTMLInputElement && event.target.type === 'search')) {
    event.preventDefault();
    $('search').focus();
    $('search').select();
  }
  if (event.key === 'Escape' && document.activeElement === $('search')) {
    $('search').value = '';
    if (state.overview) drawFamilies();
  }
});

$('family').addEventListener('input', (event) => {
  if (event.target.id === 'filter') {
    state.filter = event.target.value;
    drawRows();
    const box = $('filter');
    box?.setSelectionRange(box.value.length, box.value.length);
    return;
  }
  const series = event.target.dataset.series;
  if (series === undefined) return;
  const others = state.chosen.filter((id) => id !== series);
  state.chosen = event.target.checked ? [...others, series].slice(-mostLines) : others;
  drawRows();
  void refreshChart();
});

window.addEventListener('hashchange', () => {
  if (state.overview) chooseFromAddress();
});
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => state.chart && $('chart') && drawChart());
new ResizeObserver(() => {
  const width = $('chart')?.clientWidth;
  if (plot !== undefined && width > 0 && width !== plot.width) plot.setSize({ width, height: 300 });
}).observe($('family'));
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refreshOverview();
});

keep(refreshOverview, overviewEvery);
keep(refreshFamily, chartEvery);
