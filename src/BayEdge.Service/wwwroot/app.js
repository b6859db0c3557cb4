// The status page: draws what the device sends, as often as it sends it.
import { button, byId, drawEvent, element, language, nameOf, say, speak, time } from './page.js';
import { openWhy, refreshWhy } from './why.js';

let status = null;

// Tapped anywhere, it says why; the button is for those who see that, or do not see at all.
function drawBay(bay) {
  const card = element('article', `bay ${bay.state}`,
    element('span', 'muted', bay.name),
    element('strong', '', bay.state === 'occupied' ? nameOf(bay.vehicle) : say(bay.state)),
    bay.since ? element('span', 'muted', say('since', { time: time(bay.since) })) : null,
    button(say('whyOpen')));
  card.addEventListener('click', () => openWhy(bay));
  return card;
}

// Drawn only when they change, so that a finger on a bay does not lose it.
let drawnBays = null;
function drawBays(bays) {
  const wanted = language + JSON.stringify(bays);
  if (wanted === drawnBays) return;
  drawnBays = wanted;
  byId('bays').replaceChildren(...bays.map(drawBay));
}

function drawSource(source) {
  const state = source.up ? 'up' : source.since ? 'down' : 'starting';
  return element('li', '',
    element('b', '', source.id), ' ',
    element('span', source.up ? 'good' : state === 'down' ? 'bad' : 'muted', say(state)), ' ',
    element('span', 'muted', source.detail ?? say('sightings', { count: source.sightings })));
}

// Drawn only when they change, so that an unfolded event stays unfolded.
let drawn = null;
function drawEvents(events) {
  const wanted = language + JSON.stringify(events);
  if (wanted === drawn) return;
  drawn = wanted;
  byId('events').replaceChildren(...(events.length ? events.map(drawEvent) : [element('li', 'muted', say('noEvents'))]));
}

function draw() {
  if (!status || !language) return;
  document.documentElement.lang = language;
  byId('device').textContent = `${status.site} / ${status.device}`;
  byId('language').textContent = say('otherLanguage');
  for (const title of ['bays', 'sources', 'delivery', 'events']) byId(`${title}-title`).textContent = say(title);
  drawBays(status.bays);
  byId('sources').replaceChildren(...status.sources.map(drawSource));
  const { connected, detail, confirmed } = status.delivery;
  byId('delivery').textContent = connected ? say('connected', { broker: detail, count: confirmed })
    : detail ? say('disconnected', { reason: detail }) : say('notConfigured');
  byId('storage').hidden = status.storage == null;
  byId('storage').textContent = status.storage == null ? '' : say('storageRefuses', { reason: status.storage });
  drawEvents(status.events);
  refreshWhy();
}

async function show(name) {
  await speak(name);
  draw();
}

byId('language').addEventListener('click', () => show(language === 'en' ? 'zh-CN' : 'en'));

const stream = new EventSource('api/status/stream');
stream.addEventListener('status', async message => {
  status = JSON.parse(message.data);
  byId('offline').hidden = true;
  if (language) draw(); else await show(status.language);
});
stream.addEventListener('error', async () => {
  if (!language) await speak(navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
  byId('offline').textContent = say('noAnswer');
  byId('offline').hidden = false;
});
