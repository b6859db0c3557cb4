// The status page: draws what the device sends, as often as it sends it.
const texts = {};
let language = null;
let status = null;

const byId = id => document.getElementById(id);

function say(key, values = {}) {
  return (texts[language]?.[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter(child => child != null));
  return node;
}

const time = text => new Date(text).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

function duration(seconds) {
  const whole = Math.round(seconds);
  const two = n => String(n).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

function nameOf(vehicle) {
  return [vehicle?.plate, vehicle?.ref, ...(vehicle?.plate ? [] : vehicle?.tags ?? [])].filter(Boolean).join(' · ') || say('unidentified');
}

function drawBay(bay) {
  return element('article', `bay ${bay.state}`,
    element('span', 'muted', bay.name),
    element('strong', '', bay.state === 'occupied' ? nameOf(bay.vehicle) : say(bay.state)),
    bay.since ? element('span', 'muted', say('since', { time: time(bay.since) })) : null);
}

function drawSource(source) {
  const state = source.up ? 'up' : source.since ? 'down' : 'starting';
  return element('li', '',
    element('b', '', source.id), ' ',
    element('span', source.up ? 'good' : state === 'down' ? 'bad' : 'muted', say(state)), ' ',
    element('span', 'muted', source.detail ?? say('sightings', { count: source.sightings })));
}

function drawEvent(event) {
  const late = (Date.parse(event.decidedAt) - Date.parse(event.at)) / 1000;
  return element('li', '', element('details', '',
    element('summary', '',
      element('span', 'muted', time(event.at)), element('b', '', event.bay), element('span', '', say(event.kind)), element('span', '', nameOf(event.vehicle)),
      event.occupiedSeconds == null ? null : element('span', 'muted', say('stayed', { duration: duration(event.occupiedSeconds) }))),
    element('p', 'muted', say('decidedAfter', { seconds: late.toFixed(1) })),
    event.provisional ? element('p', 'muted', say('provisional')) : null,
    event.reason ? element('p', '', event.reason) : null,
    ...event.evidence.map(reason => element('p', '', `${reason.source}: ${reason.detail}`)),
    event.runnerUp ? element('p', 'muted', say('runnerUp', { what: event.runnerUp })) : null,
    event.wouldChange ? element('p', 'muted', say('wouldChange', { what: event.wouldChange })) : null));
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
  if (!status || !texts[language]) return;
  document.documentElement.lang = language;
  byId('device').textContent = `${status.site} / ${status.device}`;
  byId('language').textContent = say('otherLanguage');
  for (const title of ['bays', 'sources', 'delivery', 'events']) byId(`${title}-title`).textContent = say(title);
  byId('bays').replaceChildren(...status.bays.map(drawBay));
  byId('sources').replaceChildren(...status.sources.map(drawSource));
  const { connected, detail, confirmed } = status.delivery;
  byId('delivery').textContent = connected ? say('connected', { broker: detail, count: confirmed })
    : detail ? say('disconnected', { reason: detail }) : say('notConfigured');
  byId('storage').hidden = status.storage == null;
  byId('storage').textContent = status.storage == null ? '' : say('storageRefuses', { reason: status.storage });
  drawEvents(status.events);
}

async function speak(name) {
  texts[name] ??= await (await fetch(`i18n/${name}.json`)).json();
  language = name;
  draw();
}

byId('language').addEventListener('click', () => speak(language === 'en' ? 'zh-CN' : 'en'));

const stream = new EventSource('api/status/stream');
stream.addEventListener('status', async message => {
  status = JSON.parse(message.data);
  byId('offline').hidden = true;
  if (language) draw(); else await speak(status.language);
});
stream.addEventListener('error', async () => {
  if (!language) await speak(navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
  byId('offline').textContent = say('noAnswer');
  byId('offline').hidden = false;
});
