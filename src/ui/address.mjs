// What is seen is in the address: #/explore?q=up&range=1h. A view is a name, and its state the parameters after it.

/** @returns {{ view: string, params: URLSearchParams }} */
export function readAddress(hash) {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  // as links to a metric once were
  if (path.startsWith('family=')) return { view: 'metrics', params: new URLSearchParams({ name: new URLSearchParams(path).get('family') ?? '' }) };
  return { view: path === '' ? 'overview' : path, params: new URLSearchParams(query) };
}

/** Entries without a value are left out, lists are repeated. */
export function addressOf(view, entries = {}) {
  const params = new URLSearchParams();
  for (const [name, value] of entries instanceof URLSearchParams ? entries : Object.entries(entries)) {
    for (const each of [value].flat()) if (each !== undefined && each !== null && each !== '' && each !== false) params.append(name, each === true ? '1' : String(each));
  }
  const query = params.toString();
  return `#/${view}${query === '' ? '' : `?${query}`}`;
}

/** The parameters with some of them changed; a value of undefined takes one away. */
export function changed(params, entries) {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(entries)) {
    next.delete(name);
    for (const each of [value].flat()) if (each !== undefined && each !== '' && each !== false) next.append(name, each === true ? '1' : String(each));
  }
  return next;
}

/** Goes there, as a step of the browser's history; with replace, instead of where one is. */
export function go(address, { replace = false } = {}) {
  if (address === location.hash) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
