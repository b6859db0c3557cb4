// What the steps are made of.
import { html, useEffect, useState } from '../../vendor/ui.js';
import { loadConfiguration } from '../configuration.js';
import { say, sentence } from '../i18n.js';
import { Action, State } from '../parts.js';

const states = { ok: 'ok', warning: 'warn', failed: 'fail', running: 'running' };

// As the shell's parts call it.
export const stateOf = state => states[state] ?? 'unknown';

// The device speaks of bays by their ids; people know them by their names.
let bays = [];
export const callBays = named => { bays = named; };
export const speak = phrase => sentence(phrase && {
  ...phrase,
  values: Object.fromEntries(Object.entries(phrase.values ?? {}).map(([name, value]) => [name, bays.find(bay => bay.id === value)?.name ?? value])),
});

const named = id => {
  const bay = bays.find(one => one.id === id);
  if (bay) return bay.name;
  const key = `check.${id}`;
  return say(key) === key ? id : say(key);
};

// What was proved, or was not; each line says its state in words, too.
export const Checks = ({ checks }) => checks.length === 0 ? null : html`
  <ul class="plain checks" aria-live="polite">
    ${checks.map(check => html`
      <li key=${check.id} data-check=${check.id} data-state=${check.state}>
        <${State} state=${stateOf(check.state)}>${named(check.id)} <small class="word">${say(`state.${stateOf(check.state)}`)}</small><//>
        ${check.milliseconds === undefined ? null : html`<small class="ms">${check.milliseconds < 1e3 ? `${Math.round(check.milliseconds)} ms` : `${(check.milliseconds / 1000).toFixed(1)} s`}</small>`}
        <span class="says">${speak(check.says)}</span>
      </li>`)}
  </ul>`;

export const Outcome = ({ step }) => step.says ? html`<p class="outcome" role="status"><${State} state=${stateOf(step.state)}>${speak(step.says)}<//></p>` : null;

// The way on: plain once the step stands, else in outline, for nothing here blocks.
export const Next = ({ step, action, label }) => html`
  <${Action} action=${action} className=${`next ${step.passed ? '' : 'secondary'}`}>${label ?? say('next')}<//>`;

// The configuration as an object, asked for anew whenever something was changed here or elsewhere; null until the device has told.
// { configuration, error, again, reload }
export function useConfiguration(now) {
  const [configuration, setConfiguration] = useState(null);
  const [error, setError] = useState(null);
  const reload = async () => {
    setConfiguration((await loadConfiguration()).document ?? {});
  };
  const again = () => {
    setError(null);
    return reload().catch(setError);
  };
  useEffect(() => { again(); }, [now.revision]);
  return { configuration, error, again, reload };
}

// A style sheet of a page's own, loaded with it.
export function useSheet(path) {
  const [loaded, setLoaded] = useState(!!document.querySelector(`link[href="${path}"]`));
  useEffect(() => {
    if (loaded) return;
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: path, onload: () => setLoaded(true) });
    document.head.append(link);
  }, []);
  return loaded;
}

// Some phones let a page make sounds only where a tap has asked for them.
let sounds = null;
const audioOf = () => sounds ??= new AudioContext();
addEventListener('pointerdown', () => {
  try {
    audioOf().resume();
  } catch {
    // A browser without sound.
  }
}, { once: true });

// A tick is felt and heard, so that whoever watches the car need not watch the phone.
export function signalTick(well) {
  navigator.vibrate?.(well ? 80 : [80, 60, 80]);
  try {
    const audio = audioOf();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = well ? 880 : 330;
    volume.gain.value = 0.15;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.15);
  } catch {
    // A browser without sound; the tick is seen.
  }
}
