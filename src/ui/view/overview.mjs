// The overview: what is there, what waits, what is wrong. Each figure leads to what it counts.
import { html, nothing, render } from '../lit-html.mjs';
import { addressOf } from '../address.mjs';
import { count, duration, figure } from '../words.mjs';
import { collectorTable, componentTable, queueTable } from './overview-tables.mjs';

const explore = (...expressions) => addressOf('explore', { q: expressions });

function figures({ components, queues, alerts, series }) {
  const present = components.filter(({ state }) => state !== 'forgotten');
  const alive = present.filter(({ state }) => state === 'ready' || state === 'busy').length;
  const lost = present.filter(({ state }) => state === 'lost').length;
  const total = (state) => queues.reduce((sum, { jobs }) => sum + (jobs[state] ?? 0), 0);
  const oldest = queues.reduce((most, queue) => Math.max(most, queue.oldest_ready_seconds ?? 0), 0);
  const firing = alerts.filter(({ state, silenced }) => state === 'firing' && !silenced).length;
  return [
    [count(firing), 'alerts firing', firing > 0 ? 'bad' : 'zero', '#/alerts'],
    [count(alive), 'components alive', '', explore('sum by (component_type, status) (noetl_components)')],
    [count(lost), 'components lost', lost > 0 ? 'bad' : 'zero', explore('noetl_components{status="lost"}')],
    [figure(total('ready')), 'jobs ready', '', explore('noetl_queue_jobs{state="ready"}')],
    [duration(oldest), 'oldest ready job', oldest > 300 ? 'warn' : '', explore('noetl_queue_oldest_ready_seconds')],
    [figure(total('stuck')), 'jobs stuck', total('stuck') > 0 ? 'bad' : 'zero', explore('noetl_queue_jobs{state="stuck"}')],
    [count(series), 'series', '', '#/cardinality'],
  ];
}

const alertRow = (alert) => html`<li class=${alert.state === 'firing' && !alert.silenced ? 'firing' : ''}>
  <a href=${addressOf('alerts', { name: alert.name })}>${alert.summary}</a>
  <small>${[alert.name, alert.severity, `${alert.state} for ${duration(alert.seconds)}`, alert.silenced ? 'silenced' : undefined].filter(Boolean).join(' · ')}</small></li>`;

const section = (id, title, body) => html`<section aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2><div id=${id} class="body sheet">${body}</div></section>`;

export function open(place, context) {
  const draw = () => {
    const overview = context.overview;
    if (overview === undefined) return;
    const { components, queues, alerts, collectors } = overview;
    render(html`<h1 class="unseen">Overview</h1>
      <section id="figures" aria-label="At a glance">${figures(overview).map(([value, label, mood, href]) => html`
        <a class="figure" href=${href}><b class=${mood}>${value}</b><span>${label}</span></a>`)}</section>
      ${alerts.length === 0 ? nothing : section('alerts', 'Alerts', html`<ul class="alerts">${alerts.map(alertRow)}</ul>`)}
      ${section('queues', 'Queues', queueTable(queues))}
      <div class="columns">${section('components', 'Components', componentTable(components.filter(({ state }) => state !== 'forgotten')))}
        ${section('collectors', 'Collectors', collectorTable(collectors))}</div>`, place);
  };
  return { title: 'Overview', go: draw, refresh: draw };
}
