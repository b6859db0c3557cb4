// What every part of the page needs: its language, its texts, and how things are told.
const texts = {};
export let language = null;

export const byId = id => document.getElementById(id);

export async function speak(name) {
  texts[name] ??= await (await fetch(`i18n/${name}.json`)).json();
  language = name;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

export const say = (key, values = {}) => fill(texts[language]?.[key] ?? key, values);

export const time = text => new Date(text).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

// A sentence of the device: told in the page's language where that knows it, else as the device told it.
export function tell({ key, values, text }) {
  const known = texts[language]?.[`why.${key}`];
  const shown = Object.entries(values ?? {}).map(([name, value]) => [name, /^\d{4}-\d\d-\d\dT/.test(value) ? time(value) : value]);
  return known ? fill(known, Object.fromEntries(shown)) : text;
}

export const tellEvidence = evidence => tell({ key: evidence.says, values: evidence.values, text: evidence.detail });

export function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter(child => child != null));
  return node;
}

export function button(text) {
  const node = element('button', '', text);
  node.type = 'button';
  return node;
}

function duration(seconds) {
  const whole = Math.round(seconds);
  const two = n => String(n).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

export function nameOf(vehicle) {
  return [vehicle?.plate, vehicle?.ref, ...(vehicle?.plate ? [] : vehicle?.tags ?? [])].filter(Boolean).join(' · ') || say('unidentified');
}

export function drawEvent(event) {
  const late = (Date.parse(event.decidedAt) - Date.parse(event.at)) / 1000;
  return element('li', '', element('details', '',
    element('summary', '',
      element('span', 'muted', time(event.at)), element('b', '', event.bay), element('span', '', say(event.kind)), element('span', '', nameOf(event.vehicle)),
      event.occupiedSeconds == null ? null : element('span', 'muted', say('stayed', { duration: duration(event.occupiedSeconds) }))),
    element('p', 'muted', say('decidedAfter', { seconds: late.toFixed(1) })),
    event.provisional ? element('p', 'muted', say('provisional')) : null,
    event.reason ? element('p', '', tell(event.reason)) : null,
    drawEvidence(event.evidence),
    event.runnerUp ? element('p', 'muted', say('runnerUp', { what: tell(event.runnerUp) })) : null,
    event.wouldChange ? element('p', 'muted', say('wouldChange', { what: tell(event.wouldChange) })) : null));
}

// As wide as the weightiest evidence that there is.
const mostNats = 10;

export const nats = value => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

export function drawEvidence(evidence) {
  return element('ul', 'evidence', ...evidence.map(item => {
    const bar = element('span', `bar ${item.weight < 0 ? 'against' : 'for'}`);
    bar.style.setProperty('--share', item.weight == null ? 0 : Math.min(1, Math.abs(item.weight) / mostNats));
    bar.setAttribute('aria-hidden', 'true');
    return element('li', '', element('span', 'weight', item.weight == null ? '' : nats(item.weight)), bar, element('span', '', `${item.source}: ${tellEvidence(item)}`));
  }));
}
