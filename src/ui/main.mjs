// The frame of the page: which view is shown, that it stays live, who may see it, and in what colours.
import { readAddress } from './address.mjs';
import { ask, request, serverTime, token } from './ask.mjs';
import { frame } from './frame.mjs';

const overviewEvery = 5000;

const views = {
  overview: () => import('./view/overview.mjs'),
  explore: () => import('./view/explore.mjs'),
  metrics: () => import('./view/metrics.mjs'),
  dashboards: () => import('./view/dashboards.mjs'),
  alerts: () => import('./view/alerts.mjs'),
  cardinality: () => import('./view/cardinality.mjs'),
};

/** What views share: the last overview, and how what they ask went. */
const context = {
  overview: undefined,
  heard() {
    frame.live(serverTime());
  },
  report(trouble) {
    if (trouble.name === 'AbortError') return;
    if (trouble.kind === 'locked') {
      const refused = token.get() !== null;
      if (refused) token.forget();
      frame.locked(refused, context.overview !== undefined);
    } else {
      frame.away(trouble.message, overviewEvery);
    }
  },
  /** A link carries no token, so what it leads to is fetched and shown from here. */
  follow(event) {
    const link = event.target.closest('a');
    if (link === null || token.get() === null || link.pathname.startsWith('/docs')) return;
    event.preventDefault();
    void show(link.href);
  },
  /** The answer, or undefined where there is none now; what that means is on the page then. */
  async ask(url, options) {
    try {
      const found = await ask(url, options);
      context.heard();
      return found;
    } catch (error) {
      context.report(error);
      return undefined;
    }
  },
};

async function show(url) {
  const answer = await request(url).catch((error) => context.report(error));
  if (answer !== undefined) location.assign(URL.createObjectURL(new Blob([await answer.text()], { type: 'text/plain;charset=utf-8' })));
}

let view;
let name;
/** Counts what was opened, so that what comes late is dropped. */
let opened = 0;

async function follow() {
  const { view: wanted, params } = readAddress(location.hash);
  const known = Object.hasOwn(views, wanted) ? wanted : 'overview';
  if (known !== name) {
    const mine = ++opened;
    const { open } = await views[known]();
    if (mine !== opened) return;
    view?.close?.();
    const place = frame.clear(known, name !== undefined);
    name = known;
    view = open(place, context);
    frame.titled(view.title);
  }
  await view.go?.(params);
}

/** A view is as old as its last refresh; one request at a time, and none while nobody looks. */
let refreshed = 0;

async function refresh() {
  if (token.get() === null && frame.isLocked()) return;
  const overview = await context.ask('/api/ui/overview');
  if (overview === undefined) return;
  const first = context.overview === undefined;
  context.overview = overview;
  frame.firing(overview.alerts.filter(({ state }) => state === 'firing').length);
  if (first) await follow();
  else if (Date.now() - refreshed >= (view?.every ?? 0) - 100) {
    refreshed = Date.now();
    await view?.refresh?.();
  }
}

async function keepLive() {
  if (!document.hidden) await refresh().catch((error) => context.report(error));
  setTimeout(() => void keepLive(), overviewEvery);
}

addEventListener('hashchange', () => void (context.overview !== undefined && follow()));
document.addEventListener('visibilitychange', () => void (!document.hidden && refresh()));
frame.start({
  async give(text) {
    token.set(text);
    await refresh();
  },
  recolour: () => view?.recolour?.(),
  follow: (event) => context.follow(event),
});
void keepLive();
