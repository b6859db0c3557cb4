// The two languages. Texts stand in i18n/LANGUAGE.json, those of one page alone in i18n/PAGE.LANGUAGE.json. What the device words
// in English where it happens stands by that English in i18n/wording.LANGUAGE.json, which is large and loaded when it is needed.
import { signal } from '../vendor/ui.js';

export const languages = ['zh-CN', 'en'];
export const language = signal(languages[0]);

const kept = 'bayedge-language';
const loaded = new Map();
const parts = new Set();

const fileOf = (part, name) => part ? `i18n/${part}.${name}.json` : `i18n/${name}.json`;

async function load(part, name) {
  const file = fileOf(part, name);
  if (!loaded.has(file)) loaded.set(file, await (await fetch(file)).json());
}

// Once on start: what was chosen before, else what the browser speaks, else what the device is set to.
export async function chooseLanguage(ofDevice) {
  const browser = navigator.languages?.map(name => name.startsWith('zh') ? 'zh-CN' : name.startsWith('en') ? 'en' : null).find(Boolean);
  await speak(localStorage.getItem(kept) ?? browser ?? await ofDevice());
}

export async function speak(name) {
  await Promise.all([load('', name), ...[...parts].map(part => load(part, name))]);
  document.documentElement.lang = name;
  language.value = name;
}

export const otherLanguage = () => languages.find(name => name !== language.value);

export async function speakOther() {
  const other = otherLanguage();
  localStorage.setItem(kept, other);
  await speak(other);
}

// The texts of a page of its own, loaded with it.
export async function needTexts(part) {
  await load(part, language.value);
  parts.add(part);
}

const wordings = signal({});

function worded(key) {
  const name = language.value;
  if (name === 'en' || !key) return undefined;
  const file = fileOf('wording', name);
  if (!loaded.has(file)) {
    loaded.set(file, {});
    fetch(file).then(answer => (answer.ok ? answer.json() : Promise.reject(answer.status))).then(texts => { wordings.value = { ...wordings.value, [name]: texts }; }, () => loaded.delete(file));
  }
  return wordings.value[name]?.[key];
}

function find(key) {
  for (const part of ['', ...parts]) {
    const text = loaded.get(fileOf(part, language.value))?.[key];
    if (text !== undefined) return text;
  }
  return undefined;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

export const say = (key, values = {}) => fill(find(key) ?? key, values);

// Of a value that is a sentence itself, NAME:key and NAME:... are key and values.
function within(values, name) {
  const inner = Object.entries(values).filter(([other]) => other.startsWith(`${name}:`)).map(([other, value]) => [other.slice(name.length + 1), value]);
  return tell({ key: values[`${name}:key`], text: values[name], values: Object.fromEntries(inner) });
}

// Where something stands in the configuration: a path is the same in every language, a line is not.
export const place = where => where.replace(/^line (\d+), column (\d+)$/, (_, line, column) => say('lineColumn', { line, column }));

// A length of time as the device writes it: 5 min, 1 h 20 min.
const isLength = value => /^(\d+(\.\d+)? (h|min|s) ?)+$/.test(value);
const length = value => value.replace(/\b(h|min|s)\b/g, unit => say(`unit.${unit}`));

const shown = values => Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => !name.includes(':')).map(([name, value]) =>
  [name, name === 'where' ? place(value) : values[`${name}:key`] !== undefined ? within(values, name) : /^\d{4}-\d\d-\d\dT/.test(value) ? time(value) : isLength(value) ? length(value) : value]));

// A sentence of the device that stands by itself; what it begins with may be an id, which stays as it is.
export function sentence(phrase) {
  const known = phrase && find(`say.${phrase.key}`);
  const said = tell(phrase);
  return /^[{]/.test(known ?? phrase?.text ?? '') ? said : said.charAt(0).toUpperCase() + said.slice(1);
}

// A sentence of the device: in the page's language where that knows it, else as the device said it.
export function tell(phrase) {
  if (!phrase) return '';
  const known = find(`say.${phrase.key}`) ?? find(`why.${phrase.key}`) ?? worded(phrase.key);
  return known === undefined ? phrase.text : fill(known, shown(phrase.values));
}

export const time = text => new Date(text).toLocaleTimeString(language.value, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

export const day = text => new Date(text).toLocaleString(language.value, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false });

// With its day, unless that is today.
export const moment = text => (new Date(text).toDateString() === new Date().toDateString() ? time : day)(text);

export function duration(seconds) {
  const whole = Math.round(seconds);
  const two = n => String(n).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

export const bytes = count => count < 1e6 ? `${Math.ceil(count / 1e3)} kB` : count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(1)} GB`;
