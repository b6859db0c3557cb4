// One stream of events for the whole page: a browser opens only six connections to a device.
import { signal, useEffect } from '../vendor/ui.js';
import { refreshSession, session } from './api.js';

export const offline = signal(false);

const topics = new Map();
const watchers = new Map();
const merges = new Map();
let stream = null;
let streamed = '';

// The device says something every two seconds; without power it does not even hang up.
const mostSilenceMilliseconds = 6000;
let silence = null;

// The last message of a topic; null until there is one.
export function topic(name) {
  if (!topics.has(name)) topics.set(name, signal(null));
  return topics.get(name);
}

export const status = topic('status');

export const nameOfBay = id => status.value?.bays.find(bay => bay.id === id)?.name ?? id;

// For as long as a component is shown, the device sends it this topic.
// merge: where a message tells only what has changed, what it makes of the value before.
export function useTopic(name, merge) {
  useEffect(() => {
    if (merge) merges.set(name, merge);
    watchers.set(name, (watchers.get(name) ?? 0) + 1);
    openSoon();
    return () => {
      watchers.set(name, watchers.get(name) - 1);
      openSoon();
    };
  }, [name]);
  return topic(name);
}

// Several parts of a page that come and go together ask for one stream.
let isAsked = false;
function openSoon() {
  if (isAsked) return;
  isAsked = true;
  setTimeout(() => {
    isAsked = false;
    openStream();
  });
}

function openStream() {
  const wanted = [...watchers].filter(([, count]) => count > 0).map(([name]) => name).sort().join(',');
  if (wanted === streamed && stream?.readyState !== EventSource.CLOSED) return;
  stream?.close();
  streamed = wanted;
  stream = null;
  clearTimeout(silence);
  if (!wanted || !session.value?.role) return;
  const opened = new EventSource(`api/events?topics=${wanted}`);
  stream = opened;
  expect(opened);
  for (const name of wanted.split(',')) {
    opened.addEventListener(name, message => {
      expect(opened);
      offline.value = false;
      const told = JSON.parse(message.data);
      topic(name).value = merges.get(name)?.(topic(name).value, told) ?? told;
    });
  }
  opened.addEventListener('error', () => {
    if (stream !== opened) return;
    offline.value = true;

    // The browser tries again by itself, but not where the device refused: then the session is over.
    if (opened.readyState === EventSource.CLOSED) setTimeout(reopen, 1000);
  });
}

function expect(opened) {
  clearTimeout(silence);
  silence = setTimeout(() => {
    offline.value = true;
    opened.close();
    openStream();
  }, mostSilenceMilliseconds);
}

async function reopen() {
  try {
    await refreshSession();
    offline.value = false;
  } catch {
    // Still away; the session may well be alive.
  }
  if (session.value?.role) openStream();
}
