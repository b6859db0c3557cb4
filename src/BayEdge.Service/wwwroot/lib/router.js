// The address names the page: #/bays, #/settings/readers. A page is a module in pages/ with a component as its default export.
import { signal } from '../vendor/ui.js';
import { needTexts } from './i18n.js';

// name: in the address; inBar: stands in the bar below; texts: has i18n/PART.LANGUAGE.json of each; alone: without the bar.
const routes = [
  { name: 'bays', load: () => import('../pages/bays.js'), inBar: true },
  { name: 'events', load: () => import('../pages/events.js'), inBar: true },
  { name: 'sources', load: () => import('../pages/sources.js'), inBar: true, texts: ['sources'] },
  { name: 'settings', load: () => import('../pages/settings.js'), inBar: true, texts: ['settings', 'rules'] },
  { name: 'system', load: () => import('../pages/system.js'), inBar: true, texts: ['system'] },
  { name: 'setup', load: () => import('../pages/setup.js'), texts: ['setup', 'rules'] },
];

export const bar = routes.filter(route => route.inBar);

// { route, rest, Page }: what is shown; Page is null while its module is on the way.
export const shown = signal(null);

export const go = path => { location.hash = `#/${path}`; };

async function follow() {
  const asked = location.hash;
  const [name, ...rest] = asked.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const route = routes.find(one => one.name === name) ?? routes[0];
  const [module] = await Promise.all([route.load(), ...(route.texts ?? []).map(needTexts)]);

  // Whoever has gone on meanwhile does not want to be taken back.
  if (asked !== location.hash) return;
  const moved = shown.value && shown.value.route !== route;
  shown.value = { route, rest, Page: module.default };

  // Whoever does not see the page hears that it is another.
  if (moved) requestAnimationFrame(() => document.querySelector('main h1')?.focus());
}

addEventListener('hashchange', follow);
export const startRouting = follow;
