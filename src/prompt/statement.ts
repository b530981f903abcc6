/** What of a statement has been read, as psql reads it: quotes, comments, parentheses and the bodies of functions keep a semicolon from ending it. */
const pieces = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`\/\*`,
    String.raw`\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`,
    String.raw`'(?:[^']|'')*(?:'|$)`,
    String.raw`"(?:[^"]|"")*(?:"|$)`,
    String.raw`\$(?<tag>[\p{L}_][\p{L}\p{N}_]*)?\$`,
    String.raw`[\p{L}_][\p{L}\p{N}_$]*`,
    String.raw`[();]`,
  ].join('|'),
  'gu',
);

/** The statements that are complete, and what is left of the text behind them. */
export function statementsOf(text: string): { readonly complete: string[]; readonly rest: string } {
  const complete: string[] = [];
  let start = 0;
  for (;;) {
    const end = endOf(text, start);
    if (end === undefined) return { complete, rest: text.slice(start) };
    complete.push(text.slice(start, end));
    start = end;
  }
}

/** Where the statement ends that begins at `start`, behind its semicolon; undefined: not in this text. */
function endOf(text: string, start: number): number | undefined {
  const words: string[] = [];
  let parentheses = 0;
  let blocks = 0;
  let at = start;
  for (;;) {
    pieces.lastIndex = at;
    const match = pieces.exec(text);
    if (match === null) return undefined;
    const [piece] = match;
    at = match.index + piece.length;
    if (piece === '/*') {
      at = endOfComment(text, at);
    } else if (/^\$.*\$$/u.test(piece)) {
      const closing = text.indexOf(piece, at);
      if (closing < 0) return undefined;
      at = closing + piece.length;
    } else if (/^(?:[eE]?'|")/.test(piece)) {
      if (at === text.length && !isClosed(piece)) return undefined;
    } else if (piece === '(') {
      parentheses += 1;
    } else if (piece === ')') {
      parentheses = Math.max(0, parentheses - 1);
    } else if (piece === ';') {
      if (parentheses === 0 && blocks === 0) return at;
    } else if (!piece.startsWith('--')) {
      const word = piece.toLowerCase();
      if (words.length < 4) words.push(word);
      // only a body that is SQL itself has semicolons of its own
      if (/^create (?:or replace )?(?:function|procedure)\b/.test(words.join(' '))) {
        if (word === 'begin' || (word === 'case' && blocks > 0)) blocks += 1;
        else if (word === 'end' && blocks > 0) blocks -= 1;
      }
    }
  }
}

function isClosed(literal: string): boolean {
  const quote = literal.startsWith('"') ? '"' : "'";
  const body = literal.replace(/^[eE]/, '');
  return body.length > 1 && body.endsWith(quote) && (literal[0] === quote ? body.split(quote).length % 2 === 1 : true);
}

/** Comments may contain others. */
function endOfComment(text: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  for (let depth = 1; depth > 0; ) {
    const mark = marks.exec(text);
    if (mark === null) return text.length;
    depth += mark[0] === '/*' ? 1 : -1;
  }
  return marks.lastIndex;
}
