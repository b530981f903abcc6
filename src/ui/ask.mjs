// What is asked of the server, with the token that was given, and how it went.

const tokenKey = 'noetl-metrics-token';
const patience = 8000;

export const token = {
  get: () => sessionStorage.getItem(tokenKey),
  /** Kept until this tab is closed. */
  set: (text) => sessionStorage.setItem(tokenKey, text),
  forget: () => sessionStorage.removeItem(tokenKey),
};

/** Seconds that the server's clock is ahead of the browser's. */
let ahead = 0;

/** Now by the server's clock, in seconds. */
export const serverTime = () => Date.now() / 1000 + ahead;

/** kind: locked (no token, or one that may not), away (no answer now), refused (the question is wrong). */
export class Trouble extends Error {
  constructor(kind, message, status) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/** As fetch() does, with the token, unless another is given. */
export function fetchWithToken(url, { headers, ...options } = {}) {
  const shown = token.get();
  return fetch(url, { ...options, headers: { ...(shown !== null && { authorization: `Bearer ${shown}` }), ...Object.fromEntries(new Headers(headers)) } });
}

/** The answer of the server; every failure is a Trouble. */
export async function request(url, { timeout = patience, signal, ...options } = {}) {
  const signals = [AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])];
  const answer = await fetchWithToken(url, { ...options, signal: AbortSignal.any(signals) }).catch((error) => {
    throw signal?.aborted === true ? error : new Trouble('away', 'The server does not answer.');
  });
  const at = Date.parse(answer.headers.get('date'));
  // of the server's clock only the second is told
  if (Number.isFinite(at) && Math.abs(at / 1000 + 0.5 - serverTime()) > 1.5) ahead = at / 1000 + 0.5 - Date.now() / 1000;
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  const message = (told.error ?? told.detail)?.replace(/^invalid parameter "query": /, '');
  if (answer.status === 401 || answer.status === 403) throw new Trouble('locked', message, answer.status);
  if (answer.status === 422 || answer.status === 400 || answer.status === 404 || told.errorType === 'timeout') throw new Trouble('refused', message ?? `The server refused (${answer.status}).`, answer.status);
  throw new Trouble('away', answer.status >= 500 ? 'The database does not answer.' : `The server refused (${answer.status}).`, answer.status);
}

export async function ask(url, options = {}) {
  const answer = await request(url, { ...options, headers: { accept: 'application/json', ...options.headers } });
  return answer.status === 204 ? undefined : answer.json();
}

/** Sends an object, and gives what is answered. right: a token for this alone. */
export const tell = (method, url, body, right) =>
  ask(url, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(right && { authorization: `Bearer ${right}` }) },
  });

/** Most series that one expression may give; the server tells of more by a warning. */
const mostSeries = 250;

/** Asks in PromQL: { result, resultType, warnings, infos }. Without a step it is asked for one moment, until. */
export async function promql(expression, { since, until, step }, signal) {
  const form = step === undefined ? { query: expression, time: until } : { query: expression, start: since, end: until, step };
  const body = new URLSearchParams({ ...form, limit: mostSeries });
  const { data, warnings = [], infos = [] } = await ask(`/api/v1/query${step === undefined ? '' : '_range'}`, { method: 'POST', body, signal, timeout: 130_000 });
  return { ...data, warnings, infos };
}
