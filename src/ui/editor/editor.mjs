// The query box: CodeMirror with Prometheus' own PromQL mode. Bundled by `npm run build` into one file, which the page loads when it is used.
import { autocompletion, closeBrackets, closeCompletion, closeBracketsKeymap, completionKeymap, completionStatus } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewlineAndIndent } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.number, tags.integer, tags.float], color: 'var(--warn)' },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.variableName)], color: 'var(--accent)' },
  { tag: tags.labelName, color: 'var(--label)' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--ground)', border: '1px solid var(--edge)', borderRadius: '7px', fontSize: '14px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5', maxHeight: '40vh' },
  '.cm-content': { padding: '7px 4px', caretColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--quiet)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': { backgroundColor: 'var(--chosen) !important' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--chosen)', outline: '1px solid var(--edge)' },
  '.cm-tooltip': { color: 'var(--text)', backgroundColor: 'var(--sheet)', border: '1px solid var(--edge)', borderRadius: '7px', zIndex: '5' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16em', maxWidth: 'min(700px, 92vw)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--text)', backgroundColor: 'var(--chosen)' },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '320px' },
  '.cm-completionDetail': { color: 'var(--quiet)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  // without the pictures that the packages have for it inline
  '.cm-lintRange, .cm-lintRange-error, .cm-lintRange-warning, .cm-lintRange-info, .cm-lintRange-hint': {
    backgroundImage: 'none', textDecoration: 'underline wavy 1px var(--bad)', textUnderlineOffset: '3px' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--bad) !important' },
});

/**
 * Puts the box into a place, in a shadow tree of its own: the styles that it makes are not inline ones there, which the page forbids.
 * `change` hears every text, `run` that it is to be asked; `fetch` asks the API with the token of the page.
 */
export function createEditor({ place, text, label, change, run, fetch }) {
  const promql = new PromQLExtension().activateLinter(true).setComplete({ remote: { url: '', fetchFn: fetch, httpMethod: 'GET' }, maxMetricsMetadata: 10_000 });
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  const ask = (view) => {
    closeCompletion(view);
    run();
    return true;
  };
  /** Enter takes what is offered, if something is. */
  const askUnlessOffered = (view) => (completionStatus(view.state) === 'active' ? false : ask(view));
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        look, syntaxHighlighting(colours), history(), bracketMatching(), closeBrackets(), EditorView.lineWrapping,
        placeholder('An expression in PromQL, such as rate(orders_total[5m])'),
        EditorView.contentAttributes.of({ 'aria-label': label, autocapitalize: 'off' }),
        autocompletion({ activateOnTyping: true }),
        promql.asExtension(),
        Prec.highest(keymap.of([{ key: 'Enter', run: askUnlessOffered }, { key: 'Mod-Enter', run: ask }, { key: 'Shift-Enter', run: insertNewlineAndIndent }])),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of((update) => update.docChanged && change(update.state.doc.toString())),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    set: (next) => {
      const now = view.state.doc.toString();
      if (next !== now) view.dispatch({ changes: { from: 0, to: now.length, insert: next } });
    },
    /** Underlines where the server found a fault; null: nowhere. */
    mark: (fault) => {
      const { doc } = view.state;
      const at = Math.min(fault?.at ?? 0, doc.length);
      const found = fault === null ? [] : [{ from: at, to: Math.max(at, doc.length), severity: 'error', message: fault.message, source: 'server' }];
      view.dispatch(setDiagnostics(view.state, found));
    },
    close: () => {
      view.destroy();
      promql.destroy();
    },
  };
}
