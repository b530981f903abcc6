// Which time is shown, and how. Every choice is a step of the browser's history, so that back undoes it.
import { html, nothing } from '../lit-html.mjs';
import { duration } from '../words.mjs';
import { localTime, ranges, secondsOfLocal } from '../times.mjs';

/** turn(entries) changes parameters of the address. forms: whether there is a choice of chart and table, of scale and stacking. */
export function timeBar(params, span, turn, { table = false, forms = true } = {}) {
  const earlier = (share) => turn(moved(span, share));
  const given = (name) => (event) => {
    const at = secondsOfLocal(event.target.value);
    if (at === undefined) return;
    const [from, to] = name === 'from' ? [at, span.until] : [span.since, at];
    if (to > from) turn({ from: Math.round(from), to: Math.round(to), range: undefined });
  };
  return html`<div class="bar" role="group" aria-label="Time">
    <label>Range <select @change=${(event) => turn({ range: event.target.value, from: undefined, to: undefined })}>
      ${span.live ? nothing : html`<option value="" selected>${duration(span.until - span.since)}</option>`}
      ${ranges.map(([value, words]) => html`<option value=${value} ?selected=${span.live && value === span.range} .selected=${span.live && value === span.range}>last ${words}</option>`)}
    </select></label>
    <span class="pair"><button type="button" class="plain" aria-label="Earlier" @click=${() => earlier(-0.5)}>‹</button><button
      type="button" class="plain" aria-label="Later" ?disabled=${span.live} @click=${() => earlier(0.5)}>›</button><button
      type="button" class="plain" aria-label="Zoom out" @click=${() => turn(widened(span))}>−</button></span>
    <label>from <input type="datetime-local" step="1" .value=${localTime(span.since)} @change=${given('from')}></label>
    <label>to <input type="datetime-local" step="1" .value=${localTime(span.until)} @change=${given('to')}></label>
    <small class="hint">step ${duration(span.step)}</small>
    ${forms ? html`<span class="forms" role="group" aria-label="Shown as">
      <button type="button" class="choice" aria-pressed=${String(!table)} @click=${() => turn({ view: undefined })}>Chart</button><button
        type="button" class="choice" aria-pressed=${String(table)} @click=${() => turn({ view: 'table' })}>Table</button></span>
      ${table ? nothing : html`<label class="tick"><input type="checkbox" .checked=${params.has('log')} @change=${(event) => turn({ log: event.target.checked })}> log scale</label>
      <label class="tick"><input type="checkbox" .checked=${params.has('stack')} @change=${(event) => turn({ stack: event.target.checked })}> stacked</label>`}
      <button type="button" class="plain" @click=${copyLink}>Copy link</button>` : nothing}
  </div>`;
}

const moved = ({ since, until }, share) => {
  const by = Math.round((until - since) * share);
  return { from: Math.round(since + by), to: Math.round(until + by), range: undefined };
};

const widened = ({ since, until }) => {
  const by = Math.round((until - since) / 2);
  return { from: Math.round(since - by), to: Math.round(until + by), range: undefined };
};

async function copyLink({ currentTarget: button }) {
  const was = button.textContent;
  const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false) ?? false;
  button.textContent = copied ? 'Copied' : 'Copy the address above';
  setTimeout(() => { button.textContent = was; }, 2000);
}
