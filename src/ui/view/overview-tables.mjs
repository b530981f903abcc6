// The tables of the overview.
import { html, nothing } from '../lit-html.mjs';
import { addressOf } from '../address.mjs';
import { count, duration, figure } from '../words.mjs';

/** A small text with what one can do about nothing being there. */
export const empty = (text, sql) => html`<p class="empty">${text}${sql === undefined ? nothing : html`<code>${sql}</code>`}</p>`;

/** Columns are [heading, classes]; wide tables move sideways in themselves, by keyboard too. */
const table = (label, columns, rows) => html`<div class="scroll" tabindex="0" role="group" aria-label=${label}><table>
  <thead><tr>${columns.map(([text, kind = '']) => html`<th scope="col" class=${kind}>${text}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

const moods = { ready: 'good', busy: 'good', offline: '', lost: 'bad' };

export function componentTable(components) {
  if (components.length === 0) return empty('No component has registered yet.', "select noetl.register_runtime('my-worker', 'worker_pool');");
  return table('Components', [['Component'], ['State'], ['Last beat', 'number'], ['Series', 'number spare']], components.map((component) => html`<tr>
    <td><a href=${addressOf('explore', { q: `{component=${JSON.stringify(component.name)}}`, view: 'table' })}>${component.name}</a><small>${component.type}</small></td>
    <td><span class="state ${moods[component.state] ?? ''}">${component.state}</span></td>
    <td class="number">${component.silent_seconds === null ? 'never' : `${duration(Math.max(0, Math.floor(component.silent_seconds)))} ago`}</td>
    <td class="number spare">${count(component.series)}</td></tr>`));
}

const states = ['ready', 'blocked', 'scheduled', 'retrying', 'running', 'stuck', 'failed'];
/** Where there is little room, these are left out. */
const spare = new Set(['blocked', 'scheduled', 'retrying', 'running']);

export function queueTable(queues) {
  if (queues.length === 0) return empty('No queue is collected yet.', "select noetl.register_queue('graphile_worker');");
  const columns = [['Queue'], ['Oldest ready', 'number'], ...states.map((name) => [name[0].toUpperCase() + name.slice(1), `number${spare.has(name) ? ' spare' : ''}`])];
  return table('Queues', columns, queues.map((queue) => {
    const own = `source=${JSON.stringify(queue.source)}, queue=${JSON.stringify(queue.queue)}`;
    const oldest = queue.oldest_ready_seconds;
    return html`<tr><td><a href=${addressOf('explore', { q: [`noetl_queue_oldest_ready_seconds{${own}}`, `noetl_queue_jobs{${own}}`] })}>${queue.source}</a><small>${queue.queue}</small></td>
      <td class="number ${oldest > 300 ? 'warn' : ''}">${duration(oldest === null ? null : Math.floor(oldest))}</td>
      ${states.map((name) => {
        const jobs = queue.jobs[name];
        const mood = jobs > 0 && (name === 'stuck' || name === 'failed') ? 'bad' : jobs === 0 ? 'zero' : '';
        return html`<td class="number ${mood} ${spare.has(name) ? 'spare' : ''}">${figure(jobs)}</td>`;
      })}</tr>`;
  }));
}

const outcome = ({ enabled, succeeded }) => (!enabled ? ['off', ''] : succeeded === null ? ['waiting', ''] : succeeded ? ['ok', 'good'] : ['failed', 'bad']);

export function collectorTable(collectors) {
  return table('Collectors', [['Collector'], ['State'], ['Last run', 'number'], ['Took', 'number spare'], ['Samples', 'number spare']], collectors.map((collector) => {
    const [word, mood] = outcome(collector);
    return html`<tr><td>${collector.name}${collector.server === null ? nothing : html`<small>${collector.server}</small>`}</td>
      <td><span class="state ${mood}">${word}</span>${collector.error === null ? nothing : html`<small class="error">${collector.error}</small>`}</td>
      <td class="number">${collector.seconds_ago === null ? 'never' : `${duration(Math.max(0, Math.floor(collector.seconds_ago)))} ago`}</td>
      <td class="number spare">${duration(collector.duration_seconds)}</td><td class="number spare">${figure(collector.samples)}</td></tr>`;
  }));
}
