// Alerts: what is pending and firing, what was, who was told, and silences, which are made and ended from here.
import { html, nothing, render } from '../lit-html.mjs';
import { addressOf, changed, go } from '../address.mjs';
import { serverTime } from '../ask.mjs';
import { clock, rangeAround } from '../times.mjs';
import { duration, figure } from '../words.mjs';
import { empty } from './overview-tables.mjs';
import { silenceForm } from './silence-form.mjs';

const number = (text) => figure(Number(text?.replace('Inf', 'Infinity')));
const when = (seconds) => (seconds === null || seconds === undefined ? '–' : html`<time datetime=${new Date(seconds * 1000).toISOString()}>${clock(seconds, 86_401)}</time>`);
const labelText = (labels) => Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(', ');
const moods = { firing: 'bad', pending: 'warn', resolved: 'good', active: 'good', inactive: 'good' };
const state = (word, mood = moods[word]) => html`<span class="state ${mood ?? ''}">${word}</span>`;

/** A table that moves sideways in itself; columns are [heading, classes]. */
const table = (label, columns, rows) => html`<div class="scroll" tabindex="0" role="group" aria-label=${label}><table>
  <thead><tr>${columns.map(([text, kind = '']) => html`<th scope="col" class=${kind}>${text}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

const section = (id, title, body) => html`<section aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2><div id=${id} class="body sheet">${body}</div></section>`;

const named = (name) => html`<a href=${addressOf('alerts', { name })}>${name}</a>`;

export function open(place, context) {
  let params = new URLSearchParams();
  let found;
  render(html`<h1 class="unseen">Alerts</h1><div class="silencing"></div><div class="listed"></div>`, place);
  const [, silencing, listed] = place.children;
  const form = silenceForm(silencing, { done: load });

  async function load() {
    found = await context.ask('/api/ui/alerts') ?? found;
    if (found !== undefined) draw();
  }

  const wanted = ({ name }) => !params.has('name') || params.get('name') === name;

  const card = (alert) => html`<li class=${alert.state === 'firing' && !alert.silenced ? 'firing' : ''}>
    <div><b>${alert.annotations.summary ?? alert.name}</b>${alert.annotations.description === undefined ? nothing : html`<p>${alert.annotations.description}</p>`}
      <small>${named(alert.name)} · ${state(alert.state)} for ${duration(serverTime() - (alert.fired_at ?? alert.since))} · value ${number(alert.value)}
        ${alert.silenced ? ' · silenced' : nothing} · ${alert.told.length === 0 ? 'nobody was told' : html`told: ${alert.told.map(({ target, at }, n) => html`${n > 0 ? ', ' : ''}${target} at ${when(at)}`)}`}</small>
      <small class="name">${labelText(alert.labels)}</small></div>
    <div class="actions">${alert.expression === null ? nothing : html`<a href=${addressOf('explore', { q: alert.expression, range: rangeAround(serverTime() - alert.since) })}>Explore</a>`}
      <button type="button" class="plain" @click=${() => form.open({ alertname: alert.name, ...alert.labels })}>Silence</button></div></li>`;

  function draw() {
    const { alerts, history, rules, targets, silences } = found;
    const live = silences.filter((silence) => silence.state !== 'expired');
    render(html`
      ${params.has('name') ? html`<p class="hint">Only ${params.get('name')}. <a href="#/alerts">All alerts</a></p>` : nothing}
      ${section('now', 'Pending and firing', alerts.filter(wanted).length === 0 ? empty('Nothing is pending or firing.') : html`<ul class="alerts">${alerts.filter(wanted).map(card)}</ul>`)}
      ${section('silences', 'Silences', html`${live.length === 0 ? empty('Nothing is silenced.') : table('Silences', [['Matchers'], ['State'], ['Until'], ['Why'], ['']], live.map((silence) => html`<tr>
          <td class="name">${silence.matchers}</td><td>${state(silence.state)}</td><td>${when(silence.ends_at)}</td><td>${silence.comment}<small>${silence.created_by}</small></td>
          <td class="number"><button type="button" class="plain" aria-label="End the silence ${silence.matchers}" @click=${() => form.end(silence.silence_id)}>End</button></td></tr>`))}
        <p class="actions"><button type="button" class="plain" @click=${() => form.open({})}>New silence</button></p>`)}
      ${section('targets', 'Who is told', targets.length === 0 ? empty('Nobody is told of alerts yet.', "select noetl.add_notification('ops', 'webhook', 'https://example.com/hook');")
        : table('Who is told', [['Receiver'], ['State'], ['Sent', 'number'], ['Last', 'number'], ['Failed', 'number']], targets.map((target) => html`<tr>
          <td>${target.name}<small>${target.kind} ${target.target}</small></td>
          <td>${!target.enabled ? state('off') : target.failed_at !== null && target.failed_at > (target.sent_at ?? 0) ? state('failing', 'bad') : state('ok', 'good')}
            ${target.error === null ? nothing : html`<small class="error">${target.error}</small>`}</td>
          <td class="number">${figure(target.sent)}</td><td class="number">${when(target.sent_at)}</td><td class="number">${figure(target.failed)}</td></tr>`)))}
      ${section('history', 'History', history.filter(wanted).length === 0 ? empty('Nothing has happened yet.')
        : table('History', [['When'], ['Alert'], ['Became'], ['Value', 'number'], ['Labels', 'spare']], history.filter(wanted).map((event) => html`<tr>
          <td>${when(event.at)}</td><td>${named(event.name)}<small>${event.summary}</small></td><td>${state(event.state)}</td><td class="number">${number(event.value)}</td>
          <td class="name spare">${labelText(event.labels)}</td></tr>`)))}
      ${section('rules', 'Rules', table('Rules', [['Rule'], ['State'], ['Expression', 'spare'], ['For', 'number']], rules.filter(wanted).map((rule) => html`<tr>
          <td>${named(rule.name)}<small>${rule.group}</small></td>
          <td>${rule.error === null ? state(rule.state) : state('fails', 'bad')}${rule.error === null ? nothing : html`<small class="error">${rule.error}</small>`}</td>
          <td class="name spare"><a href=${addressOf('explore', { q: rule.expression })}>${rule.expression}</a></td><td class="number">${duration(rule.for_seconds)}</td></tr>`)))}`, listed);
  }

  return {
    title: 'Alerts',
    go(next) {
      params = next;
      if (params.has('silence')) {
        form.open(Object.fromEntries(new URLSearchParams(params.get('silence'))));
        go(addressOf('alerts', changed(params, { silence: undefined })), { replace: true });
      }
      return load();
    },
    refresh: load,
  };
}
