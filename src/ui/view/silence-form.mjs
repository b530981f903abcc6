// A silence is made and ended. That takes the admin's right: where the token has it not, another is asked for, and kept while the view is open.
import { html, nothing, render } from '../lit-html.mjs';
import { serverTime, tell } from '../ask.mjs';

const lengths = [[3600, '1 hour'], [4 * 3600, '4 hours'], [86_400, '1 day'], [7 * 86_400, '1 week']];

export function silenceForm(place, { done }) {
  let fields;
  let trouble;
  /** Whether a token that may is needed, and the one that was given. */
  let locked = false;
  let right;
  /** What is to be tried again once there is one. */
  let pending;

  async function attempt(act) {
    pending = act;
    try {
      await act();
      [fields, trouble, locked, pending] = [undefined, undefined, false, undefined];
      draw();
      await done();
    } catch (error) {
      locked = error.kind === 'locked';
      trouble = locked ? (right === undefined ? undefined : 'This token may not do that.') : error.message;
      draw();
      if (locked) place.querySelector('#right')?.focus();
    }
  }

  function submit(event) {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    if (given.right) right = given.right.trim();
    if (fields === undefined) return attempt(pending);
    fields = { ...fields, ...given };
    return attempt(() => tell('POST', '/api/silences', {
      matchers: given.matchers,
      ends_at: new Date((serverTime() + Number(given.length)) * 1000).toISOString(),
      comment: given.comment,
      ...(given.created_by.trim() !== '' && { created_by: given.created_by.trim() }),
    }, right));
  }

  function cancel() {
    [fields, trouble, locked, pending] = [undefined, undefined, false, undefined];
    draw();
  }

  function draw() {
    const shown = fields !== undefined || pending !== undefined;
    render(!shown ? nothing : html`<form class="silence sheet" aria-label="Silence" @submit=${submit}>
      ${fields === undefined ? nothing : html`
        <label>Matchers <input name="matchers" class="name" required spellcheck="false" autocomplete="off" .value=${fields.matchers} placeholder='alertname="QueueBacklog", shop=~"b.*"'></label>
        <label>For <select name="length">${lengths.map(([seconds, words]) => html`<option value=${seconds} .selected=${String(seconds) === String(fields.length ?? 3600)}>${words}</option>`)}</select></label>
        <label>Why <input name="comment" required .value=${fields.comment ?? ''}></label>
        <label>Who <input name="created_by" autocomplete="username" .value=${fields.created_by ?? ''}></label>`}
      ${locked ? html`<label>Token that may <small>(NOETL_ADMIN_TOKEN)</small> <input id="right" name="right" type="password" autocomplete="off" required></label>` : nothing}
      ${trouble === undefined ? nothing : html`<p class="fault" role="alert">${trouble}</p>`}
      <div class="actions"><button>${fields === undefined ? 'End it' : 'Silence'}</button><button type="button" class="plain" @click=${cancel}>Cancel</button></div></form>`, place);
  }

  return {
    /** For alerts with these labels. */
    open(labels) {
      fields = { matchers: Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(', ') };
      trouble = undefined;
      draw();
      place.querySelector(fields.matchers === '' ? '[name=matchers]' : '[name=comment]').focus();
    },
    end(id) {
      fields = undefined;
      return attempt(() => tell('DELETE', `/api/silences/${id}`, undefined, right));
    },
  };
}
