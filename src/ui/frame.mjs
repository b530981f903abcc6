// What stands around a view: how live it is, what is wrong, the token, the theme.
import { clock } from './times.mjs';

const $ = (id) => document.getElementById(id);

let lastHeard;

function state(what, status) {
  document.body.dataset.state = what;
  $('status').textContent = status;
}

/** null: nothing is wrong. Told once, not at each try. */
function trouble(text) {
  $('trouble').hidden = text === null;
  if (text !== null && $('trouble').textContent !== text) $('trouble').textContent = text;
}

const paint = (theme) => document.documentElement.setAttribute('data-theme', theme);

export const frame = {
  isLocked: () => document.body.dataset.state === 'locked',

  live(now) {
    lastHeard = now;
    state('live', `Live, ${clock(now)}`);
    trouble(null);
    $('sign-in').hidden = true;
  },

  away(message, every) {
    state('away', 'Away');
    const since = lastHeard === undefined ? 'Nothing was heard yet.' : `What is shown is from ${clock(lastHeard)}.`;
    trouble(`${message} ${since} Trying again every ${every / 1000} s.`);
    if (lastHeard === undefined) $('main').textContent = 'Nothing to show yet.';
  },

  /** Asks for the token, and says so if the one that was given may not see the page. */
  locked(refused, heard) {
    state('locked', 'Locked');
    if (refused) trouble('The server does not know this token, or it may not do this.');
    else if ($('sign-in').hidden) trouble(null);
    $('sign-in').hidden = false;
    if (!heard) $('main').textContent = 'Nothing to show yet.';
  },

  /** An empty place for a view; who moved there by hand is put at its beginning. */
  clear(name, moved) {
    for (const link of $('views').children) {
      if (link.hash === `#/${name}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    const place = document.createElement('div');
    place.className = `view ${name}`;
    $('main').replaceChildren(place);
    if (moved) {
      $('main').focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    return place;
  },

  titled(title) {
    document.title = `${title} · noetl-metrics`;
  },

  firing(alerts) {
    $('firing').hidden = alerts === 0;
    $('firing').textContent = alerts === 0 ? '' : String(alerts);
    $('firing').setAttribute('aria-label', `${alerts} firing`);
  },

  start({ give, recolour, follow }) {
    $('sign-in').addEventListener('submit', (event) => {
      event.preventDefault();
      const text = $('token').value.trim();
      $('token').value = '';
      void give(text);
    });
    document.querySelector('footer nav').addEventListener('click', follow);
    const theme = localStorage.getItem('noetl-metrics-theme') ?? '';
    paint(theme);
    $('theme').value = theme;
    $('theme').addEventListener('change', () => {
      localStorage.setItem('noetl-metrics-theme', $('theme').value);
      paint($('theme').value);
      recolour();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
    document.querySelector('.skip').addEventListener('click', (event) => {
      event.preventDefault();
      $('main').focus();
    });
  },
};
