// The boxes that expressions are typed into. A plain box is there at once; the editor takes its place when it has come.
import { html, nothing, render } from '../lit-html.mjs';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** hide(n, off) turns an expression off and on; run() asks what stands in the boxes. */
export function queryBoxes(place, { run, hide, fetch }) {
  let texts = [''];
  /** Says of each expression whether it is off. */
  let isOff;
  let create;
  /** @type {any[]} */
  const editors = [];
  let closed = false;

  async function load() {
    const { createEditor } = await import('../editor.mjs');
    create = createEditor;
    if (!closed) draw();
  }
  load().catch(() => {}); // without it, the plain boxes stay

  const label = (n) => (texts.length > 1 ? `Expression ${letters[n]}` : 'Expression');

  function typed(n, event) {
    texts[n] = event.target.value;
  }

  function keyed(event) {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    run();
  }

  function add() {
    texts.push('');
    draw();
    focus(texts.length - 1);
  }

  function remove(n) {
    texts.splice(n, 1);
    draw();
    run();
  }

  function focus(n) {
    if (editors[n] === undefined) place.querySelectorAll('textarea')[n]?.focus();
    else editors[n].focus();
  }

  function draw() {
    // an expression that goes takes the last box with it; what is in the others moves up
    for (const editor of editors.splice(texts.length)) editor.close();
    render(html`<form class="boxes" @submit=${(event) => { event.preventDefault(); run(); }}>
      ${texts.map((text, n) => html`<div class="box">
        ${texts.length > 1 ? html`<button type="button" class="letter" aria-pressed=${String(!isOff(n))} title=${isOff(n) ? 'Show' : 'Hide'}
          aria-label=${`Show expression ${letters[n]}`} @click=${() => hide(n, !isOff(n))}>${letters[n]}</button>` : nothing}
        <div class="editor">${create === undefined ? html`<textarea rows="1" aria-label=${label(n)} spellcheck="false" autocapitalize="off"
          placeholder="An expression in PromQL, such as rate(orders_total[5m])" .value=${text}
          @input=${(event) => typed(n, event)} @keydown=${keyed}></textarea>` : nothing}</div>
        ${texts.length > 1 ? html`<button type="button" class="plain" aria-label=${`Remove expression ${letters[n]}`} @click=${() => remove(n)}>✕</button>` : nothing}
      </div>`)}
      <div class="actions"><button>Ask</button>
        <button type="button" class="plain" ?disabled=${texts.length >= letters.length} @click=${add}>+ expression</button></div>
    </form>`, place);
    if (create === undefined) return;
    const focused = place.querySelector('textarea:focus') !== null;
    place.querySelectorAll('.editor').forEach((inside, n) => {
      if (editors[n] === undefined) {
        editors[n] = create({ place: inside, text: texts[n], label: label(n), run, fetch, change: (text) => { texts[n] = text; } });
        if (focused) editors[n].focus();
      } else {
        editors[n].set(texts[n]);
      }
    });
  }

  return {
    texts: () => [...texts],
    show(next, off) {
      isOff = off;
      texts = next.length === 0 ? [''] : [...next].slice(0, letters.length);
      draw();
    },
    focus,
    /** error.message begins with line:column where the fault has a place. */
    mark(n, error) {
      const [, line, column] = /^(\d+):(\d+): /.exec(error?.message ?? '') ?? [];
      const before = (texts[n] ?? '').split('\n').slice(0, Number(line ?? 1) - 1).join('\n');
      const at = (before === '' ? 0 : before.length + 1) + Number(column ?? 1) - 1;
      editors[n]?.mark(error === undefined ? null : { message: error.message, at: line === undefined ? 0 : at });
    },
    close() {
      closed = true;
      for (const editor of editors) editor.close();
    },
  };
}
